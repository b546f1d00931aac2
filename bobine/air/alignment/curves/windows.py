"""The places of short stretches of one show in another, each found alone, to a few milliseconds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bobine.air.alignment.curves.fourier import Curve
from bobine.air.alignment.curves.shape import RATE

_LONGEST_S, _SHORTEST_S = 20, 4
_FEWEST, _USUAL = 3, 6
_MOST = 600
_REACH_S = 0.6
_EDGE = round(0.3 * RATE)  # by so much an offset may be off: a stretch must be held whole
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

    @property
    def start_s(self) -> float:
        """Start of the stretch, seconds from the first show's start."""
        return self.middle_s - self.length_s / 2

    @property
    def end_s(self) -> float:
        """End of the stretch, seconds from the first show's start."""
        return self.middle_s + self.length_s / 2


def compare(
    one: Curve, other: Curve, offset: int, within: range | None = None, room: range | None = None
) -> tuple[Window, ...]:
    """Look for each stretch of one shape in the other, around an offset that is about right.

    Stretches of the first show that are silent say nothing and are left out; so is what the other one does not hold.

    Args:
        one: a shape.
        other: another.
        offset: how many values later the same sound is in ``other``, to some tenths of a second.
        within: the values of ``one`` to look for; all of them by default.
        room: the values of ``other`` to look in; all of them by default.
    """
    within, room = within or range(len(one)), room or range(len(other))
    begin, end = max(within.start, room.start - offset + _EDGE), min(within.stop, room.stop - offset - _EDGE)
    reach = round((_REACH_S + _DRIFT * max(0, end - begin) / RATE) * RATE)
    length = max(_SHORTEST_S * RATE, min(_LONGEST_S * RATE, (end - begin) // _USUAL))
    if end - begin < _FEWEST * length:
        return ()
    step = max(length, (end - begin) // _MOST)
    lags = range(offset - reach, offset + reach + 1)
    found = (look(one, start, length, other, lags) for start in range(begin, end - length + 1, step))
    return tuple(window for window in found if window is not None)


def look(one: Curve, start: int, length: int, other: Curve, lags: range) -> Window | None:
    """The stretch of one shape, and where among some lags the other one is most like it; None where it says nothing."""
    part = one[start : start + length]
    own = float(part @ part)
    lags = range(max(lags.start, -start), min(lags.stop, len(other) - length - start + 1))
    if own <= length * _FLAT * _FLAT or not lags:
        return None
    near = other[start + lags.start : start + lags.stop - 1 + length]
    sums = np.concatenate((np.zeros(1), np.cumsum(near * near)))
    theirs = sums[length:] - sums[: len(lags)]
    alike = np.correlate(near, part, "valid")
    heard = theirs > length * _FLAT * _FLAT
    found = np.where(heard, alike / np.sqrt(own * np.where(heard, theirs, 1.0)), 0.0)
    best = int(found.argmax())
    fraction = _summit(*map(float, found[best - 1 : best + 2])) if 0 < best < len(found) - 1 else 0.0
    return Window(
        middle_s=(start + length / 2) / RATE,
        length_s=length / RATE,
        offset_s=(lags[best] + fraction) / RATE,
        likeness=float(found[best]),
    )


def _summit(before: float, at: float, after: float) -> float:
    """The summit of the parabola through three values one apart, from the middle one: between -0.5 and 0.5."""
    bend = before - 2 * at + after
    return 0.5 * (before - after) / bend if bend < 0 else 0.0
