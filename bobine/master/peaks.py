"""True peak of decoded sound, worked out only where it can be: the rest cannot reach it.

Between samples the interpolated sound exceeds the highest sample of its neighbourhood at most by the sum of the
interpolator's coefficients. What lies further than that below the highest peak so far is passed over, so that the
result is the one of the whole. The interpolator is that of ffmpeg's own meter: four times, 32 taps, a Kaiser window.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

BLOCK = 32
"""Samples that are looked at or passed over together; as many around them are their neighbourhood."""

_OVERSAMPLING = 4
_TAPS = 32
_BEFORE = (_TAPS - 1) // 2
_BETA = 9.0
_AT_ONCE = 64


def _interpolator() -> NDArray[np.float64]:
    """Coefficients of the points between two samples, shape (points, taps)."""
    points = np.arange(1, _OVERSAMPLING)[:, None] / _OVERSAMPLING
    at = np.arange(_TAPS)[None, :] - _BEFORE - points
    found = np.sinc(at) * np.i0(_BETA * np.sqrt(np.maximum(1 - (2 * at / _TAPS) ** 2, 0)))
    weighed: NDArray[np.float64] = found / found.sum(axis=1, keepdims=True)
    return weighed


_COEFFICIENTS = _interpolator()

BOUND = float(np.abs(_COEFFICIENTS).sum(axis=1).max())
"""How far a point between samples can stand above the highest sample around it: 2.35 times, 7.43 dB."""


def _of_a_block() -> NDArray[np.float32]:
    """The matrix from the samples around a block to all points between its samples, shape (samples, points)."""
    found = np.zeros((BLOCK + _TAPS - 1, BLOCK, len(_COEFFICIENTS)))
    for n in range(BLOCK):
        found[n : n + _TAPS, n] = _COEFFICIENTS.T
    return found.reshape(len(found), -1).astype(np.float32)


_POINTS = _of_a_block()


class TruePeak:
    """Takes stereo sound piece by piece and finds its true peak.

    The last ``BLOCK`` samples taken are a neighbourhood only.

    Args:
        skipped: samples at the head, a multiple of ``BLOCK``, that are a neighbourhood only.

    Attributes:
        highest: the true peak so far, full scale 1.
    """

    def __init__(self, skipped: int = 0) -> None:
        self.highest = 0.0
        self._skipped = skipped // BLOCK
        self._held: NDArray[Any] = np.zeros((BLOCK, 2), np.float32)

    def take(self, sound: NDArray[Any]) -> None:
        """Take the sound that comes next, shape (samples, 2), finite floats at 48 kHz."""
        sound = np.concatenate((self._held, sound))
        inner = len(sound) // BLOCK - 2
        if inner < 1:
            self._held = sound
            return
        first = min(self._skipped, inner)
        self._skipped -= first
        if first < inner:
            self._look(sound[first * BLOCK : (inner + 2) * BLOCK])
        self._held = sound[inner * BLOCK :].copy()

    def _look(self, sound: NDArray[Any]) -> None:
        """Look at all blocks but the first and the last."""
        peaks = _block_peaks(sound)
        self.highest = max(self.highest, float(peaks[1:-1].max()))
        around = np.maximum(np.maximum(peaks[:-2], peaks[2:]), peaks[1:-1])
        for side in range(2):
            if around[:, side].max() * BOUND > self.highest:
                self._interpolate(sound[:, side], around[:, side])

    def _interpolate(self, sound: NDArray[Any], around: NDArray[Any]) -> None:
        """Look between the samples of one channel, where the highest around is highest first."""
        places = np.flatnonzero(around * BOUND > self.highest)
        places = places[np.argsort(-around[places], kind="stable")]
        windows = sliding_window_view(sound, len(_POINTS))[BLOCK - _BEFORE :: BLOCK]
        for at in range(0, len(places), _AT_ONCE):
            if around[places[at]] * BOUND <= self.highest:
                return
            points = windows[places[at : at + _AT_ONCE]] @ _POINTS
            self.highest = max(self.highest, float(points.max()), -float(points.min()))


def _block_peaks(sound: NDArray[Any]) -> NDArray[Any]:
    """The highest sample of each block and channel, shape (blocks, 2)."""
    found: NDArray[Any] = np.abs(sound).reshape(-1, 2 * BLOCK)
    while found.shape[1] > 2:
        half = found.shape[1] // 2
        found = np.maximum(found[:, :half], found[:, half:])
    return found
