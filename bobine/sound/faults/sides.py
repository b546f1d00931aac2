"""The relation of the two sides of a stereo sound, and what to make of it. Pure: blocks in, verdict out.

All is judged on blocks of a tenth of a second that can be heard, by the level of each side in them and by the product
of the two. Thresholds were set on real stereo music (balance within ±12 dB, correlation from 0.4 to 1, down to −0.5
where it was widened by effect) and are the same for any gain and for swapped sides.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bobine.sound.blocks import BLOCKS_PER_SECOND, Blocks
from bobine.sound.faults.powers import Flags, Floats, alternating, crossed, decibels

Matrix = tuple[tuple[float, float], tuple[float, float]]
"""The shares of the old left and right in the new left and the new right."""

AS_IT_IS: Matrix = ((1.0, 0.0), (0.0, 1.0))
LEFT_ONLY: Matrix = ((1.0, 0.0), (1.0, 0.0))
RIGHT_ONLY: Matrix = ((0.0, 1.0), (0.0, 1.0))
TURNED_BACK: Matrix = ((1.0, 0.0), (0.0, -1.0))

_FEWEST = BLOCKS_PER_SECOND // 2
_HEARD_WITHIN_DB = 30.0
_LOWEST_HEARD_DBFS = -75.0
_DEAD_DB = 30.0
_NOISE_DB = 15.0
_NOISE_RANGE_DB = 6.0
_NOISE_CORRELATION = 0.2
_APART_DB = 8.0
_APART_SHARE = 0.6
_VOICE_ABOVE_FLOOR_DB = 9.0
_VOICE_RANGE_DB = 12.0
_BESIDE_DB = 10.0
_BESIDE_SHARE = 0.8
_MOST_RAISED_DB = 12.0
_BLEED_BELOW_DB = 8.0
_OPPOSITE = -0.65
_OPPOSITE_SHARE = 0.9
_OPPOSITE_TOO = -0.2
_OPPOSITE_TOO_SHARE = 0.75
_CERTAIN = -0.9


class SidesFault(StrEnum):
    """The faults that two sides can have."""

    NONE = "none"
    ONE_SIDED = "one-sided"
    INVERTED = "inverted"
    VOICES_APART = "voices-apart"


@dataclass(frozen=True, slots=True)
class Sides:
    """The state of the two sides of a stretch, and the matrix that mends them.

    Attributes:
        fault: what is wrong.
        matrix: what is made of the sides.
        left_heard: for a one-sided sound, whether the left one is that which is heard.
    """

    fault: SidesFault = SidesFault.NONE
    matrix: Matrix = AS_IT_IS
    left_heard: bool = True


RIGHT = Sides()
"""Sides that are as they should be."""


def judged(blocks: Blocks, *, spoken: bool, also_inverted: bool = False) -> Sides:
    """Judge the sides of one item as a whole.

    Args:
        blocks: of the item's sound; what has not two channels is right.
        spoken: whether it is speech. Voices are brought to the middle only there: music may be panned hard.
        also_inverted: whether other items of the recording are surely inverted: less proof is then needed here.
    """
    if blocks.channels != 2:
        return RIGHT
    power = alternating(blocks)
    level = decibels(power)
    heard = heard_blocks(level)
    if heard.sum() < _FEWEST:
        return RIGHT
    if spoken and (found := _apart(level, power)) is not None:
        return found
    if (left := _one_sided(level, power, crossed(blocks), heard, spoken=spoken)) is not None:
        return one_sided(left_heard=left)
    if _inverted(power, crossed(blocks), heard, also=also_inverted):
        return Sides(SidesFault.INVERTED, TURNED_BACK)
    return RIGHT


def surely_inverted(blocks: Blocks) -> bool:
    """Whether the sides are exact opposites, as only a cable makes them."""
    if blocks.channels != 2:
        return False
    power = alternating(blocks)
    heard = heard_blocks(decibels(power))
    return bool(heard.sum() >= _FEWEST) and correlation(power[heard], crossed(blocks)[heard]) <= _CERTAIN


def one_sided(*, left_heard: bool) -> Sides:
    """The verdict on a sound of which one side is heard."""
    return Sides(SidesFault.ONE_SIDED, LEFT_ONLY if left_heard else RIGHT_ONLY, left_heard)


def heard_blocks(level: Floats) -> Flags:
    """Mark the audible blocks: within 30 dB of the loud ones on the side that is louder in them, and above −75 dBFS.

    Args:
        level: of each block and side, dBFS.
    """
    louder = level.max(axis=1)
    if not len(louder):
        return np.zeros(0, np.bool_)
    found: Flags = louder > max(float(np.percentile(louder, 95)) - _HEARD_WITHIN_DB, _LOWEST_HEARD_DBFS)
    return found


def correlation(power: Floats, cross: Floats) -> float:
    """Correlation of the two sides, −1 to 1; 0 where one is silent."""
    both = float(np.sqrt(power[:, 0].sum() * power[:, 1].sum()))
    return float(cross.sum()) / both if both > 0 else 0.0


def _one_sided(level: Floats, power: Floats, cross: Floats, heard: Flags, *, spoken: bool) -> bool | None:
    """Whether the left side is the one that is heard; None where both are.

    The other side is silent, or 30 dB lower, or no more than a steady noise that has nothing of the sound in it; in
    speech also where it holds but the same voice from afar.
    """
    sums = power[heard].sum(axis=0)
    strong = int(sums[1] > sums[0])
    weak = 1 - strong
    below = float(np.diff(decibels(sums[[weak, strong]]))[0])
    # what speaks on the weak side while the other is quiet would be lost
    if int((_voiced(level[:, weak]) & (level[:, weak] - level[:, strong] > _APART_DB)).sum()) >= BLOCKS_PER_SECOND:
        return None
    weak_levels = level[heard, weak]
    dead = below >= _DEAD_DB
    steady = float(np.ptp(np.percentile(weak_levels, [5, 95]))) <= _NOISE_RANGE_DB
    noise = below >= _NOISE_DB and steady and abs(correlation(power[heard], cross[heard])) <= _NOISE_CORRELATION
    beside = level[heard, strong] - weak_levels > _APART_DB
    from_afar = spoken and below >= _BESIDE_DB and float(beside.mean()) >= _BESIDE_SHARE
    return strong == 0 if dead or noise or from_afar else None


def _apart(level: Floats, power: Floats) -> Sides | None:
    """Voices that have a side each: each side is well above the other in turn, and holds a voice when it is."""
    own = [_voiced(level[:, side]) for side in (0, 1)]
    apart = level[:, 0] - level[:, 1]
    alone = [own[0] & (apart > _APART_DB), own[1] & (apart < -_APART_DB)]
    counts = [int(one.sum()) for one in alone]
    if min(counts) < BLOCKS_PER_SECOND or sum(counts) < _APART_SHARE * int((own[0] | own[1]).sum()):
        return None
    voices = [float(decibels(power[alone[side], side].mean())) for side in (0, 1)]
    strong = int(voices[1] > voices[0])
    bleed = float(np.median(np.abs(apart[alone[strong]]))) - _BLEED_BELOW_DB
    raised_db = max(0.0, min(abs(voices[0] - voices[1]), _MOST_RAISED_DB, bleed))
    gains = [1.0, 1.0]
    gains[1 - strong] = 10 ** (raised_db / 20)
    row = (round(gains[0], 4), round(gains[1], 4))
    return Sides(SidesFault.VOICES_APART, (row, row))


def _voiced(level: Floats) -> Flags:
    """Mark the blocks of one side that hold a voice: well above its own noise, and not far below its loud ones."""
    live = level[level > _LOWEST_HEARD_DBFS - _HEARD_WITHIN_DB]
    if len(live) < BLOCKS_PER_SECOND:
        return np.zeros(len(level), np.bool_)
    floor, top = np.percentile(level, 10), np.percentile(live, 95)
    if top < _LOWEST_HEARD_DBFS or top - floor < _VOICE_RANGE_DB:
        return np.zeros(len(level), np.bool_)
    found: Flags = (level > floor + _VOICE_ABOVE_FLOOR_DB) & (level > top - _HEARD_WITHIN_DB)
    return found


def _inverted(power: Floats, cross: Floats, heard: Flags, *, also: bool) -> bool:
    opposite = float((cross[heard] < 0).mean())
    found = correlation(power[heard], cross[heard])
    return (found <= _OPPOSITE and opposite >= _OPPOSITE_SHARE) or (
        also and found <= _OPPOSITE_TOO and opposite >= _OPPOSITE_TOO_SHARE
    )
