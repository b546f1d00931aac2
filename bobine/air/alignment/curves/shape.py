"""The shape of a sound: how its energy moves around its own level of the moment. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bobine.air.alignment.curves.fourier import Curve

RATE = 100
"""Values a second."""

_LEVEL_S = 6
_TREND_S = 1
_SOFTEST = 0.003
_SILENCE = 1e-10


def shape(energies: Sequence[float] | Curve) -> Curve:
    """The logarithm of each energy over that of the six seconds around it, without what changes slower than a second.

    What is 25 dB below the level of the moment counts as silence, and digital silence is 0 throughout: so neither a
    gain that rides on the level nor a codec's noise in the pauses makes a difference.

    Args:
        energies: mean squares, ``RATE`` a second; a resampler may have left values just below 0.
    """
    positive = np.maximum(0.0, np.asarray(energies, np.float64))
    levels = np.maximum(0.0, _around(positive, _LEVEL_S * RATE))
    curve = np.log((positive + _SOFTEST * levels + _SILENCE) / (levels + _SILENCE))
    found: Curve = curve - _around(curve, _TREND_S * RATE)
    return found


def coarse(fine: Sequence[float] | Curve, factor: int) -> Curve:
    """The mean of each ``factor`` values; what is left over at the end is dropped."""
    values = np.asarray(fine, np.float64)
    count = len(values) // factor
    means: Curve = values[: count * factor].reshape(count, factor).mean(axis=1)
    return means


def _around(values: Curve, width: int) -> Curve:
    """The mean of the ``width`` values around each, of fewer at both ends."""
    count, half = len(values), width // 2
    sums = np.concatenate((np.zeros(1), np.cumsum(values)))
    places = np.arange(count)
    ends, begins = np.minimum(count, places + half + 1), np.maximum(0, places - half)
    means: Curve = (sums[ends] - sums[begins]) / (ends - begins)
    return means
