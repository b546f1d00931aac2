"""Count samples that were cut off at full scale. Pure."""

from __future__ import annotations

from enum import Enum, auto

import numpy as np

from bobine.sound.blocks import Samples

_RUN = 3
_NEAR = 10 ** (-1 / 20)
_ROOM = 10 ** (3 / 20)


class Scale(Enum):
    """The meaning of full scale in a file: whole numbers end there; floats do not; coded sound swings over it."""

    WHOLE = auto()
    FLOAT = auto()
    CODED = auto()


class Clipping:
    """Takes sound piece by piece and counts samples that were cut off.

    Whole numbers are cut off where at least three in a row stand at the largest one, floats where three in a row stand
    at the file's largest value, whatever it is. A coder wears flat tops off: there, samples within 1 dB of full scale
    count, unless some exceed it by more than 3 dB, which shows that there was room.

    Args:
        scale: what full scale means in the file.
        bits: of a sample, where the numbers are whole.
    """

    def __init__(self, scale: Scale, bits: int = 16) -> None:
        self._scale = scale
        self._level = {Scale.WHOLE: 1 - 1.5 / 2 ** (min(bits, 16) - 1), Scale.FLOAT: 0.0, Scale.CODED: _NEAR}[scale]
        self._count = 0
        self._peak = 0.0

    def take(self, sound: Samples) -> None:
        """Count in the samples that come next, shape (samples, channels)."""
        if not sound.size:
            return
        peak = float(max(sound.max(), -sound.min()))
        self._peak = max(self._peak, peak)
        if self._scale is Scale.FLOAT and peak > self._level:
            self._level, self._count = peak, 0
        if peak < self._level or not peak:
            return
        there = np.abs(sound) >= np.float32(self._level)
        self._count += int(there.sum() if self._scale is Scale.CODED else _in_runs(there))

    @property
    def samples(self) -> int:
        """The number of samples cut off at full scale, all channels counted."""
        return 0 if self._scale is Scale.CODED and self._peak > _ROOM else self._count

    @property
    def peak(self) -> float:
        """The largest absolute sample; full scale is 1."""
        return self._peak


def _in_runs(there: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> int:
    """Count the samples that stand in runs of three or more along the first axis."""
    if len(there) < _RUN:
        return 0
    inside = there[:-2] & there[1:-1] & there[2:]
    marked = np.zeros_like(there)
    for shift in range(_RUN):
        marked[shift : len(there) - 2 + shift] |= inside
    return int(marked.sum())
