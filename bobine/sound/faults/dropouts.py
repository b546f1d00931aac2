"""Short holes of digital silence in live sound, as a cable, a full buffer or a bad card leaves them. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bobine.sound.blocks import Blocks
from bobine.sound.faults.powers import Floats

SHORTEST_S = 0.06
LONGEST_S = 3.0
_NOTHING = 4e-5
_AROUND_S = 0.3
_EDGE_S = 0.03
_EDGE_OF_SOUND = 0.1
_LEAST_LIVE = 2e-4
_FROM_BOUND_S = 0.3


@dataclass(frozen=True, slots=True)
class Dropout:
    """A hole: seconds from the first block's start, to about 10 ms."""

    start_s: float
    duration_s: float


def dropouts(blocks: Blocks, bounds_s: Sequence[float] = ()) -> tuple[Dropout, ...]:
    """Holes of 60 ms to 3 s of (nearly) exact zeros that begin and end within live sound.

    The sound must stop and come back at once: within 30 ms of both edges it is no less than a tenth of what it is
    within 0.3 s of them. So fades, gated pauses and the silence at a file's ends do not count, nor what touches a bound
    between items, where one sound ends and another begins.

    Args:
        blocks: of any stretch of sound.
        bounds_s: where items meet, seconds from the first block's start.
    """
    step = blocks.fine_hop / blocks.rate
    peaks = blocks.fine.max(axis=1).astype(np.float64) if len(blocks.fine) else np.zeros(0)
    found = []
    for first, last in _runs(peaks <= _NOTHING):
        # the sound stops somewhere in the fine block before, and comes back in the one after
        duration = (last - first + 1) * step
        if first == 0 or last == len(peaks) or not SHORTEST_S - step / 2 <= duration <= LONGEST_S + step:
            continue
        start = (first - 0.5) * step
        if any(start - _FROM_BOUND_S < bound < start + duration + _FROM_BOUND_S for bound in bounds_s):
            continue
        around, edge = max(1, round(_AROUND_S / step)), max(1, round(_EDGE_S / step))
        before, after = peaks[max(0, first - around) : first], peaks[last : last + around]
        if _live(before[-edge:], before) and _live(after[:edge], after):
            found.append(Dropout(round(start, 3), round(duration, 3)))
    return tuple(found)


def _live(edge: Floats, around: Floats) -> bool:
    """Whether the sound is as much there at the edge as around."""
    return float(edge.max()) >= max(_LEAST_LIVE, _EDGE_OF_SOUND * float(around.max()))


def _runs(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """First and one past the last of each run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
