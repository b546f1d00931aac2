"""Measure sound as it comes: loudness of its blocks, and its peak."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bobine.master.levelling.kweighting import HOP, RATE, hop_powers
from bobine.master.levelling.loudness import BLOCK_S, HOP_S, Reading
from bobine.master.peaks import BLOCK, TruePeak

Sound = NDArray[Any]
"""Stereo floats at 48 kHz, shape (samples, 2)."""

AFTER = BLOCK
"""Samples that a meter of true peaks wants after those that it measures: what follows shapes the last of them."""

FRAME_BYTES = 8
"""Bytes of a sample of both channels, as ffmpeg gives them."""

_BLOCK_HOPS = round(BLOCK_S / HOP_S)
_SHORT_TERM_HOPS = 30
_AT_ONCE = 5 * HOP
"""Samples measured together: more would cost the system new memory each time, fewer the calls."""
_NOTHING = 1e-12
_OFFSET_LU = -0.691


class Meter:
    """Takes the sound of a stretch piece by piece, and gives its reading.

    Args:
        samples: how many it has.
        context_hops: tenths of a second before it, which only give the blocks something to look back on; without any,
            the blocks that look back before the first sample are dropped.
        true_peak: whether its peak is the true one; then ``AFTER`` samples more are taken.
    """

    def __init__(self, samples: int, *, context_hops: int = 0, true_peak: bool = False) -> None:
        self._context = context_hops
        self._measured = context_hops * HOP + samples
        self.samples = self._measured + (AFTER if true_peak else 0)
        self._true_peak = TruePeak(context_hops * HOP) if true_peak else None
        self._peak = 0.0
        self._taken = 0
        self._strip: Sound = np.zeros((_AT_ONCE, 2), np.float32)
        self._filled = 0
        self._powers: list[NDArray[np.float64]] = []

    def take(self, sound: Sound) -> None:
        """Take the sound that comes next, in single precision."""
        while len(sound):
            some = sound[: _AT_ONCE - self._filled]
            self._strip[self._filled : self._filled + len(some)] = some
            self._filled += len(some)
            sound = sound[len(some) :]
            if self._filled == _AT_ONCE:
                self._measure(self._strip)
                self._filled = 0

    def _measure(self, sound: Sound) -> None:
        if self._true_peak is not None:
            self._true_peak.take(sound)
        measured = sound[: max(0, self._measured - self._taken)]
        if self._true_peak is None:
            counted = measured[max(0, self._context * HOP - self._taken) :]
            self._peak = max(self._peak, _highest(counted))
        self._taken += len(sound)
        hops = len(measured) // HOP
        if hops:
            self._powers.append(hop_powers(measured[: hops * HOP]))

    def reading(self) -> Reading:
        """The reading of all that was taken; its peak in dBTP or dBFS, −inf for digital silence."""
        self._measure(self._strip[: self._filled])
        self._filled = 0
        peak = self._peak if self._true_peak is None else self._true_peak.highest
        powers = np.concatenate(self._powers) if self._powers else np.zeros(0)
        return Reading(
            self._blocks(powers, _BLOCK_HOPS),
            self._blocks(powers, _SHORT_TERM_HOPS),
            20 * math.log10(peak) if peak > 0 else -math.inf,
        )

    def _blocks(self, powers: NDArray[np.float64], hops: int) -> tuple[float, ...]:
        """The loudness of the blocks of so many hops that end in the stretch itself, LUFS."""
        if len(powers) < hops:
            return ()
        means = np.convolve(powers, np.full(hops, 1 / hops), "valid")[max(0, self._context + 1 - hops) :]
        found = _OFFSET_LU + 10 * np.log10(means + _NOTHING)
        return tuple(float(value) for value in found.round(3))


def _highest(sound: Sound) -> float:
    """The highest sample, full scale 1; what is no number does not count."""
    found = max(float(sound.max(initial=0.0)), -float(sound.min(initial=0.0)))
    return float(np.fmax.reduce(np.abs(sound), axis=None)) if math.isnan(found) else found


class Taker(Protocol):
    """A consumer of so many samples of sound."""

    samples: int

    def take(self, sound: Sound) -> None:
        """Take the sound that comes next."""


class InARow:
    """Hands sound that comes as bytes to several takers in a row, to each as much as it takes.

    Args:
        takers: who takes it, in order.
        on_seconds: told of each piece, in seconds.
    """

    def __init__(self, takers: Sequence[Taker], on_seconds: Callable[[float], None] = lambda _: None) -> None:
        self._takers = list(takers)
        self._given = 0
        self._on_seconds = on_seconds
        self._waiting: list[bytes] = []
        self._bytes = 0

    def take(self, piece: bytes) -> None:
        """Take interleaved stereo floats, cut anywhere."""
        self._waiting.append(piece)
        self._bytes += len(piece)
        if self._bytes >= _AT_ONCE * FRAME_BYTES:
            self.end()

    def end(self) -> None:
        """Hand over what is left."""
        content = b"".join(self._waiting)
        whole = len(content) // FRAME_BYTES * FRAME_BYTES
        self._waiting = [content[whole:]]
        self._bytes = len(content) - whole
        sound = np.frombuffer(content, np.float32, whole // 4).reshape(-1, 2)
        self._on_seconds(len(sound) / RATE)
        while len(sound) and self._takers:
            taker = self._takers[0]
            mine = sound[: taker.samples - self._given]
            taker.take(mine)
            self._given += len(mine)
            sound = sound[len(mine) :]
            if self._given == taker.samples:
                self._takers.pop(0)
                self._given = 0
