"""The voice in an item: where it is, how loud it is, and how far voices lie apart. Pure: blocks in, figures out.

A block is a momentary loudness: 400 ms of sound, one every 100 ms, LUFS (``Reading.momentary``).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from statistics import median

from bobine.master.levelling.loudness import ABSOLUTE_GATE_LUFS, HOP_S, integrated

ABOVE_FLOOR_LU = 9.0
"""A voice stands at least this far above the item's own noise floor."""

NEAR_LU = 10.0
"""Distance from the item's loudness within which any sound is heard as part of it."""

_FLOOR_PERCENTILE = 5
_MODULATION_LU = 6.0
_PAUSE_LU = 12.0
_STEADY = round(3.0 / HOP_S)
_SPELL_REACH = round(1.5 / HOP_S)
_TURN_REACH = round(4.0 / HOP_S)
_LOUDER_THAN_TURN_LU = 6.0
_FEWEST_VOICED = round(0.8 / HOP_S)


def percentile(values: Sequence[float], percent: float) -> float:
    """The value below which ``percent`` (0 to 100) of the sorted ``values`` lie: the nearest one that is there."""
    return values[round((len(values) - 1) * percent / 100)]


def voiced(blocks: Sequence[float]) -> list[bool]:
    """Mark the blocks that hold a voice, or something as loud, rather than the noise between words.

    A block within 10 LU of the item's loudness counts. A quieter one, as of a guest far from the microphone, counts
    where it stands 9 LU above the item's noise floor (the 5th percentile of its blocks) and the sound comes and goes by
    6 LU within three seconds, as speech does and noise does not. What lies 12 LU below a sound within a second and a
    half is a pause.
    """
    level = integrated(blocks)
    if level is None:
        return [False] * len(blocks)
    near = level - NEAR_LU
    floor = percentile(sorted(blocks), _FLOOR_PERCENTILE)
    gate = max(ABSOLUTE_GATE_LUFS, min(floor + ABOVE_FLOOR_LU, near))
    is_steady = _steady(blocks)
    loudest = [max(blocks[max(0, n - _SPELL_REACH) : n + _SPELL_REACH + 1]) for n in range(len(blocks))]
    return [
        block > around - _PAUSE_LU and (block > max(near, ABSOLUTE_GATE_LUFS) or (block > gate and not steady))
        for block, steady, around in zip(blocks, is_steady, loudest, strict=True)
    ]


def _steady(blocks: Sequence[float]) -> list[bool]:
    """Mark the blocks that lie in three seconds through which the loudness hardly moves."""
    found = [False] * len(blocks)
    for n in range(len(blocks) - _STEADY + 1):
        around = blocks[n : n + _STEADY]
        if max(around) - min(around) < _MODULATION_LU:
            found[n : n + _STEADY] = [True] * _STEADY
    return found


def local_levels(blocks: Sequence[float], is_voiced: Sequence[bool]) -> list[float | None]:
    """Loudness of the voice around each block, over three seconds, LUFS; None where there is too little of it.

    What stands more than 6 LU above the voice of the four seconds on either side (applause, a shout) counts no more
    than that.
    """
    capped = []
    for n, block in enumerate(blocks):
        if not is_voiced[n]:
            capped.append(0.0)
            continue
        first = max(0, n - _TURN_REACH)
        turn = [
            near
            for near, voice in zip(
                blocks[first : n + _TURN_REACH + 1], is_voiced[first : n + _TURN_REACH + 1], strict=True
            )
            if voice
        ]
        capped.append(10 ** (min(block, median(turn) + _LOUDER_THAN_TURN_LU) / 10))
    powers = [0.0, *accumulate(capped)]
    counts = [0, *accumulate(map(int, is_voiced))]
    found: list[float | None] = []
    for n in range(len(blocks)):
        first, last = max(0, n - _SPELL_REACH), min(len(blocks), n + _SPELL_REACH + 1)
        count = counts[last] - counts[first]
        power = (powers[last] - powers[first]) / count if count >= _FEWEST_VOICED else 0.0
        found.append(10 * math.log10(power) if power > 0 else None)
    return found


def inside_spread_lu(blocks: Sequence[float]) -> float | None:
    """The distance between the voices inside an item, LU; None for silence.

    It is from the 10th to the 90th percentile of the voice's loudness over three seconds (``local_levels``), taken at
    every block that holds a voice, so that pauses do not count.
    """
    is_voiced = voiced(blocks)
    levels = sorted(
        level
        for level, voice in zip(local_levels(blocks, is_voiced), is_voiced, strict=True)
        if voice and level is not None
    )
    return percentile(levels, 90) - percentile(levels, 10) if levels else None
