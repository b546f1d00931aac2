"""Samples far over full scale, which only a damaged file of floats holds. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bobine.sound.blocks import Blocks
from bobine.sound.faults.powers import Flags

_OVER_FULL_SCALE = 4.0
_OVER_SOUND = 8.0
_ROOM = 2.0


@dataclass(frozen=True, slots=True)
class Spikes:
    """Samples that stand far above the rest of an item.

    Attributes:
        at_s: where the highest one is, seconds from the first block's start.
        peak_dbfs: how high.
        ceiling: what the item is to be clipped at, full scale 1: above all the rest of it.
        blocks: which blocks hold one, and are no measure of the sound.
    """

    at_s: float
    peak_dbfs: float
    ceiling: float
    blocks: Flags


def spikes(blocks: Blocks) -> Spikes | None:
    """Peaks more than 12 dB over full scale and 18 dB over the item's loud sound; None where there are none."""
    if not len(blocks.fine):
        return None
    peaks = blocks.fine.max(axis=1).astype(np.float64)
    limit = max(_OVER_FULL_SCALE, _OVER_SOUND * float(np.percentile(peaks, 99)))
    if peaks.max() <= limit:
        return None
    rest = float(peaks[peaks <= limit].max())
    place = int(peaks.argmax())
    return Spikes(
        at_s=place * blocks.fine_hop / blocks.rate,
        peak_dbfs=float(20 * np.log10(peaks.max())),
        ceiling=max(1.0, min(limit, _ROOM * rest)),
        blocks=blocks.peak.max(axis=1) > limit,
    )
