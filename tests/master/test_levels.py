import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.levels import Level, corrected, first_gains, item_targets
from bobine.master.loudness import Reading, integrated, raised
from bobine.model.show import Sound

SOUND = Sound()


def steady(level: float, peak: float = -6.0, seconds: int = 30) -> Reading:
    return Reading((level,) * (seconds * 10), (level,) * (seconds * 10), peak)


LOUD = [steady(-19.0, 0.0), steady(-17.0, 0.0)]
LEVELS = [Level(3.0, -1.6), Level(1.0, -1.6)]


@given(st.lists(st.floats(-39, -5), min_size=1, max_size=20))
def test_every_item_and_the_whole_land_on_the_target(levels: list[float]) -> None:
    readings = [steady(level) for level in levels]
    gains = first_gains(readings, SOUND)
    blocks = [block for reading, gain in zip(readings, gains, strict=True) for block in raised(reading.momentary, gain)]
    assert integrated(blocks) == pytest.approx(-16, abs=0.01)
    for target in item_targets(readings, gains):
        assert target == pytest.approx(-16, abs=0.01)


def test_the_gain_is_capped_and_silence_is_left_alone() -> None:
    silence = Reading((-90.0,) * 100, (-90.0,) * 100, -80.0)
    gains = first_gains([steady(-60), steady(-16), silence], SOUND)
    assert gains[0] <= SOUND.max_gain_db
    assert gains[2] == pytest.approx(0, abs=0.5)
    assert item_targets([silence], [0.0]) == [None]


def test_a_settled_master_is_left_alone() -> None:
    levels = [Level(3.0, -1.6), Level(0.0, -1.6)]
    assert corrected(levels, LOUD, [steady(-16.1, -1.5), steady(-15.9, -1.2)], [-16.0, -16.0], SOUND) == levels


def test_an_overshooting_peak_lowers_the_ceiling_and_not_the_gain() -> None:
    (level,) = corrected([Level(3.0, -1.6)], LOUD[:1], [steady(-15.0, -0.4)], [-16.0], SOUND)
    assert level.gain_db == 3.0
    assert level.ceiling_db < -1.6 - 0.6


def test_a_ceiling_above_the_sound_s_own_peak_is_brought_below_it() -> None:
    (level,) = corrected([Level(-3.0, -1.6)], [steady(-13.0, 0.0)], [steady(-16.0, -0.9)], [-16.0], SOUND)
    assert level.ceiling_db < -3.0 - 0.15


def test_an_item_off_its_target_is_trimmed_by_the_difference() -> None:
    levels = corrected(LEVELS, LOUD, [steady(-16.5, -2), steady(-16, -2)], [-16, -16], SOUND)
    assert levels[0].gain_db == pytest.approx(3.5)


def test_the_whole_off_its_target_moves_every_item() -> None:
    levels = corrected(LEVELS, LOUD, [steady(-16.25, -2)] * 2, [-16, -16], SOUND)
    assert [level.gain_db for level in levels] == pytest.approx([3.25, 1.25])
