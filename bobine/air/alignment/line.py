"""The straight line through what the windows say: an offset, and the drift of one clock against the other. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from bobine.air.alignment.windows import Window

LEAST_LIKENESS = 0.4
"""Below it a window has found nothing; sounds that have nothing in common stay under 0.25."""

ON_THE_LINE_S = 0.03
"""How far from the line a window may be that agrees with it, seconds."""

_LEAST_SHARE = 0.6
_FEWEST = 4
_LONG_ENOUGH_S = 120
_MOST_DRIFT = 500e-6


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where one show lies in another.

    Attributes:
        offset_s: where the first show's start is in the other one, seconds; below 0, before that one begins.
        drift: by how much the other one's clock runs fast, as a fraction (50e-6 is 50 ppm); None where the common part
            is too short to tell, and 0 is used.
        agreement: how alike they are along the line, from 0 to 1; a window that does not agree counts for nothing.
        windows: stretches of the first show (begin, end, in seconds) and whether they agree.
    """

    offset_s: float
    drift: float | None
    agreement: float
    windows: tuple[tuple[float, float, bool], ...]

    def there(self, seconds: float) -> float:
        """An instant of the first show in the other one, seconds."""
        return self.offset_s + seconds * (1 + (self.drift or 0.0))


def line_through(windows: Sequence[Window]) -> Alignment | None:
    """The line that most windows agree with; None where too few do."""
    good = [window for window in windows if window.likeness >= LEAST_LIKENESS]
    if len(good) < _FEWEST:
        return None
    drift = _drift(good)
    offset = statistics.median(window.offset_s - (drift or 0.0) * window.middle_s for window in good)
    on_it = [window for window in good if _is_on(window, offset, drift)]
    if len(on_it) >= _FEWEST:
        offset, drift = _fitted(on_it, drift)
    agreeing = [window.likeness >= LEAST_LIKENESS and _is_on(window, offset, drift) for window in windows]
    if sum(agreeing) < max(_FEWEST, _LEAST_SHARE * len(windows)) or abs(drift or 0.0) > _MOST_DRIFT:
        return None
    return Alignment(
        offset_s=offset,
        drift=drift,
        agreement=statistics.median(w.likeness if fits else 0.0 for w, fits in zip(windows, agreeing, strict=True)),
        windows=tuple(
            (w.middle_s - w.length_s / 2, w.middle_s + w.length_s / 2, fits)
            for w, fits in zip(windows, agreeing, strict=True)
        ),
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
