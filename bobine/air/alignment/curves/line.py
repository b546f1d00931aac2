"""The straight line through what the windows say: an offset, and the drift of one clock against the other. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from bobine.air.alignment.curves.windows import Window

LEAST_LIKENESS = 0.4
"""Below it a window has found nothing; sounds that have nothing in common stay under 0.25."""

ON_THE_LINE_S = 0.03
"""Greatest distance from the line of a window that agrees with it, seconds."""

LEAST_SHARE = 0.6
"""Least share of all windows that must agree."""

FEWEST = 4
"""Windows that must agree, at least."""

MOST_DRIFT = 500e-6
"""No clock drifts by more, as a fraction."""

_LONG_ENOUGH_S = 120


NEAR_A_BREAK_S = 1.0
"""To what a break's place is known: a start so near to an added stretch lies after it, an end before it."""


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the other show has less than the first one, or more.

    Attributes:
        at_s: where in the first show, seconds.
        there_s: where in the other one, seconds.
        shift_s: how much more the other one has there, seconds; below 0, how much it lacks.
    """

    at_s: float
    there_s: float
    shift_s: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """The place of one show in another.

    Attributes:
        offset_s: where the first show's start is in the other one, seconds; below 0, before that one begins. Up to the
            first break, where there is one.
        drift: by how much the other one's clock runs fast, as a fraction (50e-6 is 50 ppm); None where the common part
            is too short to tell, and 0 is used.
        agreement: how alike they are along the line, from 0 to 1; a window that does not agree counts for nothing.
        windows: stretches of the first show (begin, end, in seconds) and whether they agree.
        breaks: where the other show lacks something, or has something more, in order.
    """

    offset_s: float
    drift: float | None
    agreement: float
    windows: tuple[tuple[float, float, bool], ...]
    breaks: tuple[Break, ...] = ()

    def there(self, seconds: float, *, begins: bool = False, ends: bool = False) -> float:
        """An instant of the first show in the other one, seconds; all of a part missing there falls on one instant.

        Args:
            seconds: the instant.
            begins: whether something begins there: it then lies behind an added stretch that is just there.
            ends: whether something ends there: it then lies before it.
        """
        spare = NEAR_A_BREAK_S * (begins - ends)
        shift = 0.0
        for one in self.breaks:
            if one.shift_s > 0:
                shift += one.shift_s if seconds + spare > one.at_s else 0.0
            else:
                shift -= min(-one.shift_s, max(0.0, seconds - one.at_s))
        return self.offset_s + shift + seconds * (1 + (self.drift or 0.0))


def line_through(windows: Sequence[Window]) -> Alignment | None:
    """The line that most windows agree with; None where too few do."""
    good = [window for window in windows if window.likeness >= LEAST_LIKENESS]
    if len(good) < FEWEST:
        return None
    drift = _drift(good)
    offset = statistics.median(window.offset_s - (drift or 0.0) * window.middle_s for window in good)
    on_it = [window for window in good if _is_on(window, offset, drift)]
    if len(on_it) >= FEWEST:
        offset, drift = _fitted(on_it, drift)
    agreeing = [window.likeness >= LEAST_LIKENESS and _is_on(window, offset, drift) for window in windows]
    if sum(agreeing) < max(FEWEST, LEAST_SHARE * len(windows)) or abs(drift or 0.0) > MOST_DRIFT:
        return None
    return Alignment(
        offset_s=offset,
        drift=drift,
        agreement=statistics.median(w.likeness if fits else 0.0 for w, fits in zip(windows, agreeing, strict=True)),
        windows=tuple((w.start_s, w.end_s, fits) for w, fits in zip(windows, agreeing, strict=True)),
    )


def _drift(windows: Sequence[Window]) -> float | None:
    """The median of the slopes between windows that are far enough apart; half of the windows may be wrong."""
    middles = [window.middle_s for window in windows]
    span_s = max(middles) - min(middles)
    if span_s < _LONG_ENOUGH_S:
        return None
    slopes = [
        (after.offset_s - before.offset_s) / (after.middle_s - before.middle_s)
        for before, after in combinations(windows, 2)
        if after.middle_s - before.middle_s >= span_s / 3
    ]
    return statistics.median(slopes) if slopes else None


def _fitted(windows: Sequence[Window], drift: float | None) -> tuple[float, float | None]:
    """The line of least squares through windows that agree already."""
    offsets = [window.offset_s for window in windows]
    if drift is None:
        return statistics.fmean(offsets), None
    slope, offset = statistics.linear_regression([window.middle_s for window in windows], offsets)
    return offset, slope


def _is_on(window: Window, offset_s: float, drift: float | None) -> bool:
    return abs(window.offset_s - offset_s - (drift or 0.0) * window.middle_s) <= ON_THE_LINE_S
