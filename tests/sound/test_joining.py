"""Several files as one: each sample where it belongs."""

from __future__ import annotations

import struct
import threading
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import Interrupted, SoundError
from bobine.sound.joining import FileSpan, heard, join

pytestmark = pytest.mark.integration

RATE = 48_000
WHOLE = (np.random.default_rng(5).uniform(-1, 1, (30_000, 2)) * 32_000).astype("<i2")


def wav(path: Path, sound: np.ndarray, rate: int = RATE) -> Path:
    data, channels = sound.tobytes(), sound.shape[1]
    form = struct.pack("<HHIIHH", 1, channels, rate, 2 * channels * rate, 2 * channels, 16)
    head = struct.pack("<4sI4s4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16)
    path.write_bytes(head + form + struct.pack("<4sI", b"data", len(data)) + data)
    return path


def floats(path: Path) -> np.ndarray:
    content = path.read_bytes()
    assert content[:4] == b"RIFF"
    assert struct.unpack("<HHI", content[20:28])[:2] == (3, 2)
    return np.frombuffer(content[44:], "<f4").reshape(-1, 2)


@pytest.mark.parametrize(
    "cuts", [(0, 10_000), (0, 1, 2), (0, 9_999, 20_001), (0, 29_999), (0, *range(3_000, 30_000, 3_000))]
)
@pytest.mark.parametrize("shared", [0, 1, 1_500])
def test_a_split_recording_is_joined_to_the_very_samples(tmp_path: Path, cuts: tuple[int, ...], shared: int) -> None:
    ends = [min(30_000, end + shared) for end in (*cuts[1:], 30_000)]
    pieces = [
        FileSpan(wav(tmp_path / f"{n}.wav", WHOLE[start:end]), start, end - start)
        for n, (start, end) in enumerate(zip(cuts, ends, strict=True))
    ]
    join(pieces, RATE, tmp_path / "whole.wav", to_rate=RATE)
    assert np.array_equal(floats(tmp_path / "whole.wav"), WHOLE / np.float32(32_768))


@pytest.mark.parametrize(("gap", "most"), [(1, None), (700, None), (700, 10_300), (50_000, 10_001), (0, 1)])
def test_what_is_missing_is_silence(tmp_path: Path, gap: int, most: int | None) -> None:
    one, two = wav(tmp_path / "1.wav", WHOLE[:10_000]), wav(tmp_path / "2.wav", WHOLE[10_000:])
    join(
        [FileSpan(one, 0, 10_000), FileSpan(two, 10_000 + gap, 20_000)],
        RATE,
        tmp_path / "w.wav",
        to_rate=RATE,
        most=most,
    )
    expected = np.concatenate((WHOLE[:10_000], np.zeros((gap, 2)), WHOLE[10_000:])) / np.float32(32_768)
    assert np.array_equal(floats(tmp_path / "w.wav"), expected[:most].astype(np.float32))


def test_files_of_several_rates_and_channels_keep_their_places(tmp_path: Path) -> None:
    one = wav(tmp_path / "1.wav", WHOLE[:24_000, :1], 24_000)
    two = wav(tmp_path / "2.wav", WHOLE[:4_800])
    join([FileSpan(one, 0, 48_000), FileSpan(two, 48_000, 4_800)], RATE, tmp_path / "w.wav", to_rate=RATE)
    found = floats(tmp_path / "w.wav")
    assert len(found) == 52_800
    assert np.array_equal(found[48_000:], WHOLE[:4_800] / np.float32(32_768))
    assert np.array_equal(found[:48_000, 0], found[:48_000, 1])


def test_a_file_shorter_than_it_was_leaves_silence_and_no_shift(tmp_path: Path) -> None:
    one, two = wav(tmp_path / "1.wav", WHOLE[:8_000]), wav(tmp_path / "2.wav", WHOLE[10_000:])
    join([FileSpan(one, 0, 10_000), FileSpan(two, 10_000, 20_000)], RATE, tmp_path / "w.wav", to_rate=RATE)
    found = floats(tmp_path / "w.wav")
    assert not found[8_000:10_000].any()
    assert np.array_equal(found[10_000:], WHOLE[10_000:] / np.float32(32_768))


def test_what_cannot_be_decoded_is_said_and_a_stop_is_heard(tmp_path: Path) -> None:
    (tmp_path / "1.wav").write_bytes(b"no sound")
    with pytest.raises(SoundError, match="n'est pas un fichier son"):
        join([FileSpan(tmp_path / "1.wav", 0, 10)], RATE, tmp_path / "w.wav", to_rate=RATE)
    stop = threading.Event()
    stop.set()
    wav(tmp_path / "1.wav", WHOLE)
    with pytest.raises(Interrupted):
        join([FileSpan(tmp_path / "1.wav", 0, 30_000)], RATE, tmp_path / "w.wav", to_rate=RATE, cancel=stop)


SPANS = st.lists(st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=1, max_size=6)


@given(SPANS, st.sampled_from([(48_000, 48_000), (44_100, 48_000), (48_000, 8_000), (96_000, 48_000)]))
def test_any_pieces_fill_the_whole_in_order(rows: list[tuple[int, int]], rates: tuple[int, int]) -> None:
    """Each stretch begins where the one before it is filled, inside its own file, and none is negative."""
    starts = [sum(step for step, _ in rows[:n]) for n in range(len(rows))]
    pieces = [FileSpan(Path(), start, length) for start, (_, length) in zip(starts, rows, strict=True)]
    found = heard(pieces, *rates)
    place = 0
    for piece, part in zip(pieces, found, strict=True):
        moved = round(piece.start * rates[1] / rates[0])
        assert part.skip >= 0
        assert abs(moved + part.skip - place) <= 1
        assert 0 <= part.samples <= part.filled
        place += part.filled
