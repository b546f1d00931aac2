"""Sums over short blocks of sound, from which is judged what a channel holds: level, direct current, sides, holes.

Pure: samples come in piece by piece, and only the sums stay (a few bytes a block).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Interleaved sound as an array of shape (samples, channels), full scale 1."""

BLOCKS_PER_SECOND = 10


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Sums over blocks of a tenth of a second; the last one may be shorter.

    Attributes:
        rate: sampling rate, Hz.
        samples: samples per channel in all.
        mean: mean of each block, shape (blocks, channels); its direct current.
        power: mean square, shape (blocks, channels), direct current included.
        cross: mean of the first channel times the second, shape (blocks,); zeros where there are not two.
        peak: largest absolute sample, shape (blocks, channels).
    """

    rate: int
    samples: int
    mean: NDArray[np.float64]
    power: NDArray[np.float64]
    cross: NDArray[np.float64]
    peak: NDArray[np.float64]

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.mean.shape[1])

    def part(self, start_s: float, end_s: float) -> Blocks:
        """The whole blocks that lie between two instants, in seconds from the start."""
        first = int(np.ceil(start_s * BLOCKS_PER_SECOND - 1e-6))
        last = max(first, int(np.floor(end_s * BLOCKS_PER_SECOND + 1e-6)))
        places = slice(first, last)
        samples = max(0, min(self.samples, last * self.hop) - first * self.hop)
        return Blocks(self.rate, samples, self.mean[places], self.power[places], self.cross[places], self.peak[places])

    @property
    def hop(self) -> int:
        """Samples in a block."""
        return max(1, self.rate // BLOCKS_PER_SECOND)


class BlockSums:
    """Takes sound piece by piece and sums it up.

    Args:
        rate: sampling rate, Hz; at least 1.
        channels: number of channels; at least 1.
    """

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._channels = channels
        self._hop = max(1, rate // BLOCKS_PER_SECOND)
        self._rest: Samples = np.zeros((0, channels), np.float32)
        self._samples = 0
        self._sums: list[tuple[NDArray[np.float64], ...]] = []

    def take(self, sound: Samples) -> None:
        """Add the samples that come next, shape (samples, channels)."""
        self._samples += len(sound)
        sound = np.concatenate((self._rest, sound)) if len(self._rest) else sound
        whole = len(sound) // self._hop
        self._add(sound[: whole * self._hop].reshape(whole, self._hop, self._channels))
        self._rest = sound[whole * self._hop :].copy()

    def blocks(self) -> Blocks:
        """The sums of all that was taken."""
        sums = list(self._sums)
        if len(self._rest):
            sums.append(_summed(self._rest[np.newaxis]))
        if not sums:
            sums = [_summed(np.zeros((0, 1, self._channels), np.float32))]
        mean, power, cross, peak = (np.concatenate(parts) for parts in zip(*sums, strict=True))
        return Blocks(self._rate, self._samples, mean, power, cross, peak)

    def _add(self, blocks: NDArray[np.float32]) -> None:
        if len(blocks):
            self._sums.append(_summed(blocks))


def _summed(blocks: NDArray[np.float32]) -> tuple[NDArray[np.float64], ...]:
    """Mean, power, cross product and peak of blocks, shape (blocks, samples, channels)."""
    length = blocks.shape[1]
    apart = np.ascontiguousarray(blocks.transpose(2, 0, 1))  # a channel at a time: nine times as fast
    mean = apart.sum(axis=2).T.astype(np.float64) / length
    power = np.einsum("cbs,cbs->cb", apart, apart).T.astype(np.float64) / length
    two = len(apart) == 2
    cross = np.einsum("bs,bs->b", apart[0], apart[1]).astype(np.float64) / length if two else np.zeros(len(blocks))
    peak = np.maximum(apart.max(axis=2), -apart.min(axis=2)).T.astype(np.float64)
    return mean, power, cross, peak
