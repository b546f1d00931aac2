"""Where short stretches of one show lie in another, each on its own, to a few milliseconds. Pure."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

from bobine.air.alignment.shape import RATE

_LONGEST_S, _SHORTEST_S = 20, 4
_FEWEST = 6
_MOST = 600
_REACH_S = 0.6
_DRIFT = 200e-6
_FLAT = 0.05


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of the first show, and where the other one is most like it.

    Attributes:
        middle_s: of the stretch, seconds from the first show's start.
        length_s: of the stretch, seconds.
        offset_s: how much later it is in the other show, seconds.
        likeness: correlation there, from -1 to 1.
    """

    middle_s: float
    length_s: float
    offset_s: float
    likeness: float


def compare(one: Sequence[float], other: Sequence[float], offset: int) -> tuple[Window, ...]:
    """Look for each stretch of one shape in the other, around an offset that is about right.

    Stretches of the first show that are silent say nothing and are left out; so is what the other one does not hold.

    Args:
        one: a shape.
        other: another.
        offset: how many values later the same sound is in ``other``, to some tenths of a second.
    """
    begin, end = max(0, -offset), min(len(one), len(other) - offset)
    reach = round((_REACH_S + _DRIFT * max(0, end - begin) / RATE) * RATE)
    length = min(_LONGEST_S * RATE, (end - begin) // _FEWEST)
    if length < _SHORTEST_S * RATE:
        return ()
    step = max(length, (end - begin) // _MOST)
    energy = [0.0, *accumulate(value * value for value in other)]
    return tuple(
        found
        for start in range(begin, end - length + 1, step)
        for found in _look(one, start, length, other, energy, range(offset - reach, offset + reach + 1))
    )


def _look(
    one: Sequence[float], start: int, length: int, other: Sequence[float], energy: Sequence[float], lags: range
) -> Iterator[Window]:
    part = list(one[start : start + length])
    own = sum(map(mul, part, part))
    lags = range(max(lags.start, -start), min(lags.stop, len(other) - length - start + 1))
    if own <= length * _FLAT * _FLAT or not lags:
        return
    # a list's values are ready to multiply, an array's are made anew each time
    near = list(other[start + lags.start : start + lags.stop - 1 + length])
    found = []
    for at, lag in enumerate(lags):
        theirs = energy[start + lag + length] - energy[start + lag]
        alike = sum(map(mul, part, near[at : at + length])) if theirs > length * _FLAT * _FLAT else 0.0
        found.append(alike / math.sqrt(own * theirs) if alike else 0.0)
    best = max(range(len(found)), key=found.__getitem__)
    fraction = _summit(*found[best - 1 : best + 2]) if 0 < best < len(found) - 1 else 0.0
    yield Window(
        middle_s=(start + length / 2) / RATE,
        length_s=length / RATE,
        offset_s=(lags[best] + fraction) / RATE,
        likeness=found[best],
    )


def _summit(before: float, at: float, after: float) -> float:
    """Where the parabola through three values one apart is highest, from the middle one: between -0.5 and 0.5."""
    bend = before - 2 * at + after
    return 0.5 * (before - after) / bend if bend < 0 else 0.0
