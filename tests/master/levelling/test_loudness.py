import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.levelling.loudness import Reading, holes, integrated, loudness_range, merged, raised

levels = st.floats(-60, 0)


@given(st.lists(levels, min_size=1), st.floats(-9, 9))
def test_a_gain_moves_the_integrated_loudness_by_as_much(blocks: list[float], gain: float) -> None:
    before, after = integrated(blocks), integrated(raised(blocks, gain))
    assert before is not None
    assert after is not None
    assert after == pytest.approx(before + gain, abs=1e-6)


@given(st.lists(st.lists(levels), min_size=1))
def test_blocks_measured_apart_merge_exactly(parts: list[list[float]]) -> None:
    readings = [Reading(tuple(part), tuple(part), -1.0) for part in parts]
    whole = [block for part in parts for block in part]
    assert integrated(merged(readings).momentary) == integrated(whole)


def test_a_sliver_of_a_neighbour_is_not_an_item_s_level() -> None:
    assert Reading((-30.0,) * 3 + (-90.0,) * 47, (), -1.0).integrated_lufs is None
    assert Reading((-30.0,) * 3, (), -1.0).integrated_lufs == pytest.approx(-30)


@given(levels, st.integers(1, 50))
def test_steady_sound_has_its_own_loudness_and_no_range(level: float, count: int) -> None:
    assert integrated([level] * count) == pytest.approx(level)
    assert loudness_range([level] * count) == pytest.approx(0)


def test_the_gates_leave_out_silence_and_pauses() -> None:
    speech = [-20.0] * 100
    assert integrated(speech + [-80.0] * 1000) == pytest.approx(-20)
    assert integrated(speech + [-45.0] * 100) == pytest.approx(-20)
    assert integrated([-80.0, -math.inf]) is None


def test_range_goes_from_the_tenth_to_the_ninety_fifth_percentile() -> None:
    assert loudness_range([-30.0] * 50 + [-20.0] * 50) == pytest.approx(10)
    assert loudness_range([-20.0] * 100 + [-60.0] * 100) == pytest.approx(0)


def test_a_hole_is_found_where_it_is() -> None:
    blocks = [-20.0] * 100 + [-62.0] * 57 + [-20.0] * 100
    ((start, duration),) = holes(blocks, 3.0)
    assert start == pytest.approx(10.0)
    assert duration == pytest.approx(6.0)
    assert holes(blocks, 7.0) == []


def test_a_hole_at_the_very_end_is_found_and_a_quiet_voice_is_none() -> None:
    assert len(holes([-20.0] * 50 + [-70.0] * 50, 3.0)) == 1
    assert holes([-48.0, -52.0] * 100, 3.0) == []


def test_what_lies_at_a_gate_or_beside_it() -> None:
    loud = [-20.0] * 100
    # the relative gate lies 10 LU below the mean of all that is heard, which the quiet half lowers by 2.8 LU
    assert integrated(loud + [-33.1] * 100) == pytest.approx(-20)
    assert integrated(loud + [-32.2] * 100) == pytest.approx(-22.76, abs=0.01)
    assert integrated([-70.0] * 10) is None
    assert loudness_range([-70.0] * 50 + [-60.0] * 50) == 0
    assert loudness_range([]) == loudness_range([-80.0] * 10) == 0


@pytest.mark.parametrize(("count", "steps"), [(15, 12), (21, 17), (27, 22)])
def test_the_percentiles_are_the_nearest_of_the_blocks(count: int, steps: int) -> None:
    assert loudness_range([-30 + 0.2 * n for n in range(count)]) == pytest.approx(0.2 * steps)


def test_stretches_as_one_whole() -> None:
    parts = [Reading((-20.0, -21.0), (-22.0,), -3.0), Reading((-23.0,), (-24.0, -25.0), -1.5)]
    assert merged(parts) == Reading((-20.0, -21.0, -23.0), (-22.0, -24.0, -25.0), -1.5)
    assert merged([]) == Reading((), (), -math.inf)


@pytest.mark.parametrize(
    ("programme", "quiet", "found"),
    [
        (-20.0, -49.9, 0), (-20.0, -50.0, 0), (-20.0, -50.5, 1),
        # a programme that is itself very quiet: 15 LU below it
        (-40.0, -53.0, 0), (-40.0, -55.5, 1), (-30.0, -50.5, 1),
    ],
)  # fmt: skip
def test_how_quiet_a_hole_is_beside_the_programme(programme: float, quiet: float, found: int) -> None:
    assert len(holes([programme] * 200 + [quiet] * 50 + [programme] * 10, 3.0)) == found


def test_nothing_but_silence_is_one_hole() -> None:
    ((start, duration),) = holes([-90.0] * 50, 3.0)
    assert start == 0
    assert duration == pytest.approx(5.3)


def test_what_lasts_exactly_as_long_as_a_pause_is_one() -> None:
    def found(count: int) -> int:
        return len(holes([-20.0] * 100 + [-70.0] * count + [-20.0] * 100, 3.0))

    assert [found(count) for count in (26, 27, 28)] == [0, 0, 1]


def test_a_voice_far_from_the_microphone_is_no_hole() -> None:
    blocks = [-20.0] * 100 + [-70.0] * 100 + [-20.0] * 10
    assert holes(blocks, 3.0, [True] * 210) == []
    ((start, duration),) = holes(blocks, 3.0, [False] * 100 + [True] * 30)
    assert start == pytest.approx(13.0)
    assert duration == pytest.approx(7.3)
