"""The gain of each item, and its corrections once the result is measured. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bobine.master.levelling.curves import Curve
from bobine.master.levelling.loudness import Reading, integrated, raised
from bobine.master.levelling.rider import Ride, voice_lufs
from bobine.model.show import Sound

CLOSE_ENOUGH_LU = 0.35
"""An item this near its target is left alone: correcting it would cost an encode and not be heard."""

WHOLE_CLOSE_ENOUGH = 2 / 3
"""The whole is left alone within this part of the tolerance that it is judged by."""

GRID_DB = 0.05
"""Gains and ceilings are multiples of it: what a neighbour's ramp adds to a measurement does not move them."""

PEAK_MARGIN_DB = 0.05
"""Kept below the true-peak limit, so that another meter's rounding does not find it exceeded."""

_LOWEST_CEILING_DB = -24.0
"""The lowest that the limiter takes."""

_AS_CLOSE_AS_CAN_BE_LU = 0.05
_MOST_SHIFTS = 10
_MOST_CEILINGS = 12
_COARSEST_LU = 0.2
_LEAST_SLOPE = 0.2
_NO_SLOPE = 0.05
_LONGEST_STEP_DB = 6.0
_FARTHEST_DB = 72.0
_LEAST_STEP_DB = 0.02
_NARROWEST_DB = 1.2 * GRID_DB


@dataclass(frozen=True, slots=True)
class Level:
    """The settings of one segment for one format.

    Attributes:
        gain_db: gain over the whole item, dB.
        ceiling_db: level that the limiter holds, dBFS, before the encoder adds its overshoot.
        curve: gain inside the item, on top of the other, dB.
    """

    gain_db: float
    ceiling_db: float
    curve: Curve = ()


@dataclass(frozen=True, slots=True)
class Source:
    """One segment as recorded, with the curve that it gets.

    Attributes:
        ride: the curve, and the loudness after it.
        peak_db: highest sample peak that can come of it, dBFS.
        voice_lufs: loudness after the curve of all that is not held down, LUFS; None for silence.
    """

    ride: Ride
    peak_db: float
    voice_lufs: float | None


def source(reading: Reading, ride: Ride) -> Source:
    """A segment from what was measured of it, and its curve."""
    ridden = replace(reading, momentary=ride.blocks)
    return Source(ride, reading.peak_db + ride.highest_db, heard_voice(ridden, ride))


def heard_voice(reading: Reading, ride: Ride) -> float | None:
    """Integrated loudness of an item but for what is held down in it, LUFS; None for silence."""
    if reading.integrated_lufs is None:
        return None
    return voice_lufs(reading.momentary, ride.held) or reading.integrated_lufs


def first_gains(sources: Sequence[Source], sound: Sound) -> list[float]:
    """One capped gain an item, dB: each one's voice at the target, then all moved alike so that the whole is too.

    They are moved by whole steps of a little less than the tolerance, mostly by none: another item that is dropped or
    corrected leaves the gain of this one as it is. An item that never passes the gate (silence) keeps its level.
    """
    gains = [
        0.0 if one.voice_lufs is None else min(sound.integrated_lufs - one.voice_lufs, sound.max_gain_db)
        for one in sources
    ]
    whole = integrated(
        [block for one, gain in zip(sources, gains, strict=True) for block in raised(one.ride.blocks, gain)]
    )
    step = close_enough_lu(sound)
    offset = 0.0 if whole is None else step * round((sound.integrated_lufs - whole) / step)
    return [on_grid(min(gain + offset, sound.max_gain_db)) for gain in gains]


def close_enough_lu(sound: Sound) -> float:
    """How far the whole may be from its target before all items are moved, LU."""
    return min(_COARSEST_LU, WHOLE_CLOSE_ENOUGH * sound.tolerance_lu)


def on_grid(db: float) -> float:
    """The nearest gain on the grid, dB."""
    return round(round(db / GRID_DB) * GRID_DB, 6)


def item_targets(sources: Sequence[Source], gains: Sequence[float]) -> list[float | None]:
    """The loudness at which each item's voice should be heard, LUFS: as recorded plus its gain; None for silence."""
    return [None if one.voice_lufs is None else one.voice_lufs + gain for one, gain in zip(sources, gains, strict=True)]


@dataclass(slots=True)
class _Search:
    """The search for one segment's gain: those too low and too high for its present target and ceiling."""

    first_gain_db: float
    low: float | None = None
    high: float | None = None
    before: tuple[float, float] | None = None
    ceilings: int = 0
    stuck: bool = False

    def forget(self) -> None:
        """Start the bracket again: the target or the ceiling moved."""
        self.low = self.high = self.before = None

    def next_gain(self, gain: float, error: float) -> float:
        """The gain to try after one that was ``error`` LU too low (negative: too high); the same if none is better."""
        heard = -error
        if error > 0:
            self.low = gain if self.low is None else max(self.low, gain)
        else:
            self.high = gain if self.high is None else min(self.high, gain)
        slope = 1.0
        if self.before is not None and abs(gain - self.before[0]) > _LEAST_STEP_DB:
            slope = (heard - self.before[1]) / (gain - self.before[0])
            if error > 0 and gain - self.before[0] > 1 and slope < _NO_SLOPE:
                self.stuck = True  # the limiter takes all that is given
                return gain
        step = error / min(max(slope, _LEAST_SLOPE), 1.0)
        wanted = gain + min(max(step, -_LONGEST_STEP_DB), _LONGEST_STEP_DB)
        if self.low is not None and self.high is not None:
            if self.high - self.low < _NARROWEST_DB:
                self.stuck = True
                return gain
            if not self.low < wanted < self.high:
                wanted = (self.low + self.high) / 2
        if wanted > self.first_gain_db + _FARTHEST_DB:
            self.stuck = True
            return gain
        self.before = (gain, heard)
        return wanted


class Settling:
    """Corrects the levels of one format, measurement by measurement, until there is nothing left to correct.

    Each time, every segment whose true peak overshoots gets a lower ceiling, and every one whose voice is off its
    target another gain; both may happen to one at once. It ends by itself: a ceiling only goes down, by a margin that
    doubles each time; a gain is looked for between one that was too low and one that was too high, which are halved
    where the slope does not lead inside; and the targets are moved for the whole's sake a limited number of times.

    Attributes:
        levels: how each segment is to be treated now.
    """

    def __init__(
        self,
        levels: Sequence[Level],
        sources: Sequence[Source],
        targets: Sequence[float | None],
        sound: Sound,
        *,
        goes_on: bool = False,
    ) -> None:
        """Begin.

        Args:
            levels: the first ones.
            sources: the segments as recorded.
            targets: the loudness at which each one's voice should be heard, LUFS; None for silence.
            sound: what to aim at.
            goes_on: whether more will come: then how loud the whole is cannot be judged yet.
        """
        self._goes_on = goes_on
        self.levels = list(levels)
        self._sources = sources
        self._targets = list(targets)
        self._sound = sound
        self._shifts = 0
        self._searches = [_Search(level.gain_db) for level in levels]

    def take(self, readings: Sequence[Reading], judged: int | None = None) -> bool:
        """Correct the levels after the decoded sound was measured.

        Args:
            readings: of each segment (true peaks in dBTP).
            judged: how many of them, from the first, are corrected; all by default.

        Returns:
            Whether anything changed; if not, this is as good as it gets.
        """
        voices = [heard_voice(reading, one.ride) for reading, one in zip(readings, self._sources, strict=True)]
        close = self._shift(readings, voices)
        stuck = sum(search.stuck for search in self._searches)
        found = []
        for n, (level, voice) in enumerate(zip(self.levels, voices, strict=True)):
            if judged is not None and n >= judged:
                found.append(level)
                continue
            search, target = self._searches[n], self._targets[n]
            gain = level.gain_db
            lower = self._lower_ceiling(n, level, readings[n].peak_db)
            if voice is not None and target is not None and not search.stuck and abs(target - voice) > close:
                gain = on_grid(search.next_gain(gain, target - voice))
            if lower < level.ceiling_db:
                search.forget()
            found.append(replace(level, gain_db=gain, ceiling_db=lower))
        # what gives up moves nothing now, and the others next time
        changed = found != self.levels or sum(search.stuck for search in self._searches) > stuck
        self.levels = found
        return changed

    def _shift(self, readings: Sequence[Reading], voices: Sequence[float | None]) -> float:
        """Move all targets alike where the whole is off; gives how near its target each item must now be, LU."""
        wanted = self._sound.integrated_lufs
        whole = integrated([block for reading in readings for block in reading.momentary])
        if self._goes_on or whole is None or abs(wanted - whole) <= close_enough_lu(self._sound):
            return CLOSE_ENOUGH_LU
        if self._shifts < _MOST_SHIFTS:
            expected = integrated(
                [
                    block
                    for n, reading in enumerate(readings)
                    for block in raised(reading.momentary, self._error(n, voices[n]))
                ]
            )
            shift = on_grid(wanted - expected) if expected is not None else 0.0
            if shift:
                self._shifts += 1
                self._targets = [None if target is None else target + shift for target in self._targets]
                for search in self._searches:
                    search.forget()
        return _AS_CLOSE_AS_CAN_BE_LU

    def _error(self, n: int, voice: float | None) -> float:
        target = self._targets[n]
        return 0.0 if voice is None or target is None or self._searches[n].stuck else target - voice

    def _lower_ceiling(self, n: int, level: Level, peak_dbtp: float) -> float:
        search, excess = self._searches[n], peak_dbtp - (self._sound.true_peak_dbtp - PEAK_MARGIN_DB)
        if excess <= 0 or search.ceilings == _MOST_CEILINGS:
            return level.ceiling_db
        # a ceiling that the sound does not reach holds nothing: start from the sound's own peak
        held = min(level.ceiling_db, self._sources[n].peak_db + level.gain_db)
        margin = PEAK_MARGIN_DB * 2.0**search.ceilings
        search.ceilings += 1
        lower = round(math.floor((held - excess - margin) / GRID_DB) * GRID_DB, 6)
        return max(lower, min(_LOWEST_CEILING_DB, level.ceiling_db))


def spread(levels: Sequence[float]) -> float:
    """Difference between the loudest and the quietest, LU; 0 for fewer than two."""
    return max(levels) - min(levels) if levels else 0.0
