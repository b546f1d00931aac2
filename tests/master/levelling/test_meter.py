"""Our meter reads what ffmpeg's own reads, however the sound comes to it."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bobine.master.levelling.kweighting import HOP
from bobine.master.levelling.loudness import Reading, integrated, loudness_range
from bobine.master.meter import AFTER, InARow, Meter
from bobine.master.peaks import BLOCK
from tests.master.levelling.ebur128 import measured

RATE = 48_000
Sound = NDArray[np.float32]


def read(sound: Sound, *, true_peak: bool = False, context_hops: int = 0, piece: int = 10_007) -> Reading:
    """Our reading of sound that comes in pieces; silence follows it."""
    meter = Meter(len(sound) - context_hops * HOP, context_hops=context_hops, true_peak=true_peak)
    row = InARow([meter])
    content = sound.tobytes() + bytes(8 * (meter.samples - len(sound)))
    for at in range(0, len(content), piece):
        row.take(content[at : at + piece])
    row.end()
    return meter.reading()


def tone(hz: float, amplitude: float, seconds: float, phase: float = 0.0) -> Sound:
    wave = amplitude * np.sin(2 * np.pi * hz * np.arange(round(seconds * RATE)) / RATE + phase)
    return np.stack((wave, wave), axis=1).astype(np.float32)


def music(seed: int, seconds: int = 20) -> Sound:
    """Chords, noise that comes and goes, silence: low, high, and both sides apart."""
    random = np.random.default_rng(seed)
    count = seconds * RATE
    times = np.arange(count) / RATE
    sound = np.zeros((count, 2))
    for hz in random.uniform(40, 15_000, 12):
        swell = np.interp(times, np.linspace(0, seconds, 15), random.uniform(0, 1, 15))
        sound += 0.05 * (swell * np.sin(2 * np.pi * hz * times))[:, None] * random.uniform(0, 1, 2)
    swell = np.interp(times, np.linspace(0, seconds, 40), 10 ** random.uniform(-4, -0.5, 40))
    lines = np.fft.rfft(random.uniform(-1, 1, (count, 2)), axis=0)
    lines[20_000 * seconds :] = 0  # no recording and no codec has more
    sound += swell[:, None] * np.fft.irfft(lines, count, axis=0)
    sound[8 * RATE : 10 * RATE] = 0
    return sound.astype(np.float32)


@pytest.mark.integration
@pytest.mark.parametrize("seed", range(4))
def test_it_reads_as_ffmpegs_meter_does(seed: int) -> None:
    sound = music(seed)
    ours, theirs = read(sound), measured(sound)
    assert len(ours.momentary) == len(theirs.momentary)
    assert len(ours.short_term) == len(theirs.short_term)
    assert ours.integrated_lufs == pytest.approx(theirs.integrated_lufs, abs=0.02)
    assert loudness_range(ours.short_term) == pytest.approx(loudness_range(theirs.short_term), abs=0.05)
    apart = [abs(one - other) for one, other in zip(ours.momentary, theirs.momentary, strict=True) if other > -60]
    assert sum(apart) / len(apart) < 0.03
    assert max(apart) < 0.5


@pytest.mark.parametrize("hz", [60, 97.3, 440, 1_000, 3_333, 9_999, 13_000, 19_000])
def test_a_tone_is_weighted_as_the_standard_says(hz: float) -> None:
    """A stereo tone of 1 kHz at −23 dBFS is −23 LUFS; the others by the filter's own response."""
    amplitude = 10 ** (-23 / 20)
    assert read(tone(1_000, amplitude, 3)).integrated_lufs == pytest.approx(-23.0, abs=0.02)
    turn = np.exp(-2j * np.pi * hz / RATE)
    shelf = (1.53512485958697 - 2.69169618940638 * turn + 1.19839281085285 * turn**2) / (
        1 - 1.69065929318241 * turn + 0.73248077421585 * turn**2
    )
    high_pass = (1 - turn) ** 2 / (1 - 1.99004745483398 * turn + 0.99007225036621 * turn**2)
    wanted = -0.691 + 20 * math.log10(amplitude * abs(shelf * high_pass))
    assert read(tone(hz, amplitude, 3)).integrated_lufs == pytest.approx(wanted, abs=0.05)


@pytest.mark.integration
@given(st.integers(0, 9), st.integers(1, 400_000), st.booleans())
@settings(max_examples=10, deadline=None)
def test_the_pieces_that_sound_comes_in_change_nothing(seed: int, piece: int, true_peak: bool) -> None:
    sound = music(seed, 12)[: 11 * RATE + 960]
    assert read(sound, true_peak=true_peak, piece=piece) == read(sound, true_peak=true_peak)


def test_what_comes_before_is_looked_back_on_and_its_peak_is_not_counted() -> None:
    loud, quiet = tone(1_000, 0.5, 3), tone(1_000, 0.05, 2)
    whole = read(np.concatenate((loud, quiet)), context_hops=30)
    alone = read(quiet)
    assert len(whole.momentary) == 20
    assert whole.momentary[3:] == pytest.approx(alone.momentary, abs=0.002)
    assert whole.momentary[0] > whole.momentary[3] + 10
    assert len(whole.short_term) == 20
    assert whole.peak_db == pytest.approx(alone.peak_db)
    true = read(np.concatenate((loud, quiet)), context_hops=30, true_peak=True)
    assert true.peak_db < -20


def test_silence_is_far_below_the_gate() -> None:
    reading = read(np.zeros((RATE, 2), np.float32), true_peak=True)
    assert reading.peak_db == -math.inf
    assert max(reading.momentary) < -120
    assert reading.integrated_lufs is None


def test_less_than_a_block_has_no_loudness() -> None:
    reading = read(tone(1_000, 0.5, 0.3))
    assert (reading.momentary, reading.short_term) == ((), ())
    assert reading.peak_db == pytest.approx(-6.02, abs=0.01)


def test_samples_that_are_no_number_or_absurd_leave_the_rest_measured() -> None:
    sound = tone(1_000, 0.1, 6)
    plain = read(sound)
    broken = sound.copy()
    broken[RATE // 2] = np.nan
    broken[RATE // 2 + 9, 0] = np.inf
    reading = read(broken)
    assert reading.momentary[10:] == plain.momentary[10:]
    assert all(math.isfinite(block) for block in reading.momentary)
    assert reading.peak_db == math.inf
    broken = sound.copy()
    broken[RATE // 2] = 1e30
    reading = read(broken)
    assert reading.peak_db == pytest.approx(600, abs=0.1)
    assert max(reading.momentary) > 500
    assert integrated(reading.momentary[10:]) == integrated(plain.momentary[10:])


def test_takers_in_a_row_get_their_own() -> None:
    sounds = [tone(500 + 100 * n, 0.1 * (n + 1), 1 + 0.3 * n) for n in range(4)]
    meters = [Meter(len(sound)) for sound in sounds]
    row = InARow(meters)
    row.take(b"".join(sound.tobytes() for sound in sounds))
    row.end()
    assert [meter.reading() for meter in meters] == [read(sound) for sound in sounds]


def test_what_a_meter_of_true_peaks_wants_after_is_a_neighbourhood() -> None:
    assert AFTER == BLOCK
    assert Meter(HOP, true_peak=True).samples == HOP + AFTER
    assert Meter(HOP, context_hops=2).samples == 3 * HOP
