"""Direct current, hum, drop-outs, spikes, and a side that goes away for a while."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bobine.sound.faults.direct_current import direct_current
from bobine.sound.faults.dropouts import dropouts
from bobine.sound.faults.dropped_side import dropped_sides
from bobine.sound.faults.find import find_faults
from bobine.sound.faults.hum import hum
from bobine.sound.faults.spikes import spikes
from tests.sound.faults.sounds import RATE, Sound, blocks_of, music, noise, real, stereo, voice

pytestmark = pytest.mark.integration

SECONDS = 14
VOICES = {seed: voice(SECONDS, seed, 95 + 17 * seed) for seed in range(5)}


def in_room(seed: int, floor_db: float = -62.0) -> Sound:
    return VOICES[seed] + noise(SECONDS, floor_db, seed)


def both(mono: Sound) -> Sound:
    return stereo(mono, mono)


@given(offset=st.floats(0.001, 0.3), sign=st.sampled_from([-1, 1]), seed=st.integers(0, 4), gain_db=st.floats(-30, 10))
@settings(max_examples=30)
def test_direct_current_is_found_under_any_voice(offset: float, sign: int, seed: int, gain_db: float) -> None:
    sound = both(in_room(seed) * 10 ** (gain_db / 20))
    sound[:, 0] += sign * offset
    found = direct_current(blocks_of(sound))
    assert found is not None
    assert found.largest == pytest.approx(offset, abs=0.0005)
    assert found.notable or offset < 0.006


def test_without_direct_current_none_is_found() -> None:
    sounds = [both(in_room(seed)) for seed in range(5)] + [music(SECONDS, seed) for seed in range(5)]
    for sound in [*sounds, *real("musique/*"), *real("paroles/*.mp3", most=4), np.zeros((RATE, 2))]:
        assert direct_current(blocks_of(sound)) is None


@pytest.mark.parametrize("period_s", [7, 15, 40])
def test_direct_current_that_wanders_is_found(period_s: float) -> None:
    t = np.arange(SECONDS * RATE) / RATE
    drift = 0.03 * np.sin(2 * np.pi * t / period_s)
    found = direct_current(blocks_of(both(in_room(1) + drift)))
    assert found is not None
    assert found.notable


def lines(base_hz: float, dbfs: float, harmonics: tuple[int, ...] = (1, 2, 3)) -> Sound:
    t = np.arange(SECONDS * RATE) / RATE
    waves = [np.sin(2 * np.pi * base_hz * k * t + k) / k for k in harmonics]
    total: Sound = np.sum(waves, axis=0)
    found: Sound = total * 10 ** (dbfs / 20) / np.sqrt(np.mean(total**2))
    return found


@pytest.mark.parametrize("mains", [49.95, 50.0, 50.06, 59.96, 60.0])
@pytest.mark.parametrize(("dbfs", "harmonics"), [(-40, (1, 2, 3)), (-50, (2, 4)), (-58, (1,)), (-30, (1, 3, 5))])
def test_hum_under_a_voice_is_found_where_it_is(mains: float, dbfs: float, harmonics: tuple[int, ...]) -> None:
    found = hum(blocks_of(both(in_room(2, -70) + lines(mains, dbfs, harmonics))), spoken=True)
    assert found is not None
    assert found.base_hz == round(mains)
    assert found.level_dbfs == pytest.approx(dbfs, abs=2)
    assert min(abs(line - mains * harmonics[0]) for line in found.lines_hz) < 0.1


def test_no_hum_is_found_where_there_is_none() -> None:
    t = np.arange(SECONDS * RATE) / RATE
    for seed in range(5):
        for pitch in (50.0, 60.0, 100.0):  # a voice at the mains' own pitch
            sound = voice(SECONDS, seed, pitch) + noise(SECONDS, -60, seed)
            assert hum(blocks_of(sound), spoken=True) is None
        assert hum(blocks_of(music(SECONDS, seed)), spoken=False) is None
        rumble = np.cumsum(noise(SECONDS, -60, seed))
        rumble[4800:] = rumble[4800:] - rumble[:-4800]
        assert hum(blocks_of(in_room(seed) + 0.05 * rumble / np.abs(rumble).max()), spoken=True) is None
    for note in (48.999, 51.913, 61.735, 98.0, 103.826):  # G1, G♯1, B1, G2, G♯2 held as an organ holds them
        bass = 0.1 * np.sin(2 * np.pi * note * t)
        assert hum(blocks_of(both(in_room(1) + bass)), spoken=True) is None
    for sound in [*real("musique/*"), *real("multi_voix/*.ogg", most=3), *real("paroles/*.mp3", most=5)]:
        for spoken in (True, False):
            assert hum(blocks_of(sound), spoken=spoken) is None


@given(
    start=st.floats(1, 10), length=st.floats(0.07, 2.0), seed=st.integers(0, 4), rate=st.sampled_from([11_025, RATE])
)
@settings(max_examples=25)
def test_a_hole_in_live_sound_is_found_with_its_place(start: float, length: float, seed: int, rate: int) -> None:
    at = round(start * rate)
    assume(np.abs(VOICES[seed][at - rate // 50 : at]).max() > 0.1)
    sound = noise(SECONDS, -55, seed) + VOICES[seed]
    sound = sound[: round(SECONDS * rate)].copy()
    sound[at : round((start + length) * rate)] = 0
    (found,) = dropouts(blocks_of(both(sound), rate))
    assert found.start_s == pytest.approx(start, abs=0.02)
    assert found.duration_s == pytest.approx(length, abs=0.02)


def quiet_by_right() -> list[tuple[str, Sound]]:
    live = in_room(3)
    fade = np.minimum(1, np.abs(np.arange(len(live)) / RATE - 7) / 2).clip(0, 1)
    faded = live * np.where(fade < 0.2, 0, fade - 0.2)
    corners = np.array([start + part for start in (2, 5, 8) for part in (0, 0.2, 1, 1.1)])
    gate_ramped = np.interp(np.arange(len(live)) / RATE, corners, np.tile([1.0, 0.0, 0.0, 1.0], 3))
    gated = live * gate_ramped
    head, tail, long, short = live.copy(), live.copy(), live.copy(), live.copy()
    head[:RATE], tail[-RATE:], long[3 * RATE : 8 * RATE], short[RATE : RATE + RATE // 25] = 0, 0, 0, 0
    return [("head", head), ("tail", tail), ("too long", long), ("too short", short), ("fade", faded), ("gate", gated),
            ("speech of a machine", VOICES[3]), ("silence", 0 * live)]  # fmt: skip


@pytest.mark.parametrize(("name", "sound"), quiet_by_right(), ids=lambda value: value if type(value) is str else "")
def test_silence_that_belongs_there_is_no_drop_out(name: str, sound: Sound) -> None:
    assert dropouts(blocks_of(both(sound))) == (), name


def test_real_sound_has_no_drop_outs() -> None:
    for sound in [
        *real("musique/*", 2, 40),
        *real("paroles/*.mp3", 2, 40, most=5),
        *real("multi_voix/*.ogg", 0, 40, most=3),
    ]:
        assert dropouts(blocks_of(sound)) == ()


@pytest.mark.parametrize("level", [0.004, 0.006, 0.009])
@pytest.mark.parametrize("length_s", [1.1, 2.0, 2.9])
def test_a_long_hole_in_quiet_sound_is_found_however_it_comes_back(level: float, length_s: float) -> None:
    rng = np.random.default_rng(3)
    sound = both(rng.uniform(-level, level, SECONDS * RATE))
    first, last = 3 * RATE, round((3 + length_s) * RATE)
    sound[first:last] = 0
    sound[last : last + RATE // 2] *= np.linspace(0, 1, RATE // 2)[:, None]
    (found,) = dropouts(blocks_of(sound))
    assert (found.start_s, found.duration_s) == pytest.approx((3.0, length_s), abs=0.05)


def test_a_silence_between_two_items_is_no_drop_out() -> None:
    sound = in_room(1)
    sound[5 * RATE : 6 * RATE] = 0
    assert dropouts(blocks_of(sound), (5.5,)) == ()
    assert dropouts(blocks_of(sound), (6.1,)) == ()
    assert len(dropouts(blocks_of(sound), (7.0,))) == 1


@pytest.mark.parametrize("peak", [8.0, 300.0, 17_782.0, 1e9])
@pytest.mark.parametrize("at", [0, 5 * RATE + 77, SECONDS * RATE - 1])
def test_a_spike_is_found_and_judged_apart(peak: float, at: int) -> None:
    sound = both(in_room(2))
    sound[at] = [peak, -peak]
    found = find_faults(blocks_of(sound), spoken=True)
    assert found.spikes is not None
    assert found.spikes.at_s == pytest.approx(at / RATE, abs=0.02)
    assert found.spikes.peak_dbfs == pytest.approx(20 * np.log10(peak), abs=0.1)
    assert np.abs(in_room(2)).max() <= found.spikes.ceiling <= 4.0
    assert found.current is None
    assert found.sides.fault == "none"


@pytest.mark.parametrize("gain", [0.01, 1.0, 2.8, 40.0])
def test_loud_floats_are_no_spikes(gain: float) -> None:
    for sound in (both(in_room(1)), music(SECONDS, 2)):
        assert spikes(blocks_of(gain * sound)) is None


def test_samples_that_are_no_number_are_silence() -> None:
    sound = both(in_room(1))
    sound[RATE], sound[2 * RATE] = np.nan, np.inf
    found = blocks_of(sound)
    assert np.isfinite(found.power).all()
    assert find_faults(found, spoken=True).current is None


@given(start=st.floats(1, 6), length=st.floats(2.5, 6), side=st.integers(0, 1), seed=st.integers(0, 4))
@settings(max_examples=25)
def test_a_side_that_goes_away_is_found_where_it_does(start: float, length: float, side: int, seed: int) -> None:
    sound = both(in_room(seed)) + stereo(noise(SECONDS, -70, 8), noise(SECONDS, -70, 9))
    sound[round(start * RATE) : round((start + length) * RATE), side] *= 1e-4
    (found,) = dropped_sides(blocks_of(sound), spoken=True)
    assert found.left_heard == (side == 1)
    assert found.start_s == pytest.approx(start, abs=0.9)  # a pause may lie there
    assert found.end_s == pytest.approx(start + length, abs=0.9)


def test_no_side_goes_away_where_none_does() -> None:
    for sound in [both(in_room(seed)) for seed in range(5)] + [music(SECONDS, n, 2.0) for n in range(5)]:
        for spoken in (True, False):
            assert dropped_sides(blocks_of(sound), spoken=spoken) == ()
    for sound in real("musique/*"):
        assert dropped_sides(blocks_of(sound), spoken=True) == ()
