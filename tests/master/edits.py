"""Shows with edits, drawn at random."""

from __future__ import annotations

from hypothesis import strategies as st

from bobine.master.edit import RATE
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.aired.edits import Cut, Edits, Take

OWN = "a" * 64
OTHER = "b" * 64


def as_run(*bounds: tuple[int, int], rate: int = RATE) -> AsRun:
    recording = Recording(file="r.wav", rate=rate, channels=2, samples=10**9, sha256=OWN)
    items = tuple(AiredItem(id=f"i{n}", start=start, end=end) for n, (start, end) in enumerate(bounds))
    return AsRun(recording=recording, source=MarksSource.MARKS, items=items)


def take(item: str, seconds: float, *, rate: int = 44_100, start: int = 0) -> Take:
    end = start + round(seconds * rate)
    return Take(
        item=item, file=f"{item}.wav", rate=rate, channels=1, samples=end + 7, sha256=OTHER, start=start, end=end
    )


def cut(item: str, start: int, end: int, sound: str = OWN, *, rate: int = RATE) -> Cut:
    return Cut(item=item, sound=sound, rate=rate, start=start, end=end)


@st.composite
def edited_shows(draw: st.DrawFn) -> tuple[AsRun, set[str], Edits]:
    """What was aired, what is left out, and edits that fit and leave a second of each item at least."""
    rate = draw(st.sampled_from([44_100, 48_000, 96_000]))
    position, bounds = draw(st.integers(0, 10 * rate)), []
    for _ in range(draw(st.integers(1, 8))):
        length = draw(st.integers(6 * rate, 30 * rate))
        bounds.append((position, position + length))
        position += length + draw(st.sampled_from([0, 0, 1, rate // 3, 5 * rate]))
    run = as_run(*bounds, rate=rate)
    left_out = {one.id for n, one in enumerate(run.items) if n and draw(st.integers(0, 3)) == 0}
    takes, cuts = [], []
    for one in run.items:
        kind = draw(st.sampled_from(["none", "none", "cuts", "cuts", "take", "both"]))
        if kind in ("take", "both"):
            takes.append(take(one.id, draw(st.floats(1, 20)), start=draw(st.integers(0, 99_999))))
        if kind in ("cuts", "both"):
            # points in order, two by two; what stays before the first one is a second
            low, high = one.start + rate, one.end - draw(st.sampled_from([0, 1, rate]))
            points = sorted(draw(st.lists(st.integers(low, high), min_size=2, max_size=6, unique=True)))
            cuts += [cut(one.id, a, b) for a, b in zip(points[::2], points[1::2], strict=False)]
    return run, left_out, Edits(takes=tuple(takes), cuts=tuple(cuts))
