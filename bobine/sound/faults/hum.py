"""Mains hum: lines at 50 or 60 Hz and their harmonics that stand in the pauses too. Pure.

A line of the mains keeps one frequency for half a minute, within 0.25 Hz of its place: seen from there, its phase turns
evenly through all the pauses. That of a voice, a note or a noise does not. The pauses decide, so that a bass is not
taken for it.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bobine.sound.blocks import BLOCKS_PER_SECOND, MAINS_HZ, Blocks
from bobine.sound.faults.powers import Flags, alternating, decibels

_LINES = len(MAINS_HZ) // 2
_FARTHEST_HZ = 0.25
_SAME_MAINS_HZ = 0.08
_STEP_HZ = 0.01
_COHERENT = 0.7
_STEADY_LEVEL_DB = 10.0
_STRETCH = 30 * BLOCKS_PER_SECOND
_QUIET_PERCENT = 20
_FEWEST_QUIET = 15
_PAUSES_BELOW_DB = (15.0, 3.0)
_LOWEST_LINE_DBFS = -78.0
_LOWEST_DBFS = -66.0
_BELOW_SOUND_DB = 52.0


@dataclass(frozen=True, slots=True)
class Hum:
    """The hum of the mains in one item.

    Attributes:
        base_hz: 50 or 60.
        lines_hz: the lines that were found, each where it really is.
        level_dbfs: mean square of all of them, dBFS.
    """

    base_hz: int
    lines_hz: tuple[float, ...]
    level_dbfs: float


def hum(blocks: Blocks, *, spoken: bool) -> Hum | None:
    """The hum that can be heard under an item; None where there is none.

    Args:
        blocks: of the item's sound.
        spoken: whether it is speech; music must have real pauses to be judged by.
    """
    if not len(blocks.power):
        return None
    level = decibels(alternating(blocks).max(axis=1))
    sounding = level > -100
    if sounding.sum() < 2 * _FEWEST_QUIET:
        return None
    gate = np.percentile(level[sounding], _QUIET_PERCENT)
    loud = float(np.percentile(level[sounding], 95))
    if gate > loud - _PAUSES_BELOW_DB[spoken]:
        return None
    quiet = sounding & (level <= gate)
    sides, steady = _steady(blocks.mains[quiet])
    found = [one for first in (0, _LINES) if (one := _family(blocks, quiet, sides, steady, first)) is not None]
    best = max(found, key=lambda one: one.level_dbfs, default=None)
    if best is None or best.level_dbfs < max(_LOWEST_DBFS, loud - _BELOW_SOUND_DB):
        return None
    return best


def _steady(still: NDArray[np.complex64]) -> tuple[NDArray[np.int64], Flags]:
    """The channel in which each line is strongest in the pauses, and whether its level there is that of a line.

    Args:
        still: the lines in the pauses, shape (blocks, channels, lines).
    """
    amplitudes = np.abs(still)
    sides = amplitudes.mean(axis=0).argmax(axis=0)
    low, high = np.percentile(np.take_along_axis(amplitudes, sides[None, None], axis=1)[:, 0], [20, 80], axis=0)
    some = low > 0
    return sides, some & (20 * np.log10(np.where(some, high, 1) / np.where(some, low, 1)) <= _STEADY_LEVEL_DB)


def _family(blocks: Blocks, quiet: Flags, sides: NDArray[np.int64], steady: Flags, first: int) -> Hum | None:
    """The lines of one mains frequency, all off by the same part of it as their strongest."""
    lines = []
    for n in np.flatnonzero(steady[first : first + _LINES]).tolist():
        line = _line(blocks.mains[:, sides[first + n], first + n], quiet, _FARTHEST_HZ * (n + 1))
        if line is not None:
            lines.append((line[0], n + 1, line[1] / (n + 1)))
    base = MAINS_HZ[first]
    # 300 Hz is of both families: alone it says nothing, and a rectifier's hum is at twice the mains
    if not any(harmonic <= 2 for _, harmonic, _ in lines):
        return None
    _, _, off_hz = max(lines)
    same = [(level, harmonic) for level, harmonic, its in lines if abs(its - off_hz) <= _SAME_MAINS_HZ]
    total = float(decibels(np.array([sum(10 ** (level / 10) for level, _ in same)]))[0])
    return Hum(base, tuple(sorted(round(harmonic * (base + off_hz), 2) for _, harmonic in same)), total)


def _line(phasors: NDArray[np.complex64], quiet: Flags, farthest_hz: float) -> tuple[float, float] | None:
    """Level (dBFS) of one line in the pauses and how far it is from its place (Hz); None where it is no line.

    Args:
        phasors: in one channel, shape (blocks,).
        quiet: which blocks are pauses.
        farthest_hz: how far from its place it may be.
    """
    reach = round(farthest_hz / _STEP_HZ)
    middle = round(_FARTHEST_HZ * _LINES / _STEP_HZ)
    steps = np.arange(-reach, reach + 1) * _STEP_HZ
    turns = _turns()[:, middle - reach : middle + reach + 1]
    here = np.zeros((-(-len(phasors) // _STRETCH), _STRETCH), np.complex128)
    here.reshape(-1)[: len(phasors)][quiet] = phasors[quiet]
    counts = np.bincount(np.flatnonzero(quiet) // _STRETCH, minlength=len(here))
    here, counts = here[counts >= _FEWEST_QUIET], counts[counts >= _FEWEST_QUIET]
    if not len(here):
        return None
    coherence = np.abs((here / np.maximum(np.abs(here), 1e-30)) @ turns) / counts[:, None]
    best = coherence.argmax(axis=1)
    amplitudes = np.abs((here * turns[:, best].T).sum(axis=1)) / counts
    at_edge = (best == 0) | (best == len(steps) - 1)
    coherences, offs = np.where(at_edge, 0.0, coherence.max(axis=1)), steps[best]
    level = float(20 * np.log10(max(np.average(amplitudes, weights=counts), 1e-6))) - 3.01
    if np.average(coherences, weights=counts) < _COHERENT or level < _LOWEST_LINE_DBFS:
        return None
    return level, float(np.average(offs, weights=counts))


@functools.cache
def _turns() -> NDArray[np.complex128]:
    """The turn of each block of a stretch for each step off a line, as far as any may be, shape (blocks, steps)."""
    reach = round(_FARTHEST_HZ * _LINES / _STEP_HZ)
    steps = np.arange(-reach, reach + 1) * _STEP_HZ
    found: NDArray[np.complex128] = np.exp(-2j * np.pi * np.outer(np.arange(_STRETCH) / BLOCKS_PER_SECOND, steps))
    return found
