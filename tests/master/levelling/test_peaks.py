"""The true peak that is worked out only where it can be is the one of all, and the one of ffmpeg's own meter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from bobine.master.peaks import BLOCK, BOUND, TruePeak
from tests.master.levelling.ebur128 import measured

RATE = 48_000
Sound = NDArray[np.float32]


@st.composite
def sounds(draw: st.DrawFn) -> Sound:
    """Noise that comes and goes, with tones between the samples, clicks, and patterns that overshoot."""
    seed = draw(st.integers(0, 10**6))
    random = np.random.default_rng(seed)
    seconds = draw(st.sampled_from([0.02, 0.5, 1.3]))
    count = int(seconds * RATE) + draw(st.integers(0, 300))
    envelope = np.interp(np.arange(count), np.linspace(0, count, 8), 10 ** random.uniform(-3, 0, 8))
    sound = random.uniform(-1, 1, (count, 2)) * envelope[:, None] * draw(st.sampled_from([0.05, 0.5, 1.0]))
    for _ in range(draw(st.integers(0, 5))):
        at, size = int(random.integers(0, count)), int(random.integers(1, 60))
        end = min(count, at + size)
        burst = np.sin(np.pi / 2 * np.arange(end - at) + np.pi / 4) * random.uniform(0.1, 1.2)
        sound[at:end, random.integers(0, 2)] = burst if random.random() < 0.5 else np.sign(burst)
    return sound.astype(np.float32)


def quiet_around(sound: Sound) -> Sound:
    """The sound with silence before and after it."""
    silence = np.zeros((4_800, 2), np.float32)
    return np.concatenate((silence, sound, silence, np.zeros((-len(sound) % 4_800, 2), np.float32)))


def true_peak(sound: Sound, piece: int = 48_000) -> float:
    """Ours, full scale 1; silence follows the sound."""
    found = TruePeak()
    sound = np.concatenate((sound, np.zeros((2 * BLOCK - len(sound) % BLOCK, 2), np.float32)))
    for at in range(0, len(sound), piece):
        found.take(sound[at : at + piece])
    return found.highest


def slow_peak(sound: Sound) -> float:
    """The same by working out every point between samples, one interpolator of 32 taps at each."""
    at = np.arange(32) - 15
    highest = float(np.abs(sound).max())
    padded = np.pad(sound.astype(np.float64), ((40, 40), (0, 0)))
    for point in (0.25, 0.5, 0.75):
        window = np.i0(9.0 * np.sqrt(np.maximum(1 - ((at - point) / 16) ** 2, 0)))
        taps = np.sinc(at - point) * window
        taps /= taps.sum()
        highest = max(highest, *(float(np.abs(np.convolve(side, taps[::-1])).max()) for side in padded.T))
    return highest


@given(sounds(), st.integers(1, 50_000))
@settings(max_examples=30, deadline=None)
def test_nothing_is_passed_over_that_is_higher(sound: Sound, piece: int) -> None:
    assert true_peak(sound, piece) == pytest.approx(slow_peak(sound), rel=1e-5)


@pytest.mark.integration
@given(sounds())
@settings(max_examples=12, deadline=None)
def test_it_is_the_peak_of_ffmpegs_meter(sound: Sound) -> None:
    """ffmpeg prints three decimals of an amplitude."""
    theirs = 10 ** (measured(quiet_around(sound)).peak_db / 20)
    assert true_peak(quiet_around(sound)) == pytest.approx(theirs, abs=0.0011)


def test_no_pattern_of_samples_exceeds_the_bound() -> None:
    """The worst one is the signs of the interpolator's own coefficients."""
    at = np.arange(32) - 15.5
    sound = np.zeros((640, 2), np.float32)
    sound[300:332] = np.sign(np.sinc(at))[:, None]
    assert true_peak(sound) == pytest.approx(BOUND, rel=1e-4)
    assert 20 * math.log10(BOUND) == pytest.approx(7.43, abs=0.01)


def test_the_head_and_the_tail_are_neighbourhoods_only() -> None:
    sound = np.zeros((100 * BLOCK, 2), np.float32)
    sound[3 * BLOCK] = 1.0
    sound[50 * BLOCK] = 0.5
    sound[-1] = 0.9
    for piece in (7, BLOCK, 33 * BLOCK, 5_000):
        found = TruePeak(skipped=10 * BLOCK)
        for first in range(0, len(sound), piece):
            found.take(sound[first : first + piece])
        assert found.highest == 0.5
    # a point between the head and what follows belongs to what follows, and is shaped by both
    step = np.full((20 * BLOCK, 2), 0.5, np.float32)
    found = TruePeak(skipped=10 * BLOCK)
    found.take(step)
    assert found.highest == pytest.approx(0.5, abs=1e-4)


def test_silence_has_no_peak() -> None:
    assert true_peak(np.zeros((RATE, 2), np.float32)) == 0.0
