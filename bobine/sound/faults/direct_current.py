"""Direct current in a sound, which a gain raises with it: how much, and whether it wanders. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bobine.sound.blocks import BLOCKS_PER_SECOND, Blocks
from bobine.sound.faults.powers import alternating

_LEAST = 4e-4
_LEAST_HEARD = 3e-5
_BESIDE_SOUND = 0.008
_SURE = 4.0
_WANDERS = 4e-3
_WANDERS_BESIDE_SOUND = 0.05
_WINDOW = 2 * BLOCKS_PER_SECOND
_WORTH_A_WORD = 5e-3
_WORTH_A_WORD_BESIDE_SOUND = 0.1


@dataclass(frozen=True, slots=True)
class DirectCurrent:
    """What lies under the sound of one item.

    Attributes:
        largest: mean of the side that has more of it, or the farthest that it wanders, full scale 1.
        notable: whether it is worth a word: half a percent, or a tenth of the sound itself.
    """

    largest: float
    notable: bool


def direct_current(blocks: Blocks) -> DirectCurrent | None:
    """The direct current to take out; None where there is none that would be measured once the sound is levelled.

    A mean counts where it is sure (four standard errors, so that slow music is none) and above 0.0004, or above 0.8 %
    of the sound: after levelling that would be a thousandth. One that wanders is seen in means over two seconds.
    """
    if not len(blocks.mean):
        return None
    sound = float(np.sqrt(alternating(blocks).mean(axis=0).max()))
    means = blocks.mean.mean(axis=0)
    errors = blocks.mean.std(axis=0) / np.sqrt(len(blocks.mean))
    steady = max((abs(m) for m, e in zip(means, errors, strict=True) if abs(m) > _SURE * e), default=0.0)
    least = min(_LEAST, max(_LEAST_HEARD, _BESIDE_SOUND * sound))
    count = len(blocks.mean) // _WINDOW
    wandering = 0.0
    if count >= 2:
        windows = blocks.mean[: count * _WINDOW].reshape(count, _WINDOW, -1).mean(axis=1)
        wandering = float(np.ptp(windows, axis=0).max())
    wanders = wandering > max(_WANDERS, _WANDERS_BESIDE_SOUND * sound)
    if steady < least and not wanders:
        return None
    largest = max(float(steady), wandering if wanders else 0.0)
    return DirectCurrent(largest, largest >= min(_WORTH_A_WORD, max(4 * least, _WORTH_A_WORD_BESIDE_SOUND * sound)))
