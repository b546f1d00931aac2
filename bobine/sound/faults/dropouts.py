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
_EDGE_OF_AROUND = 0.5
_STEADY = 0.5
_LEAST_LIVE = 2e-4
_FROM_BOUND_S = 0.3


@dataclass(frozen=True, slots=True)
class Dropout:
    """A hole: seconds from the first block's start, to about 10 ms."""

    start_s: float
    duration_s: float


def dropouts(blocks: Blocks, bounds_s: Sequence[float] = ()) -> tuple[Dropout, ...]:
    """Holes of 60 ms to 3 s of (nearly) exact zeros that begin and end within live sound.

    The sound must stop and come back at once: beside the hole it is steady for 40 ms, or half as loud as anything
    within 0.3 s. So fades, gated pauses and the silence at a file's ends do not count, nor does what touches a bound
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
        if _live(peaks[:first][::-1], step) and _live(peaks[last:], step):
            found.append(Dropout(round(start, 3), round(duration, 3)))
    return tuple(found)


def _live(peaks: Floats, step: float) -> bool:
    """Whether the sound is fully there at the hole's edge; peaks are counted away from the hole.

    The first one may be of a few samples only. A straight fade falls by more than half over the next three, whatever
    its length, and a decay ends near nothing; the noise of a pause does neither.
    """
    edge, beside = float(peaks[:2].max()), peaks[1:4]
    if edge < _LEAST_LIVE or not len(beside):
        return False
    around = float(peaks[: round(_AROUND_S / step)].max())
    return bool(beside.min() >= _STEADY * beside.max()) or edge >= _EDGE_OF_AROUND * around


def _runs(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """First and one past the last of each run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
