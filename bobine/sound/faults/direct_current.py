"""Direct current in a sound, which a gain raises with it: how much, and whether it wanders. Pure."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bobine.sound.blocks import BLOCKS_PER_SECOND, Blocks
from bobine.sound.faults.powers import Floats, alternating

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
    """The direct current under the sound of one item.

    Attributes:
        largest: mean of the side that has more of it, or the farthest that it wanders, full scale 1.
        notable: whether it is worth a word: half a percent, or a tenth of the sound itself.
    """

    largest: float
    notable: bool


def direct_current(blocks: Blocks) -> DirectCurrent | None:
    """The direct current to take out; None where there is none that would be measured once the sound is levelled.

    A mean counts where it is sure (four standard errors of it over two seconds, so that slow music is none) and above
    0.0004, or above 0.8 % of the sound: after levelling that would be a thousandth. One that wanders is seen in means
    over two seconds.
    """
    if not len(blocks.mean):
        return None
    sound = float(np.sqrt(alternating(blocks).mean(axis=0).max()))
    windows = _windows(blocks.mean)
    means = np.abs(blocks.mean.mean(axis=0))
    sure = means > _SURE * windows.std(axis=0) / np.sqrt(len(windows))
    steady = float(means[sure].max(initial=0.0))
    least = min(_LEAST, max(_LEAST_HEARD, _BESIDE_SOUND * sound))
    wandering = float(np.ptp(windows, axis=0).max()) if len(windows) < len(blocks.mean) else 0.0
    wanders = wandering > max(_WANDERS, _WANDERS_BESIDE_SOUND * sound)
    if steady < least and not wanders:
        return None
    largest = max(steady, wandering if wanders else 0.0)
    return DirectCurrent(largest, largest >= min(_WORTH_A_WORD, max(4 * least, _WORTH_A_WORD_BESIDE_SOUND * sound)))


def _windows(means: Floats) -> Floats:
    """Means over two seconds; over each block where that makes fewer than two."""
    count = len(means) // _WINDOW
    if count < 2:
        return means
    found: Floats = means[: count * _WINDOW].reshape(count, _WINDOW, -1).mean(axis=1)
    return found
