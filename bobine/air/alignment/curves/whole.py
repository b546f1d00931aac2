"""The offset of one show in another, to a tenth of a second, found by comparing them as wholes. Pure."""

from __future__ import annotations

import math

import numpy as np

from bobine.air.alignment.curves.fourier import Curve, cross_correlation
from bobine.air.alignment.curves.shape import RATE, coarse

_FACTOR = RATE // 10
_NEAR_S = 3
_LEAST_SIGMAS = 4.5
_ROUNDING = 1e-6
_MOST_RIVALS = 8


def likely_offsets(one: Curve, other: Curve) -> tuple[int, ...]:
    """Likely offsets of the same sound in ``other``, in values, to a few tenths of a second: the best, then its rivals.

    Nothing where the best place does not stand above chance; whether it is the right one, windows must tell. Rivals are
    more than three seconds from it and from one another: parts of a file with holes between them, or a sound that
    repeats itself.

    Args:
        one: a shape.
        other: another.
    """
    short, other_short = coarse(one, _FACTOR), coarse(other, _FACTOR)
    found = cross_correlation(short, other_short)
    if not len(found):
        return ()
    peak = int(found.argmax())
    height = float(found[peak])
    away = _without(found, peak)
    energy = float((short @ short) * (other_short @ other_short))
    left = away[np.isfinite(away)]
    if not len(left) or energy == 0 or height <= _ROUNDING * math.sqrt(energy):
        return ()
    least = _LEAST_SIGMAS * math.sqrt(float(np.mean(left * left)))
    if height < least:
        return ()
    places = [peak]
    while len(places) <= _MOST_RIVALS and away[rival := int(away.argmax())] >= least:
        places.append(rival)
        away = _without(away, rival)
    return tuple((place - (len(short) - 1)) * _FACTOR for place in places)


def _without(found: Curve, peak: int) -> Curve:
    """The same with nothing left around one place."""
    near = _NEAR_S * RATE // _FACTOR
    away = found.copy()
    away[max(0, peak - near) : peak + near + 1] = -np.inf
    return away
