"""Levels of what is being recorded. Pure: sound and the meter's lines come in, figures come out.

Loudness is measured by ffmpeg's ebur128, which runs beside the recording; peaks and clipping are counted here.
"""

from __future__ import annotations

import math
import sys
from array import array
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

SILENT_LUFS = -55.0
"""Momentary loudness below which it is silence: a quiet studio with open microphones stands at about -65."""

DEAD_SIDE_DB = 40.0
"""A side that stays so far below the other is dead: a cable's crosstalk is stronger than a stereo image's edge."""

HEARD_DBFS = -40.0
"""What a side must reach for the other one's silence to mean anything."""

DEAD_AFTER_S = 10.0
"""For how long a side must be dead to be told while a show is recorded, seconds."""

_FULL_SCALE = 32768
_MOMENTARY_S = 0.4
_FLOOR_LUFS = -100.0
_MOMENTARY = "lavfi.r128.M="
_SHORT_TERM = "lavfi.r128.S="


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """The latest measurements.

    Attributes:
        peaks_dbfs: highest sample of each channel since the last reading; None for digital silence.
        momentary_lufs: loudness of the last 0.4 s; None for silence, or where it is not known yet.
        short_term_lufs: loudness of the last 3 s.
        clipped: samples at full scale since the recorder began, all channels.
        silence_s: how long it has been silent, seconds; 0 where it is not.
        dead_side: the channel, 0 or 1, that brought nothing for ``DEAD_AFTER_S`` while the other did; None for none.
    """

    peaks_dbfs: tuple[float | None, ...] = ()
    momentary_lufs: float | None = None
    short_term_lufs: float | None = None
    clipped: int = 0
    silence_s: float = 0.0
    dead_side: int | None = None


def dead_side(peaks_dbfs: Sequence[float | None]) -> int | None:
    """The channel of two that brings nothing while the other does; None for none.

    Args:
        peaks_dbfs: the highest sample of each, over a while; None for digital silence.
    """
    if len(peaks_dbfs) != 2:
        return None
    left, right = (-math.inf if peak is None else peak for peak in peaks_dbfs)
    if max(left, right) < HEARD_DBFS or abs(left - right) < DEAD_SIDE_DB:
        return None
    return 0 if left < right else 1


class Meter:
    """Measures one recording."""

    def __init__(self, rate: int, channels: int) -> None:
        self._rate = rate
        self._peaks = [0] * channels
        self._momentary: float | None = None
        self._short_term: float | None = None
        self._clipped = 0
        self._samples = 0
        self._silent_from: int | None = None
        # a row of highest samples for each second, the last ones of them
        self._seconds: deque[list[int]] = deque([[0] * channels], maxlen=round(DEAD_AFTER_S) + 1)
        self._second = 0

    def hear(self, sound: bytes) -> None:
        """Take sound: whole frames of 16-bit samples."""
        samples = array("h", sound)
        if sys.byteorder == "big":
            samples.byteswap()
        channels = len(self._peaks)
        for channel in range(channels):
            own = samples[channel::channels]
            if own:
                peak = max((max(own), -min(own)))
                self._peaks[channel] = max(self._peaks[channel], peak)
                self._seconds[-1][channel] = max(self._seconds[-1][channel], peak)
        self._clipped += samples.count(_FULL_SCALE - 1) + samples.count(-_FULL_SCALE)
        self._samples += len(samples) // channels
        if self._samples // self._rate > self._second:
            self._second = self._samples // self._rate
            self._seconds.append([0] * channels)
        if self._momentary is not None and self._momentary >= SILENT_LUFS:
            self._silent_from = None
        elif self._silent_from is None and self._momentary is not None:
            self._silent_from = max(0, self._samples - round(_MOMENTARY_S * self._rate))

    def read_line(self, line: str) -> bool:
        """Take a line that ffmpeg printed; False where it is not the meter's."""
        if line.startswith(_MOMENTARY):
            self._momentary = _number(line[len(_MOMENTARY) :])
        elif line.startswith(_SHORT_TERM):
            self._short_term = _number(line[len(_SHORT_TERM) :])
        return line.startswith(("lavfi.r128.", "frame:"))

    def levels(self) -> Levels:
        """The levels now; peaks begin anew."""
        peaks, self._peaks = self._peaks, [0] * len(self._peaks)
        silent = 0.0 if self._silent_from is None else (self._samples - self._silent_from) / self._rate
        return Levels(
            peaks_dbfs=tuple(map(_dbfs, peaks)),
            momentary_lufs=_shown(self._momentary),
            short_term_lufs=_shown(self._short_term),
            clipped=self._clipped,
            silence_s=round(silent, 1),
            dead_side=self._dead_side(),
        )

    def _dead_side(self) -> int | None:
        if len(self._seconds) < (self._seconds.maxlen or 0):
            return None
        return dead_side([_dbfs(max(own)) for own in zip(*self._seconds, strict=True)])


def _dbfs(peak: int) -> float | None:
    return round(20 * math.log10(peak / _FULL_SCALE), 1) if peak else None


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else max(number, _FLOOR_LUFS)


def _shown(lufs: float | None) -> float | None:
    return None if lufs is None or lufs <= _FLOOR_LUFS else round(lufs, 1)
