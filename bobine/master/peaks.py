"""True peak of decoded sound, measured only where it can be: the rest cannot reach it.

Between samples the interpolated sound exceeds the highest sample of its neighbourhood at most by the sum of the
interpolator's coefficients. What lies further than that below the highest sample of a stretch is left out; what stays
is measured by ffmpeg's own meter, with its neighbourhood around it, so that the figure is the one of the whole.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BOUND_DB = 7.5
"""The sum of coefficients: 7.43 dB for the 32 taps of ffmpeg's resampler, 5.65 dB for a 49-tap four-times one."""

BLOCK = 240
"""Samples that are kept or left out together; more than an interpolator reaches to one side."""

_MOST_BLOCKS = 8_000
_PAUSE = 4_800


class Loudest:
    """Takes interleaved stereo floats piece by piece, and keeps the blocks that may hold the true peak.

    Args:
        skipped: samples at the head, a multiple of ``BLOCK``, whose peaks do not count.

    Attributes:
        highest: the highest sample that counts, full scale 1.
        too_many: whether the sound is about as loud all along, so that nothing was kept.
    """

    def __init__(self, skipped: int = 0) -> None:
        self._first = skipped // BLOCK
        self._waiting = bytearray()
        self._seen = 0
        self.highest = 0.0
        self._kept: dict[int, bytes] = {}
        self._peaks: dict[int, float] = {}
        self._before = b""
        self._after = -1
        self.too_many = False

    def take(self, piece: bytes) -> None:
        """Take the sound that comes next."""
        self._waiting += piece
        whole = len(self._waiting) // (8 * BLOCK) * (8 * BLOCK)
        if whole >= 64 * 8 * BLOCK:
            self._sort(bytes(self._waiting[:whole]))
            del self._waiting[:whole]

    def stretches(self) -> bytes:
        """The blocks that may hold the true peak with those around them, then silence, as such floats."""
        self._waiting += bytes(-len(self._waiting) % (8 * BLOCK))
        self._sort(bytes(self._waiting))
        self._waiting.clear()
        self._prune()
        found = b"".join(self._kept[n] for n in sorted(self._kept))
        frames = len(found) // 8
        return found + bytes(8 * (-frames % _PAUSE + _PAUSE)) if found else b""

    def _sort(self, sound: bytes) -> None:
        blocks: NDArray[Any] = np.frombuffer(sound, np.float32).reshape(-1, 2 * BLOCK)
        peaks = np.maximum(blocks.max(axis=1, initial=0.0), -blocks.min(axis=1, initial=0.0))
        counted = peaks[max(0, self._first - self._seen) :]
        if len(counted):
            self.highest = max(self.highest, float(counted.max()))
        size = 8 * BLOCK
        for n in np.flatnonzero(peaks > self._threshold()):
            at, place = int(n), self._seen + int(n)
            if place < self._first or self.too_many:
                continue
            self._peaks[place] = float(peaks[at])
            before = sound[(at - 1) * size : at * size] if at else self._before
            if before:
                self._kept.setdefault(place - 1, before)
            self._kept[place] = sound[at * size : (at + 1) * size]
            if at + 1 < len(peaks):
                self._kept.setdefault(place + 1, sound[(at + 1) * size : (at + 2) * size])
        if self._after == self._seen and sound:
            self._kept.setdefault(self._seen, sound[:size])
        self._seen += len(peaks)
        self._after = self._seen if self._seen - 1 in self._peaks else -1
        self._before = sound[-size:] or self._before
        if len(self._kept) > _MOST_BLOCKS:
            self._prune()
            if len(self._kept) > _MOST_BLOCKS:
                self.too_many = True
                self._kept.clear()
                self._peaks.clear()

    def _threshold(self) -> float:
        return self.highest / float(10 ** (BOUND_DB / 20))

    def _prune(self) -> None:
        threshold = self._threshold()
        self._peaks = {place: peak for place, peak in self._peaks.items() if peak > threshold}
        wanted = {place + near for place in self._peaks for near in (-1, 0, 1)}
        self._kept = {place: block for place, block in self._kept.items() if place in wanted}
