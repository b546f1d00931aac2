"""Stretches where one side of an item goes away and comes back, as a bad cable does. Pure: blocks in, stretches out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bobine.sound.blocks import BLOCKS_PER_SECOND, Blocks
from bobine.sound.faults.powers import Flags, alternating, crossed, decibels
from bobine.sound.faults.sides import correlation, heard_blocks

_GONE_DB = 25.0
_SILENT_DBFS = -65.0
_FEWEST_HEARD = BLOCKS_PER_SECOND
_SHORTEST = round(1.5 * BLOCKS_PER_SECOND)
_MOST = 6
_BALANCED_DB = 12.0
_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class DroppedSide:
    """A stretch in which one side is silent; seconds from the first block's start."""

    start_s: float
    end_s: float
    left_heard: bool


def dropped_sides(blocks: Blocks, *, spoken: bool) -> tuple[DroppedSide, ...]:
    """Stretches of an item that is in both ears elsewhere, in which a side is silent for a second and a half or more.

    In music a side that rests is music: there, only a side that is silent below −65 dBFS counts, in sound that is alike
    on both sides elsewhere. More than six such stretches are no cable, and none is given.

    Args:
        blocks: of the item's sound.
        spoken: whether it is speech.
    """
    if blocks.channels != 2:
        return ()
    power, cross = alternating(blocks), crossed(blocks)
    level = decibels(power)
    heard = heard_blocks(level)
    balance = level[:, 0] - level[:, 1]
    gone = heard & (np.abs(balance) >= _GONE_DB)
    present = heard & (np.abs(balance) < _BALANCED_DB)
    if present.sum() < _FEWEST_HEARD or correlation(power[present], cross[present]) < _ALIKE:
        return ()
    found = []
    for left_heard in (True, False):
        its = gone & ((balance > 0) == left_heard)
        weak = level[:, 1 if left_heard else 0]
        for first, last in _runs(its, heard):
            if not spoken and float(np.percentile(weak[first:last][its[first:last]], 90)) > _SILENT_DBFS:
                continue
            found.append(DroppedSide(first / BLOCKS_PER_SECOND, last / BLOCKS_PER_SECOND, left_heard))
    return tuple(sorted(found, key=lambda one: one.start_s)) if len(found) <= _MOST else ()


def _runs(its: Flags, heard: Flags) -> list[tuple[int, int]]:
    """Runs in which ``its`` holds in every audible block: the first, and one past the last, with the edges' blocks.

    Args:
        its: which blocks count; all of them are audible.
        heard: which blocks are audible.
    """
    places = np.flatnonzero(heard)
    edges = np.flatnonzero(np.diff(its[places].astype(np.int8), prepend=0, append=0)).tolist()
    found = []
    for begin, end in zip(edges[::2], edges[1::2], strict=True):
        first, last = int(places[begin]), int(places[end - 1]) + 1
        if last - first >= _SHORTEST and end - begin >= _FEWEST_HEARD:
            found.append((max(0, first - 1), min(len(its), last + 1)))
    return found
