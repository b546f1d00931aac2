"""The shape of a sound: how its energy moves around its own level of the moment. Pure."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence
from itertools import accumulate

RATE = 100
"""Values a second."""

_LEVEL_S = 6
_TREND_S = 1
_SOFTEST = 0.003
_SILENCE = 1e-10


def shape(energies: Sequence[float]) -> array[float]:
    """The logarithm of each energy over that of the six seconds around it, without what changes slower than a second.

    What is 25 dB below the level of the moment counts as silence, and digital silence is 0 throughout: so neither a
    gain that rides on the level nor a codec's noise in the pauses makes a difference.

    Args:
        energies: mean squares, ``RATE`` a second; a resampler may have left values just below 0.
    """
    positive = [max(0.0, value) for value in energies]
    levels = _around(positive, _LEVEL_S * RATE)
    curve = [
        math.log((value + _SOFTEST * level + _SILENCE) / (level + _SILENCE))
        for value, level in zip(positive, levels, strict=True)
    ]
    return array("d", (value - trend for value, trend in zip(curve, _around(curve, _TREND_S * RATE), strict=True)))


def coarse(fine: Sequence[float], factor: int) -> list[float]:
    """The mean of each ``factor`` values; what is left over at the end is dropped."""
    sums = [0.0, *accumulate(fine)]
    return [(sums[at + factor] - sums[at]) / factor for at in range(0, len(fine) - factor + 1, factor)]


def _around(values: Sequence[float], width: int) -> list[float]:
    """The mean of the ``width`` values around each, of fewer at both ends."""
    count, half = len(values), width // 2
    sums = [0.0, *accumulate(values)]
    return [
        (sums[min(count, at + half + 1)] - sums[max(0, at - half)]) / (min(count, at + half + 1) - max(0, at - half))
        for at in range(count)
    ]
