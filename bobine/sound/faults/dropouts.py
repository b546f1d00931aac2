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
_EDGE_S = 0.002
_BESIDE_S = 0.02
_STOPS_AT_ONCE = 0.3
_LEAST_LIVE = 1e-4
_LOUD = 0.01
_LOUD_BEFORE_LONG = 0.003
_CUT_OFF = 0.5
_FLOOR_PERCENT = 10
_NEAR_FLOOR = 8.0
_LONG_S = 1.0
_FROM_BOUND_S = 0.3


@dataclass(frozen=True, slots=True)
class Dropout:
    """A hole: seconds from the first block's start, to about 10 ms."""

    start_s: float
    duration_s: float


def dropouts(blocks: Blocks, bounds_s: Sequence[float] = ()) -> tuple[Dropout, ...]:
    """Holes of 60 ms to 3 s of (nearly) exact zeros that begin and end within live sound.

    The sound must stop and come back at once: its last and first two milliseconds are no less than 0.3 of what it is
    within twenty. Where it is loud and cut off within two milliseconds, as nothing ends by itself, it may come back in
    any way; before a hole of a second it need not be so loud. So fades, gated pauses and the silence at a file's ends
    do not count, nor does what touches a bound between items, where one sound ends and another begins, nor what lies
    within a pause and is shorter than a second: an editor's silence loses nobody a word.

    Args:
        blocks: of any stretch of sound.
        bounds_s: where items meet, seconds from the first block's start.
    """
    step = blocks.brief_hop / blocks.rate
    peaks = blocks.brief.astype(np.float64)
    heard = blocks.fine.max(axis=1)[blocks.fine.max(axis=1) > _NOTHING] if len(blocks.fine) else np.zeros(0)
    floor = float(np.percentile(heard, _FLOOR_PERCENT)) if len(heard) else 0.0
    reach = round(_BESIDE_S / step)
    found = []
    for first, last in _runs(peaks <= _NOTHING):
        # the sound stops somewhere in the brief block before, and comes back in the one after
        start, duration = (first - 0.5) * step, (last - first + 1) * step
        if first == 0 or last == len(peaks) or not SHORTEST_S - step <= duration <= LONGEST_S + step:
            continue
        if any(start - _FROM_BOUND_S < bound < start + duration + _FROM_BOUND_S for bound in bounds_s):
            continue
        before, after = peaks[max(0, first - reach) : first][::-1], peaks[last : last + reach]
        in_pause = max(before.max(), after.max()) <= _NEAR_FLOOR * floor
        both = _at_once(before, step) and _at_once(after, step)
        long = duration >= _LONG_S
        if (both and (long or not in_pause)) or _cut_off(before, step, _LOUD_BEFORE_LONG if long else _LOUD):
            found.append(Dropout(round(start, 3), round(duration, 3)))
    return tuple(found)


def _at_once(peaks: Floats, step: float) -> bool:
    """Whether the sound is fully there at the hole's edge; peaks are counted away from the hole.

    The last two milliseconds of a straight fade are a fifth of its last twenty, whatever its length; a decay ends near
    nothing.
    """
    edge = float(peaks[: max(2, round(_EDGE_S / step))].max())
    beside = float(np.median(peaks))
    return beside >= _LEAST_LIVE and edge >= _STOPS_AT_ONCE * beside


def _cut_off(peaks: Floats, step: float, loud: float) -> bool:
    edge = float(peaks[: max(2, round(_EDGE_S / step))].max())
    beside = float(np.median(peaks))
    return beside >= loud and edge >= _CUT_OFF * beside


def _runs(flags: np.ndarray[tuple[int], np.dtype[np.bool_]]) -> list[tuple[int, int]]:
    """First and one past the last of each run of true ones."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
