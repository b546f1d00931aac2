"""How much to raise or lower each item, and what to correct once the result is measured. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bobine.master.loudness import Reading, integrated, raised
from bobine.model.show import Sound

CLOSE_ENOUGH_LU = 0.35
"""An item this near its target is left alone: correcting it would cost an encode and not be heard."""

WHOLE_CLOSE_ENOUGH_LU = 0.15
"""The whole, nearer than the tolerance that it is judged by."""

PEAK_MARGIN_DB = 0.05
"""Kept below the true-peak limit, so that another meter's rounding does not find it exceeded."""


@dataclass(frozen=True, slots=True)
class Level:
    """How one segment is treated for one format.

    Attributes:
        gain_db: gain over the whole item, dB.
        ceiling_db: level that the limiter holds, dBFS, before the encoder adds its overshoot.
    """

    gain_db: float
    ceiling_db: float


def first_gains(readings: Sequence[Reading], sound: Sound) -> list[float]:
    """One capped gain an item, dB, so that each stands at the target; then all moved alike so that the whole does.

    An item that never passes the gate (silence) keeps its level.
    """
    gains = []
    for reading in readings:
        level = reading.integrated_lufs
        gains.append(0.0 if level is None else min(sound.integrated_lufs - level, sound.max_gain_db))
    whole = integrated(
        [block for reading, gain in zip(readings, gains, strict=True) for block in raised(reading.momentary, gain)]
    )
    offset = 0.0 if whole is None else sound.integrated_lufs - whole
    return [min(gain + offset, sound.max_gain_db) for gain in gains]


def item_targets(readings: Sequence[Reading], gains: Sequence[float]) -> list[float | None]:
    """Where each item should be heard, LUFS: its level as recorded plus its gain; None for silence."""
    levels = [reading.integrated_lufs for reading in readings]
    return [None if level is None else level + gain for level, gain in zip(levels, gains, strict=True)]


def corrected(
    levels: Sequence[Level],
    recorded: Sequence[Reading],
    readings: Sequence[Reading],
    targets: Sequence[float | None],
    sound: Sound,
) -> list[Level]:
    """What to change after a measurement of the decoded sound; the same levels when nothing need change.

    A segment whose true peak overshoots gets a lower ceiling and is otherwise left alone; a gain is trimmed only where
    the peaks hold. Doing both at once overshoots again.

    Args:
        levels: how each segment was treated.
        recorded: what was measured of each as recorded, with sample peaks in dBFS.
        readings: what was measured of each, decoded, with true peaks in dBTP.
        targets: where each should be heard, LUFS.
        sound: the targets of the whole.
    """
    limit = sound.true_peak_dbtp - PEAK_MARGIN_DB
    whole = integrated([block for reading in readings for block in reading.momentary])
    drift = 0.0 if whole is None else sound.integrated_lufs - whole
    found = []
    for level, source, reading, target in zip(levels, recorded, readings, targets, strict=True):
        heard = reading.integrated_lufs
        if reading.peak_db > limit:
            # a ceiling that the sound does not reach holds nothing: start from the sound's own peak
            held = min(level.ceiling_db, source.peak_db + level.gain_db)
            found.append(replace(level, ceiling_db=held - (reading.peak_db - limit) - PEAK_MARGIN_DB))
        elif heard is not None and target is not None and abs(target - heard) > CLOSE_ENOUGH_LU:
            found.append(replace(level, gain_db=level.gain_db + target - heard))
        elif abs(drift) > WHOLE_CLOSE_ENOUGH_LU and heard is not None:
            found.append(replace(level, gain_db=level.gain_db + drift))
        else:
            found.append(level)
    return found


def spread(levels: Sequence[float]) -> float:
    """Difference between the loudest and the quietest, LU; 0 for fewer than two."""
    return max(levels) - min(levels) if levels else 0.0
