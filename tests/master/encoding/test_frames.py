import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from bobine.master.encoding.frames import write_frames


@given(st.lists(st.binary(min_size=1, max_size=700), max_size=60), st.integers(-5, 70), st.integers(-5, 70))
def test_frames_come_back_whole_and_in_parts(frames: list[bytes], first: int, last: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = write_frames(Path(folder) / "frames", frames)
        assert len(kept) == len(frames)
        assert list(kept) == frames
        assert kept.part(first, last) == frames[max(first, 0) : max(last, 0)]
