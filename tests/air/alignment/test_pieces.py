"""Shows that lack a part, or have one more: made-up energies with breaks anywhere, and items moved past them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.air.alignment.curves.items import move_items, move_points, said_of_breaks
from bobine.air.alignment.curves.line import Alignment, Break
from bobine.air.alignment.curves.pieces import align_shapes
from bobine.air.alignment.curves.shape import RATE, shape
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem, NamedPoint
from bobine.model.aired.remarks import RemarkKind
from tests.air.alignment.energies import programme
from tests.examples import at_most

TO_A_BREAK_S = 4.0
"""Levels jump by 40 dB from one burst to the next here, which blurs the shape for some seconds around a break."""


@dataclass(frozen=True)
class Broken:
    """A show, what was made of it, and where its breaks are: seconds of the show, and by how much it shifts there."""

    one: list[float]
    other: list[float]
    offset_s: float
    breaks: tuple[tuple[float, float], ...]

    def there(self, seconds: float) -> float:
        return seconds + self.offset_s + sum(shift for at, shift in self.breaks if at < seconds)

    def is_near(self, seconds: float) -> bool:
        return any(at - TO_A_BREAK_S < seconds < at + max(0.0, -shift) + TO_A_BREAK_S for at, shift in self.breaks)


SHIFTS = st.sampled_from([-40.0, -20.0, -7.0, -3.0, -1.0, -0.4, 0.4, 1.0, 2.5, 7.0, 20.0, 45.0])


@st.composite
def shows(draw: st.DrawFn, count: int) -> Broken:
    """A show whose pieces last seventy seconds or more, in another one that begins elsewhere, louder or softer."""
    seed = draw(st.integers(0, 500))
    at_s, breaks = 0.0, []
    for _ in range(count):
        shift = draw(SHIFTS)
        at_s += draw(st.integers(7000, 15_000)) / RATE
        breaks.append((at_s, shift))
        at_s += max(0.0, -shift)
    one = programme(seed, round(at_s + draw(st.integers(70, 150))))
    other = list(one)
    for number, (at, shift) in reversed(list(enumerate(breaks))):
        place, length = round(at * RATE), round(abs(shift) * RATE)
        added = programme(1000 + seed + number, 60)[:length] if shift > 0 else []
        other = other[:place] + added + other[place + (length if shift < 0 else 0) :]
    start = draw(st.integers(-1500, 1500))
    other = programme(2000 + seed, 15)[:start] + other if start >= 0 else other[-start:]
    gain = draw(st.floats(1e-2, 5))
    return Broken(one, [gain * value for value in other], start / RATE, tuple(breaks))


@settings(at_most(25), derandomize=True)
@given(shows(1) | shows(2) | shows(3))
def test_breaks_are_found_and_what_lies_between_them_is_right(show: Broken) -> None:
    found = align_shapes(shape(show.one), shape(show.other))
    assert found is not None
    assert [one.shift_s for one in found.breaks] == pytest.approx([shift for _, shift in show.breaks], abs=0.03)
    assert [one.at_s for one in found.breaks] == pytest.approx([at for at, _ in show.breaks], abs=TO_A_BREAK_S)
    for tenth in range(0, len(show.one) * 10 // RATE, 7):
        seconds = tenth / 10
        if not show.is_near(seconds):
            assert found.there(seconds) == pytest.approx(show.there(seconds), abs=0.03)


@settings(at_most(25), derandomize=True)
@given(shows(0))
def test_a_whole_show_has_no_break(show: Broken) -> None:
    found = align_shapes(shape(show.one), shape(show.other))
    if len(show.one) > 60 * RATE:
        assert found is not None
    assert found is None or found.breaks == ()


BREAKS = st.lists(st.tuples(st.integers(1, 300), st.sampled_from([-30.0, -7.0, -0.5, 0.5, 3.0, 20.0])), max_size=4)


def alignment(offset_s: float, breaks: list[tuple[int, float]]) -> Alignment:
    made: list[Break] = []
    for at, shift in sorted(dict(breaks).items()):
        if not made or at > made[-1].at_s - made[-1].shift_s:
            made.append(Break(float(at), 0.0, shift))
    return Alignment(offset_s=offset_s, drift=None, agreement=0.9, windows=(), breaks=tuple(made))


@given(BREAKS, st.floats(-20, 20))
def test_time_never_runs_backwards(breaks: list[tuple[int, float]], offset_s: float) -> None:
    found = alignment(offset_s, breaks)
    places = [found.there(half / 2) for half in range(800)]
    assert all(before <= after + 1e-9 for before, after in pairwise(places))


@given(BREAKS, st.lists(st.integers(1, 60), min_size=1, max_size=10))
def test_items_stay_apart_and_in_order(breaks: list[tuple[int, float]], lengths: list[int]) -> None:
    items, at = [], 0
    for number, length in enumerate(lengths):
        items.append(AiredItem(id=f"i{number}", start=at * 1000, end=(at + length) * 1000))
        at += length
    try:
        found = move_items(items, 1000, alignment(0.0, breaks), 1000, 700_000, {}).items
    except MarksError:
        return
    assert all(item.start < item.end for item in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


ITEMS = (
    AiredItem(id="a", start=0, end=60_000),
    AiredItem(id="b", start=60_000, end=120_000),
    AiredItem(id="c", start=120_000, end=180_000),
)
TITLES = {"a": "Accueil", "b": "Portrait", "c": "Jeu"}


@pytest.mark.parametrize(
    ("one", "bounds", "during", "kind"),
    [
        (Break(90.0, 90.0, -7.0), [(0, 60), (60, 113), (113, 173)], "« Portrait »", RemarkKind.GAP),
        (Break(90.0, 90.0, 20.0), [(0, 60), (60, 140), (140, 200)], "« Portrait »", RemarkKind.ALIGNMENT),
        (Break(58.0, 58.0, -7.0), [(0, 58), (58, 113), (113, 173)], "« Accueil » et « Portrait »", RemarkKind.GAP),
        (Break(59.6, 59.6, 20.0), [(0, 60), (80, 140), (140, 200)], "« Accueil »", RemarkKind.ALIGNMENT),
        (Break(60.4, 60.4, 20.0), [(0, 60), (80, 140), (140, 200)], "« Portrait »", RemarkKind.ALIGNMENT),
        (Break(119.9, 119.9, -0.5), [(0, 60), (60, 119.9), (119.9, 179.5)], "« Portrait » et « Jeu »", RemarkKind.GAP),
        (Break(50.0, 50.0, -75.0), [(0, 50), (50, 105)], "« Accueil », « Portrait » et « Jeu »", RemarkKind.GAP),
    ],
)
def test_an_item_keeps_its_outer_bounds(
    one: Break, bounds: list[tuple[float, float]], during: str, kind: RemarkKind
) -> None:
    found = Alignment(offset_s=0.0, drift=None, agreement=0.9, windows=(), breaks=(one,))
    moved = move_items(ITEMS, 1000, found, 1000, 300_000, TITLES)
    assert [(item.start / 1000, item.end / 1000) for item in moved.items] == bounds
    (remark,) = said_of_breaks(ITEMS, 1000, found, TITLES)
    assert remark.kind is kind
    assert remark.at_s == one.there_s
    assert remark.item == ("b" if during.startswith("« Portrait") else "a")
    assert during in remark.text


def test_marks_are_moved_with_what_they_mark() -> None:
    found = Alignment(
        offset_s=-2.0, drift=None, agreement=0.9, windows=(), breaks=(Break(90.0, 88.0, -7.0), Break(120.0, 111.0, 5.0))
    )
    points = [NamedPoint(position=at * 1000, text=f"{at}", item="b") for at in (1, 3, 80, 92, 110, 130, 200)]
    moved = move_points(points, 1000, found, 2000, 150_000 * 2)
    assert [(point.text, point.position / 2000) for point in moved] == [
        ("3", 1), ("80", 78), ("92", 88), ("110", 101), ("130", 126)
    ]  # fmt: skip
    assert {point.item for point in moved} == {"b"}
