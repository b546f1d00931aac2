"""The hand on the fader inside an item: voices brought together slowly, loud short sounds held down. Pure.

Worked out from the loudness of the whole item, so it sees what comes; the same blocks always give the same curve. The
rider goes no faster than 3 dB/s and no further than its reach, follows voices only, and eases back to the gain of the
item where nobody speaks. What then still stands far above the voice for a moment (applause, a shout, a knock) is held
down apart, and faster.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bobine.master.levelling.curves import Curve, Point, simplified
from bobine.master.levelling.loudness import ABSOLUTE_GATE_LUFS, BLOCK_S, HOP_S, integrated
from bobine.master.levelling.voices import local_levels, percentile, voiced

STEEPEST_DB_S = 3.0
"""The fastest that the rider moves."""

HELD_ABOVE_LU = 6.0
"""Where the rider works, a moment that stands further above the voice is turned down to that."""

CLICK_ABOVE_LU = 20.0
"""In any item, a moment further above all that lasts half a second is a fault, and is turned down to that."""

HOLD_RAMP_S = 0.4
"""Time in which the hold comes, and in which it goes, seconds."""

_STEP = 2
_GRID_DB = STEEPEST_DB_S * _STEP * HOP_S
_MOVE_COST = 2.0
_TOO_LOUD = 1.5
_NOISE_COST = 0.1
_SMOOTH_REACH = 3
_LASTING = 5
_ENDS_PERCENT = 4
_HOLD_REACH = BLOCK_S / 2
_HEARD_AS_HELD_DB = 0.25
_MOST_POINTS = 1500


@dataclass(frozen=True, slots=True)
class Ride:
    """The gain applied inside one item, and the loudness that it gives.

    Attributes:
        curve: gain over time on top of the item's own, dB; seconds from its start. Empty where nothing is done.
        blocks: the item's momentary loudness as recorded, after the curve, LUFS.
        held: which of those blocks hold something that is turned down: they are no measure of the voice.
    """

    curve: Curve
    blocks: tuple[float, ...]
    held: tuple[bool, ...]

    @property
    def highest_db(self) -> float:
        """The most that the curve raises anything by, dB, never below 0."""
        return max(0.0, *(point.db for point in self.curve)) if self.curve else 0.0


def ride(blocks: Sequence[float], reach_db: float, aim_lufs: float, max_gain_db: float) -> Ride:
    """The curve of one item.

    Args:
        blocks: its momentary loudness as recorded, LUFS, the first one from its very start on.
        reach_db: how far a voice may be raised or lowered beside the item's own gain, dB; 0 leaves its dynamics alone,
            but for clicks.
        aim_lufs: where its voices are to be heard.
        max_gain_db: most that anything may be raised by the item's gain and the curve together.
    """
    top = _lasting(blocks) + CLICK_ABOVE_LU
    sane = [min(block, top) for block in blocks]
    is_voiced = voiced(sane)
    levels = local_levels(sane, is_voiced)
    wanted = [-level if voice and level is not None else None for voice, level in zip(is_voiced, levels, strict=True)][
        ::_STEP
    ]
    known = sorted(gain for gain in wanted if gain is not None)
    excess = [block - top for block in blocks]
    slow = [0.0] * len(blocks)
    if reach_db > 0 and known:
        own = min(_own_gain(known, reach_db), max_gain_db - aim_lufs)
        most = min(reach_db, max_gain_db - aim_lufs - own)
        slow = _path([None if gain is None else gain - own for gain in wanted], -reach_db, most)[: len(blocks)]
        excess = [
            max(already, block + db + own - HELD_ABOVE_LU)
            for already, block, db in zip(excess, blocks, slow, strict=True)
        ]
    hold = _hold(excess)
    total = [db - down for db, down in zip(slow, hold, strict=True)]
    return Ride(
        _as_curve(total),
        tuple(block + db for block, db in zip(blocks, total, strict=True)),
        tuple(down > _HEARD_AS_HELD_DB for down in hold),
    )


def voice_lufs(blocks: Sequence[float], held: Sequence[bool]) -> float | None:
    """Integrated loudness of what is not held down, LUFS; None for silence.

    Args:
        blocks: momentary loudness, perhaps with some blocks at its head that look back into the item before: those do
            not count, as a loud neighbour would hide a quiet item.
        held: which blocks are left out, counted from the end.
    """
    own = blocks[max(0, len(blocks) - len(held)) :]
    return integrated([block for block, is_held in zip(own, held, strict=False) if not is_held])


def _own_gain(known: Sequence[float], reach_db: float) -> float:
    """The gain of the item's most usual voice, moved so that the ends of ``known`` (sorted) lie within reach."""
    low, high = percentile(known, _ENDS_PERCENT), percentile(known, 100 - _ENDS_PERCENT)
    if high - low > 2 * reach_db:
        return (low + high) / 2
    return min(max(median(known), high - reach_db), low + reach_db)


def _lasting(blocks: Sequence[float]) -> float:
    """The loudest level that holds for half a second, LUFS; no limit where there is none that can be heard."""
    found = max((min(blocks[n : n + _LASTING]) for n in range(len(blocks) - _LASTING + 1)), default=ABSOLUTE_GATE_LUFS)
    return found if found > ABSOLUTE_GATE_LUFS else float("inf")


def _path(wanted: Sequence[float | None], least_db: float, most_db: float) -> list[float]:
    """The cheapest path of the fader, for each block, at most a step up or down at a time.

    Being off a voice costs by the square, and more above it; moving costs; raising noise costs.
    """
    grid = [n * _GRID_DB for n in range(round(least_db / _GRID_DB), int(max(most_db, least_db) / _GRID_DB) + 1)] or [
        0.0
    ]
    noise = [_NOISE_COST * max(0.0, db) ** 2 for db in grid]
    wall = [float("inf")]
    costs = [0.0] * len(grid)
    past = array("d")
    for gain in wanted:
        here = noise if gain is None else [(db - gain) ** 2 * (_TOO_LOUD if db > gain else 1.0) for db in grid]
        past.extend(costs)
        costs = [
            cost + min(stay, up + _MOVE_COST, down + _MOVE_COST)
            for cost, stay, up, down in zip(here, costs, wall + costs[:-1], costs[1:] + wall, strict=True)
        ]
    at = min(range(len(grid)), key=costs.__getitem__)
    path = []
    for n in reversed(range(len(wanted))):
        path.append(grid[at])
        before = past[n * len(grid) : (n + 1) * len(grid)]
        near = [at, *(k for k in (at - 1, at + 1) if 0 <= k < len(grid))]
        at = min((before[k] + (_MOVE_COST if k != at else 0.0), k != at, k) for k in near)[2]
    path.reverse()
    return _smoothed(path)


def _smoothed(path: Sequence[float]) -> list[float]:
    """A running mean of the steps, and the middles between them: one value a block."""
    count = 2 * _SMOOTH_REACH + 1
    padded = [path[0]] * _SMOOTH_REACH + list(path) + [path[-1]] * (_SMOOTH_REACH + 1)
    means = [sum(padded[n : n + count]) / count for n in range(len(path) + 1)]
    return [value for one, other in pairwise(means) for value in (one, (one + other) / 2)]


def _hold(excess: Sequence[float]) -> list[float]:
    """The attenuation of each block, dB: its own excess, that of the sound it shares, and the ramps."""
    found = [0.0] * len(excess)
    reach = round((_HOLD_REACH + HOLD_RAMP_S) / HOP_S)
    for n, over in enumerate(excess):
        if over <= 0:
            continue
        for k in range(max(0, n - reach), min(len(excess), n + reach + 1)):
            ramp = 1 - max(0.0, abs(k - n) * HOP_S - _HOLD_REACH) / HOLD_RAMP_S
            found[k] = max(found[k], over * ramp)
    return found


def _as_curve(total: Sequence[float]) -> Curve:
    if all(db == 0 for db in total):
        return ()
    points = [Point(n * HOP_S + BLOCK_S / 2, db) for n, db in enumerate(total)]
    within, found = 0.1, simplified(points, 0.1)
    while len(found) > _MOST_POINTS:
        within *= 2
        found = simplified(points, within)
    return found
