"""First gains, and the loop that settles them: held against a simulated limiter and encoder."""

from __future__ import annotations

import math
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.levelling.levels import (
    CLOSE_ENOUGH_LU,
    GRID_DB,
    Level,
    Settling,
    Source,
    first_gains,
    heard_voice,
    item_targets,
)
from bobine.master.levelling.levels import source as as_source
from bobine.master.levelling.loudness import Reading, integrated, raised
from bobine.master.levelling.rider import Ride, ride
from bobine.model.show import Sound
from tests.examples import at_most

SOUND = Sound()
ROUNDS = 60


def steady(level: float, peak: float = -6.0, seconds: int = 8) -> Reading:
    return Reading((level,) * (seconds * 10), (level,) * (seconds * 10), peak)


def flat(reading: Reading) -> Source:
    return as_source(reading, Ride((), reading.momentary, (False,) * len(reading.momentary)))


@given(st.lists(st.floats(-39, -5), min_size=1, max_size=20))
def test_every_item_and_the_whole_land_on_the_target(levels: list[float]) -> None:
    sources = [flat(steady(level)) for level in levels]
    gains = first_gains(sources, SOUND)
    blocks = [block for one, gain in zip(sources, gains, strict=True) for block in raised(one.ride.blocks, gain)]
    assert integrated(blocks) == pytest.approx(-16, abs=0.51 * GRID_DB)
    for target in item_targets(sources, gains):
        assert target == pytest.approx(-16, abs=0.51 * GRID_DB)


def test_the_gain_is_capped_and_silence_is_left_alone() -> None:
    silence = flat(Reading((-90.0,) * 100, (-90.0,) * 100, -80.0))
    gains = first_gains([flat(steady(-60)), flat(steady(-16)), silence], SOUND)
    assert gains[0] <= SOUND.max_gain_db
    assert gains[2] == pytest.approx(0, abs=0.5)
    assert item_targets([silence], [0.0]) == [None]


def settling(*levels: Level, peak: float = 0.0) -> Settling:
    sources = [flat(steady(-16.0 - level.gain_db, peak)) for level in levels]
    return Settling(levels, sources, [-16.0] * len(levels), SOUND)


def test_a_settled_master_is_left_alone() -> None:
    loop = settling(Level(3.0, -1.6), Level(0.0, -1.6))
    assert not loop.take([steady(-16.1, -1.5), steady(-15.9, -1.2)])
    assert loop.levels == [Level(3.0, -1.6), Level(0.0, -1.6)]


def test_peak_and_gain_are_corrected_in_the_same_round() -> None:
    loop = settling(Level(3.0, -1.6))
    assert loop.take([steady(-17.0, -0.4)])
    assert loop.levels[0].gain_db == pytest.approx(4.0)
    assert loop.levels[0].ceiling_db < -1.6 - 0.6


def test_a_ceiling_above_the_sound_s_own_peak_is_brought_below_it() -> None:
    loop = settling(Level(-3.0, -1.6))
    assert loop.take([steady(-16.0, -0.9)])
    assert loop.levels[0].ceiling_db < -3.0 - 0.1


def test_the_whole_off_its_target_moves_every_item() -> None:
    loop = settling(Level(3.0, -1.6), Level(1.0, -1.6))
    assert loop.take([steady(-16.25, -2)] * 2)
    assert [level.gain_db for level in loop.levels] == pytest.approx([3.25, 1.25])


def test_a_loud_neighbour_s_last_blocks_do_not_hide_a_quiet_item() -> None:
    quiet = flat(steady(-45.0))
    decoded = Reading((-16.0, -17.0, -20.0, *(-33.0,) * 80), (), -20.0)
    assert heard_voice(decoded, quiet.ride) == pytest.approx(-33.0)


@dataclass(frozen=True)
class Plant:
    """An item, a limiter that takes more the more it is given, and an encoder that adds to the peaks."""

    level: float
    peak: float
    softness: float
    overshoot: float
    clap_s: float
    clap_lu: float

    def reading(self) -> Reading:
        # as in real sound, no two blocks are alike: a gate that many pass at once would be a step that nothing can meet
        claps = [self.level + self.clap_lu + math.sin(n) for n in range(round(self.clap_s * 10))]
        words = [3 * math.sin(2.3 * n) + 2 * math.sin(0.71 * n) for n in range(100)]
        talk = [self.level + word - (12 if n % 10 > 6 else 0) for n, word in enumerate(words)]
        return Reading(tuple(talk[:50] + claps + talk[50:]), tuple(talk), self.peak)

    def heard(self, source: Source, level: Level) -> Reading:
        over = max(0.0, self.peak + level.gain_db - level.ceiling_db)
        taken = self.softness * over**2 / (over + 6)
        lost_in_claps = max(0.0, self.clap_lu - 8) * 0.2
        blocks = tuple(
            block + level.gain_db - taken - (lost_in_claps if held else 0.0)
            for block, held in zip(source.ride.blocks, source.ride.held, strict=True)
        )
        peak = min(self.peak + level.gain_db, level.ceiling_db) + self.overshoot * (1 + math.tanh(over / 10))
        return Reading(blocks, blocks, peak)


PLANTS = st.builds(
    Plant,
    level=st.floats(-39, -8),
    peak=st.floats(-20, 6),
    softness=st.floats(0, 0.7),
    overshoot=st.floats(0, 2.5),
    clap_s=st.sampled_from([0.0, 0.0, 0.5, 1.0, 3.0]),
    clap_lu=st.floats(3, 25),
)


@given(st.lists(PLANTS, min_size=1, max_size=4), st.booleans())
@at_most(60)
def test_no_item_is_refused_for_what_another_round_would_mend(plants: list[Plant], rides: bool) -> None:
    readings = [plant.reading() for plant in plants]
    reach = SOUND.leveling_db if rides else 0.0
    curves = [ride(one.momentary, reach, SOUND.integrated_lufs, SOUND.max_gain_db) for one in readings]
    sources = [as_source(reading, curve) for reading, curve in zip(readings, curves, strict=True)]
    gains = first_gains(sources, SOUND)
    loop = Settling([Level(gain, -1.6) for gain in gains], sources, item_targets(sources, gains), SOUND)
    for _ in range(ROUNDS):
        heard = [p.heard(s, level) for p, s, level in zip(plants, sources, loop.levels, strict=True)]
        if not loop.take(heard):
            break
    else:
        pytest.fail("the loop never ends")
    whole = integrated([block for reading in heard for block in reading.momentary])
    assert whole == pytest.approx(SOUND.integrated_lufs, abs=SOUND.tolerance_lu)
    assert max(reading.peak_db for reading in heard) <= SOUND.true_peak_dbtp
    voices = [heard_voice(reading, curve) for reading, curve in zip(heard, curves, strict=True)]
    known = [voice for voice in voices if voice is not None]
    assert max(known) - min(known) <= 2 * CLOSE_ENOUGH_LU


@pytest.mark.boundary
def test_what_no_round_mends_ends_the_loop(attempt: Callable[[str], AbstractContextManager[None]]) -> None:
    with attempt("a loudness that no gain can reach"):
        plant = Plant(-20, 0, 0.999, 0.5, 0, 3)
        source = flat(plant.reading())
        aims = Sound(integrated_lufs=-5.0, true_peak_dbtp=-9.0)
        loop = Settling([Level(15.0, -9.6)], [source], [-5.0], aims)
        rounds = 0
        while loop.take([plant.heard(source, loop.levels[0])]):
            rounds += 1
            assert rounds < ROUNDS
