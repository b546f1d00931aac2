"""Levels of the blocks of a stereo sound, direct current left out. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bobine.sound.blocks import Blocks

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

SILENCE = 1e-12
"""Power that stands for digital silence: −120 dBFS."""

_ROUNDING = 3e-7


def alternating(blocks: Blocks) -> Floats:
    """Mean square of each block without its direct current, shape (blocks, channels); rounding is taken off too."""
    found: Floats = np.maximum(blocks.power - blocks.mean**2 - _ROUNDING * blocks.mean**2, 0.0)
    return found


def crossed(blocks: Blocks) -> Floats:
    """Mean product of the two sides without their direct current, shape (blocks,)."""
    found: Floats = blocks.cross - blocks.mean[:, 0] * blocks.mean[:, 1]
    return found


def decibels(power: Floats) -> Floats:
    """Mean squares in dBFS, at least −120."""
    found: Floats = 10 * np.log10(np.maximum(power, SILENCE))
    return found


def kept(blocks: Blocks, flags: Flags) -> Blocks:
    """The blocks that are flagged, as if they came one after the other (their phases stay those of their own place)."""
    fine = np.repeat(flags, blocks.hop // blocks.fine_hop)[: len(blocks.fine)]
    brief = np.repeat(flags, blocks.hop // blocks.brief_hop)[: len(blocks.brief)]
    return Blocks(
        blocks.rate,
        int(flags.sum()) * blocks.hop,
        blocks.mean[flags],
        blocks.power[flags],
        blocks.cross[flags],
        blocks.peak[flags],
        blocks.fine[fine],
        blocks.brief[brief],
        blocks.mains[flags],
    )
