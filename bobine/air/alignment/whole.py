"""Where one show lies in another, to a tenth of a second, found by comparing them as wholes. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence

from bobine.air.alignment.fourier import cross_correlation
from bobine.air.alignment.shape import RATE, coarse

_FACTOR = RATE // 10
_NEAR_S = 3
_LEAST_CLEAR = 1.4
_LEAST_SIGMAS = 6
_ROUNDING = 1e-6


def whole_offset(one: Sequence[float], other: Sequence[float]) -> int | None:
    """How many values later the same sound is in ``other``, to a few tenths of a second; None where nothing stands out.

    The best place must stand well above all others more than three seconds away, and above chance.

    Args:
        one: a shape.
        other: another.
    """
    short, other_short = coarse(one, _FACTOR), coarse(other, _FACTOR)
    found = cross_correlation(short, other_short)
    if not found:
        return None
    peak = max(range(len(found)), key=found.__getitem__)
    near = _NEAR_S * RATE // _FACTOR
    away = [*found[: max(0, peak - near)], *found[peak + near + 1 :]]
    energy = sum(value * value for value in short) * sum(value * value for value in other_short)
    if not away or energy == 0 or found[peak] <= _ROUNDING * math.sqrt(energy):
        return None
    sigma = math.sqrt(sum(value * value for value in away) / len(away))
    if found[peak] < _LEAST_SIGMAS * sigma or found[peak] < _LEAST_CLEAR * max(away):
        return None
    return (peak - (len(short) - 1)) * _FACTOR
