"""Loudness from gating blocks (ITU-R BS.1770-4, EBU Tech 3341 and 3342). Pure: blocks in, figures out.

Blocks measured apart merge exactly: the integrated loudness of a whole is worked out from the blocks of its parts.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ABSOLUTE_GATE_LUFS = -70.0
RELATIVE_GATE_LU = -10.0
RANGE_GATE_LU = -20.0

BLOCK_S = 0.4
HOP_S = 0.1
_FEWEST_BLOCKS = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """The loudness figures of a stretch of sound.

    Attributes:
        momentary: loudness of each 400 ms block, one every 100 ms, LUFS (these are the gating blocks).
        short_term: loudness of each 3 s block, one every 100 ms, LUFS.
        peak_db: highest peak, dBFS or dBTP as it was asked for; −inf for digital silence.
    """

    momentary: tuple[float, ...]
    short_term: tuple[float, ...]
    peak_db: float

    @property
    def integrated_lufs(self) -> float | None:
        """Integrated loudness, LUFS; None for silence, even with a sliver of a neighbour's sound at its edge."""
        heard = sum(block > ABSOLUTE_GATE_LUFS for block in self.momentary)
        if heard < min(_FEWEST_BLOCKS, len(self.momentary)):
            return None
        return integrated(self.momentary)


def merged(readings: Iterable[Reading]) -> Reading:
    """The reading of several stretches as one whole."""
    parts = tuple(readings)
    return Reading(
        tuple(block for part in parts for block in part.momentary),
        tuple(block for part in parts for block in part.short_term),
        max((part.peak_db for part in parts), default=-math.inf),
    )


def integrated(blocks: Sequence[float]) -> float | None:
    """Gated integrated loudness (BS.1770-4, section 2.8).

    Args:
        blocks: loudness of 400 ms blocks overlapping by 75 %, LUFS.

    Returns:
        LUFS, or None if every block lies below the absolute gate.
    """
    powers = [_power(block) for block in blocks if block > ABSOLUTE_GATE_LUFS]
    if not powers:
        return None
    gate = math.fsum(powers) / len(powers) * 10 ** (RELATIVE_GATE_LU / 10)
    kept = [power for power in powers if power > gate]
    return _loudness(math.fsum(kept) / len(kept))


def loudness_range(blocks: Sequence[float]) -> float:
    """Loudness range LRA (EBU Tech 3342): from the 10th to the 95th percentile of the gated short-term loudness, LU.

    Args:
        blocks: loudness of 3 s blocks, at least ten a second of programme, LUFS.
    """
    heard = [block for block in blocks if block > ABSOLUTE_GATE_LUFS]
    if not heard:
        return 0.0
    gate = _loudness(math.fsum(map(_power, heard)) / len(heard)) + RANGE_GATE_LU
    kept = sorted(block for block in heard if block > gate)
    return kept[round((len(kept) - 1) * 0.95)] - kept[round((len(kept) - 1) * 0.10)]


def holes(blocks: Sequence[float], shortest_s: float, alive: Sequence[bool] = ()) -> list[tuple[float, float]]:
    """Dead air: stretches that stay inaudible beside the rest for longer than ``shortest_s`` seconds.

    Inaudible means below −50 LUFS, or 15 LU below the programme when that is itself very quiet.

    Args:
        blocks: momentary loudness, LUFS.
        shortest_s: what is no longer than this is a pause.
        alive: blocks that are no hole however quiet they are, such as a voice far from the microphone.

    Returns:
        (start, duration) of each, in seconds from the first block's start.
    """
    level = integrated(blocks)
    threshold = -50.0 if level is None else min(-50.0, level - 15.0)
    found, first = [], None
    for n, block in enumerate([*blocks, math.inf]):
        if block < threshold and not (n < len(alive) and alive[n]):
            first = n if first is None else first
        elif first is not None:
            duration = (n - 1 - first) * HOP_S + BLOCK_S
            if duration > shortest_s:
                found.append((first * HOP_S, duration))
            first = None
    return found


def raised(blocks: Iterable[float], gain_db: float) -> tuple[float, ...]:
    """The blocks of the same sound after a gain."""
    return tuple(block + gain_db for block in blocks)


def _power(lufs: float) -> float:
    return float(10 ** (lufs / 10))


def _loudness(power: float) -> float:
    return 10 * math.log10(power)
