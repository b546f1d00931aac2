"""Cross-correlation of two long sequences by a fast Fourier transform. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Curve = NDArray[np.float64]
"""Values at equal distances in time, shape (values,)."""


def cross_correlation(one: Curve, other: Curve) -> Curve:
    """The sum of ``one[i] * other[i + lag]`` for each lag from ``-(len(one) - 1)`` to ``len(other) - 1``.

    Both may be empty; then so is the result.
    """
    if not len(one) or not len(other):
        return np.zeros(0)
    count = len(one) + len(other) - 1
    size = 1 << (count - 1).bit_length()
    found = np.fft.irfft(np.conj(np.fft.rfft(one, size)) * np.fft.rfft(other, size), size) if size > 1 else one * other
    before = len(one) - 1
    return np.concatenate((found[size - before :], found[: len(other)])) if before else found[: len(other)]
