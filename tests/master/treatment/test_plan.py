"""Which stretch gets which treatment."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bobine.master.edit import GRID, Segment
from bobine.master.treatment.plan import NOTHING, Patch, Treatment, patches, split
from bobine.sound.faults.direct_current import DirectCurrent
from bobine.sound.faults.dropped_side import DroppedSide
from bobine.sound.faults.find import Faults
from bobine.sound.faults.hum import Hum
from bobine.sound.faults.sides import LEFT_ONLY, RIGHT_ONLY, one_sided

KINDS = [NOTHING, Treatment(high_pass=True), Treatment(matrix=LEFT_ONLY), Treatment(notches_hz=(50.0,))]


@given(st.lists(st.tuples(st.integers(1, 40), st.sampled_from(KINDS)), min_size=1, max_size=8), st.data())
def test_patches_cover_a_stretch_without_overlap(lengths: list[tuple[int, Treatment]], data: st.DataObject) -> None:
    plan, at = [], 0
    for length, treatment in lengths:
        if treatment != NOTHING:
            plan.append(Patch(at, at + length, treatment))
        at += length
    start = data.draw(st.integers(0, at))
    end = data.draw(st.integers(start + 1, at + 5))
    found = split(plan, start, end)
    assert [one.start for one in found] == [start, *(one.end for one in found[:-1])]
    assert found[-1].end == end
    assert all(one.treatment != other.treatment for one, other in pairwise(found))
    for position in range(start, end):
        (here,) = [one.treatment for one in found if one.start <= position < one.end]
        assert here == next((one.treatment for one in plan if one.start <= position < one.end), NOTHING)


def test_what_is_right_is_not_treated() -> None:
    segment = Segment("a", 0, 0, 100 * GRID, follows=False)
    hum = Hum(50, (50.0, 100.0), -50.0)
    assert patches([segment], [Faults()], [True]) == ()
    assert patches([segment], [Faults(hum=hum)], [False]) == ()
    assert patches([segment], [Faults(hum=hum)], [True]) == (Patch(0, 100 * GRID, Treatment(notches_hz=(50.0, 100.0))),)


def test_a_side_that_goes_away_is_treated_there_and_the_rest_stays() -> None:
    segments = [Segment("a", 0, 0, 100 * GRID, follows=False), Segment("b", 100 * GRID, 100 * GRID, 50 * GRID, True)]
    gone = Faults(dropped=(DroppedSide(2, 4, left_heard=True), DroppedSide(6, 99, left_heard=False)))
    assert patches(segments, [gone, Faults()], [False, False]) == (
        Patch(2 * 48_000, 4 * 48_000, Treatment(matrix=LEFT_ONLY)),
        Patch(6 * 48_000, 100 * GRID, Treatment(matrix=RIGHT_ONLY)),
    )
    with_current = Faults(current=DirectCurrent(0.01, notable=True), sides=one_sided(left_heard=False))
    assert patches(segments, [Faults(), with_current], [False, False]) == (
        Patch(100 * GRID, 150 * GRID, Treatment(high_pass=True, matrix=RIGHT_ONLY)),
    )
