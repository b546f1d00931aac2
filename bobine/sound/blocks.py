"""Sums over short blocks of sound, from which is judged what a channel holds: level, direct current, sides, holes.

Pure: samples come in piece by piece, and only the sums stay (a few bytes a block).
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
"""Interleaved sound as an array of shape (samples, channels), full scale 1."""

BLOCKS_PER_SECOND = 10

MAINS_HZ = (50, 100, 150, 200, 250, 300, 60, 120, 180, 240, 300, 360)
"""Mains hum and its harmonics, of 50 Hz, then as many of 60 Hz."""

_FINE_PER_BLOCK = 10
_LOW_RATE = 1_000
_MOST_IN_HALF = 60_000.0


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Sums over blocks of a tenth of a second; the last one may be shorter.

    Samples that are no number (a damaged float) count as silence.

    Attributes:
        rate: sampling rate, Hz.
        samples: samples per channel in all.
        mean: mean of each block, shape (blocks, channels); its direct current.
        power: mean square, shape (blocks, channels), direct current included.
        cross: mean of the first channel times the second, shape (blocks,); zeros where there are not two.
        peak: largest absolute sample, shape (blocks, channels).
        fine: the same over ``fine_hop`` samples (about 10 ms), shape (fine blocks, channels).
        brief: the same of the loudest channel over ``brief_hop`` samples (about 1 ms, for where a sound stops), in half
            precision.
        mains: amplitude and phase of the sound at each of ``MAINS_HZ``, the phase counted from the first sample of all,
            shape (blocks, channels, frequencies).
    """

    rate: int
    samples: int
    mean: NDArray[np.float64]
    power: NDArray[np.float64]
    cross: NDArray[np.float64]
    peak: NDArray[np.float64]
    fine: NDArray[np.float32]
    brief: NDArray[np.float16]
    mains: NDArray[np.complex64]

    @property
    def channels(self) -> int:
        """Number of channels."""
        return int(self.mean.shape[1])

    def part(self, start_s: float, end_s: float) -> Blocks:
        """The whole blocks that lie between two instants, in seconds from the start."""
        first = int(np.ceil(start_s * self.rate / self.hop - 1e-6))
        last = max(first, int(np.floor(end_s * self.rate / self.hop + 1e-6)))
        places = slice(first, last)
        samples = max(0, min(self.samples, last * self.hop) - first * self.hop)
        return Blocks(
            self.rate,
            samples,
            self.mean[places],
            self.power[places],
            self.cross[places],
            self.peak[places],
            self.fine[first * self.hop // self.fine_hop : last * self.hop // self.fine_hop],
            self.brief[first * self.hop // self.brief_hop : last * self.hop // self.brief_hop],
            self.mains[places],
        )

    @property
    def hop(self) -> int:
        """Samples in a block."""
        return max(1, self.rate // BLOCKS_PER_SECOND)

    @property
    def fine_hop(self) -> int:
        """Samples in a fine block: what divides a block into about ten."""
        return _fine_hop(self.hop)

    @property
    def brief_hop(self) -> int:
        """Samples in a brief block: what divides a fine one into about ten."""
        return _fine_hop(_fine_hop(self.hop))


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
        self._fine_hop = _fine_hop(self._hop)
        self._brief_hop = _fine_hop(self._fine_hop)
        self._low_hop = _divisor(self._hop, max(1, rate // _LOW_RATE))
        times = (np.arange(self._hop // self._low_hop) * self._low_hop + (self._low_hop - 1) / 2) / rate
        waves = np.exp(-2j * np.pi * times[:, None] * np.array(MAINS_HZ))
        self._waves = np.concatenate((waves.real, waves.imag), axis=1).astype(np.float32) * (2 / self._hop)
        self._rest: Samples = np.zeros((0, channels), np.float32)
        self._samples = 0
        self._sums: list[tuple[NDArray[Any], ...]] = []

    def take(self, sound: Samples) -> None:
        """Add the samples that come next, shape (samples, channels)."""
        self._samples += len(sound)
        sound = np.concatenate((self._rest, sound)) if len(self._rest) else sound
        whole = len(sound) // self._hop
        if whole:
            self._sums.append(self._summed(sound[: whole * self._hop]))
        self._rest = sound[whole * self._hop :].copy()

    def blocks(self) -> Blocks:
        """The sums of all that was taken."""
        sums = list(self._sums)
        if len(self._rest):
            sums.append(self._last())
        if not sums:
            sums = [self._summed(np.zeros((0, self._channels), np.float32))]
        mean, power, cross, peak, fine, brief, mains = (np.concatenate(parts) for parts in zip(*sums, strict=True))
        turns = np.arange(len(mean))[:, None] * self._hop * np.array(MAINS_HZ) % self._rate
        if turns.any():  # a tenth of a second holds whole waves, unless the rate is an odd one
            mains = mains * np.exp(-2j * np.pi / self._rate * turns)[:, None, :]
        mains = mains.astype(np.complex64, copy=False)
        return Blocks(self._rate, self._samples, mean, power, cross, peak, fine, brief, mains)

    def _last(self) -> tuple[NDArray[Any], ...]:
        """The block that is not whole: silence is added, and not counted."""
        missing = self._hop - len(self._rest)
        mean, power, cross, peak, fine, brief, mains = self._summed(
            np.concatenate((self._rest, np.zeros((missing, self._channels), np.float32)))
        )
        more = self._hop / len(self._rest)
        fine = fine[: -(-len(self._rest) // self._fine_hop)]
        brief = brief[: -(-len(self._rest) // self._brief_hop)]
        return mean * more, power * more, cross * more, peak, fine, brief, mains * more

    def _summed(self, sound: Samples) -> tuple[NDArray[Any], ...]:
        """The sums of whole blocks; those of a millisecond are taken in single precision, and added in double."""
        count = len(sound) // self._hop
        turned = _turned(sound, self._brief_hop)
        power = np.einsum("src,src->rc", turned, turned)
        if not np.isfinite(power.sum()):
            turned = np.where(np.isfinite(turned), turned, np.float32(0))
            power = np.einsum("src,src->rc", turned, turned)
        total = turned.sum(axis=0)
        cross = np.zeros(count)
        if self._channels == 2:
            cross = self._means((turned[..., 0] * turned[..., 1]).sum(axis=0)[:, None])[:, 0]
        brief = np.maximum(turned.max(axis=0), -turned.min(axis=0))  # never below zero: one of them is not
        fine = _turned(brief, self._fine_hop // self._brief_hop).max(axis=0)
        peak = _turned(fine, self._hop // self._fine_hop).max(axis=0).astype(np.float64)
        whole = self._low_hop % self._brief_hop == 0
        low = _turned(total, self._low_hop // self._brief_hop) if whole else _turned(sound, self._low_hop)
        per_block = low.sum(axis=0).reshape(count, self._hop // self._low_hop, self._channels).transpose(0, 2, 1)
        lines = np.ascontiguousarray(per_block) @ self._waves
        mains = lines[..., : len(MAINS_HZ)] + 1j * lines[..., len(MAINS_HZ) :]
        loudest = np.minimum(functools.reduce(np.maximum, brief.T), _MOST_IN_HALF).astype(np.float16)
        return self._means(total), self._means(power), cross, peak, fine, loudest, mains

    def _means(self, sums: Samples) -> NDArray[np.float64]:
        """Means over each block, of sums over brief ones."""
        found: NDArray[np.float64] = _turned(sums, self._hop // self._brief_hop).sum(axis=0, dtype=np.float64)
        found /= self._hop
        return found


def _turned(sound: Samples, hop: int) -> Samples:
    """Sound with the samples of each short stretch along the first axis, shape (hop, stretches, channels).

    numpy reduces many long rows ten times faster than as many short ones.
    """
    count, channels = len(sound) // hop, sound.shape[1]
    if channels != 2:
        return np.ascontiguousarray(sound.reshape(count, hop, channels).transpose(1, 0, 2))
    pairs = np.ascontiguousarray(sound).view(np.complex64).reshape(count, hop)  # both channels moved at once
    return np.ascontiguousarray(pairs.T).view(np.float32).reshape(hop, count, channels)


def _fine_hop(hop: int) -> int:
    return _divisor(hop, -(-hop // _FINE_PER_BLOCK))


def _divisor(number: int, most: int) -> int:
    """The largest divisor of a number that is no larger than ``most``, at least 1."""
    return next(found for found in range(most, 0, -1) if number % found == 0)
