"""K-weighted power of sound (ITU-R BS.1770-4, section 2.1), a tenth of a second at a time. Pure.

A stretch is weighted by the filter's own response to each of its frequencies. What the filter would carry from one
stretch into the next is left out: it moves a block of 400 ms by a few hundredths of a decibel, and the loudness of an
item by less than a hundredth.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

RATE = 48_000

HOP = 4_800
"""Samples in a tenth of a second."""

_EVERY = 2
"""One sample in so many is looked at: power that lies above 12 kHz is then found as far below it.

It weighs the same there, but for what lies above 22 kHz, where neither recordings nor codecs have any.
"""

_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))


def hop_powers(sound: NDArray[Any]) -> NDArray[np.float64]:
    """The weighted power of each tenth of a second, both channels added.

    Args:
        sound: whole tenths of a second of stereo at 48 kHz, shape (samples, 2); what is no number counts as silence.
    """
    found = _powers(sound.astype(np.float32, copy=False))
    if np.isfinite(found).all():
        return found
    return _powers(np.nan_to_num(sound.astype(np.float64), nan=0.0, posinf=0.0, neginf=0.0))


def _powers(sound: NDArray[Any]) -> NDArray[np.float64]:
    # both channels as one complex sound: its power at a frequency and at its negative is theirs, added
    pairs = np.ascontiguousarray(sound).view(np.result_type(sound.dtype, np.complex64)).reshape(-1, HOP)[:, ::_EVERY]
    with np.errstate(all="ignore"):
        lines = np.fft.fft(pairs)
        parts = lines.view(lines.real.dtype).reshape(len(lines), -1)
        found: NDArray[np.float64] = np.einsum("ij,ij,j->i", parts, parts, _weights(parts.dtype)).astype(np.float64)
    return found


@functools.cache
def _weights(form: np.dtype[Any]) -> NDArray[Any]:
    """The weight of the square of each part, real and imaginary, of each frequency."""
    count = HOP // _EVERY
    turn = np.exp(-2j * np.pi * np.fft.fftfreq(count, _EVERY / RATE) / RATE)
    response = np.ones(count, np.complex128)
    for above, below in (_SHELF, _HIGH_PASS):
        response *= np.polyval(above[::-1], turn) / np.polyval(below[::-1], turn)
    return np.repeat(np.abs(response) ** 2 / count**2, 2).astype(form)
