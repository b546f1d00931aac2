"""The place of each decoded sample: time stamps are honoured, and missing sound becomes silence. Pure.

ffmpeg's ``ashowinfo`` prints a line a frame before that frame's samples come out; its errors stand between them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

JITTER_S = 0.1
"""Time stamps closer than that to where the sound has come are not looked at: many containers round them, and clocks
drift. (ffmpeg's own resampler takes the same for the limit.)"""

NEAR_S = 2.0
"""Errors that lie closer than that are one piece of damage: the log tells them a little before the place."""

_AFTER_ERROR_S = 0.005
_LONGEST_HOLE_S = 4 * 3600
_OVERLAP_S = 3
_FRAME = re.compile(r" pts:(\S+) .*? channels:(\d+) .*?rate:(\d+) nb_samples:(\d+)")
_FRAMES = re.compile(r" pts:(\d+) pts_time:\S+ .*?fmt:\S+ channels:(\d+) chlayout:.*? rate:(\d+) nb_samples:(\d+)")
_ERROR = re.compile(r"\[(?:error|fatal)\]")
_REPORTED_TWICE = re.compile(r"Error while decoding|Error submitting|Application provided invalid|to muxer")


@dataclass(frozen=True, slots=True)
class Cut:
    """A correction before decoded sample ``at``: ``silence`` samples added or ``drop`` removed, at the input's rate."""

    at: int
    silence: int = 0
    drop: int = 0


@dataclass(frozen=True, slots=True)
class Incident:
    """Something in time: where it begins, how long it lasts, how many errors there were, in what words.

    Attributes:
        at_s: seconds from the sound's beginning, silence put in counted.
        lasts_s: seconds of sound that are missing.
        errors: how many errors were met decoding it.
        words: ffmpeg's first one; empty for none.
    """

    at_s: float
    lasts_s: float = 0.0
    errors: int = 0
    words: str = ""


@dataclass(frozen=True, slots=True)
class Format:
    """Rate in Hz and number of channels from an instant on, seconds."""

    at_s: float
    rate: int
    channels: int


@dataclass(slots=True)
class Timeline:
    """Grows line by line, as ffmpeg's log does.

    Attributes:
        rate: rate at which positions are counted, Hz.
        timed: whether the container's time stamps are worth something.
        decoded: samples that were decoded so far.
        placed: the same with the silence put in: where the sound has come.
        cuts: where silence is put in or an overlap taken away, in order.
        holes: stretches without sound between time stamps, where nothing went wrong.
        damage: where decoding met errors.
        formats: rates and channel counts, in order; one where the format never changes.
    """

    rate: int
    timed: bool
    decoded: int = 0
    placed: int = 0
    cuts: list[Cut] = field(default_factory=list)
    holes: list[Incident] = field(default_factory=list)
    damage: list[Incident] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    _fraction: int = 0
    _base: int = 0
    _errors: int = 0
    _words: str = ""
    _silence_owed: int = 0
    _spare: int = 0

    def take_all(self, lines: str) -> None:
        """Take whole lines of the log; many frames in which nothing happens are counted at once."""
        if not self._is_even(lines):
            for line in lines.split("\n"):
                self.take(line)

    def _is_even(self, lines: str) -> bool:
        """Count the frames of some lines if each follows on the one before, in one format; otherwise count none."""
        if self._errors or not self.formats or not self.decoded or _ERROR.search(lines):
            return False
        found = _FRAMES.findall(lines)
        if not found or len(found) != lines.count(" nb_samples:"):
            return False
        stamps, channels, rates, samples = np.array(found, np.int64).T
        same = (rates == self.rate).all() and (channels == self.formats[-1].channels).all()
        if not same or self.formats[-1].rate != self.rate or self._fraction:
            return False
        whole = int(samples.sum())
        if self.timed:
            ahead = stamps * self.rate / 1_000_000 + self._base - (self.placed + samples.cumsum() - samples)
            if np.abs(ahead).max() > self.rate * JITTER_S - 1:
                return False
        self.decoded += whole
        self.placed += whole
        return True

    def take(self, line: str) -> None:
        """Take the next line of the log."""
        found = _FRAME.search(line)
        if found is not None:
            stamp = found[1]
            self._frame(None if stamp.startswith("NOPTS") else int(stamp), int(found[4]), int(found[3]), int(found[2]))
        elif (self.formats or self.decoded) and _ERROR.search(line):
            if not _REPORTED_TWICE.search(line):
                self._words = self._words or line.split("] ", 1)[-1].replace("[error] ", "").strip()[:200]
                self._errors += 1
            elif not self._errors and "muxer" not in line:
                self._words, self._errors = line.split("] ", 1)[-1].strip()[:200], 1

    def advance(self, samples: int) -> None:
        """Count samples that came without a line that tells of them."""
        if self._errors:
            self._note_damage(0)
        self.decoded += samples
        self.placed += samples

    def finish(self) -> None:
        """Say that the log is at its end."""
        if self._errors:
            self._note_damage(0)

    def _frame(self, stamp_us: int | None, samples: int, rate: int, channels: int) -> None:
        if not self.formats or (self.formats[-1].rate, self.formats[-1].channels) != (rate, channels):
            if self.formats and self.formats[-1].rate != rate:
                self.timed = False  # stamps go on in units of the first rate
            self.formats.append(Format(self.placed / self.rate, rate, channels))
        if self.timed and stamp_us is not None:
            self._place(round(stamp_us * self.rate / 1_000_000))
        if self._errors:
            self._note_damage(0)
        whole, self._fraction = divmod(samples * self.rate + self._fraction, rate)
        self.decoded += whole
        self.placed += whole

    def _place(self, stamp: int) -> None:
        if self.decoded == 0 and stamp < 0:
            self._base = -stamp
        ahead = stamp + self._base - self.placed
        nearest = self.rate * (_AFTER_ERROR_S if self._errors else JITTER_S)
        if ahead > nearest and ahead < self.rate * _LONGEST_HOLE_S:
            self.cuts.append(Cut(self.decoded, silence=ahead))
            if self._errors:
                self._note_damage(ahead)
            else:
                self.holes.append(Incident(self.placed / self.rate, ahead / self.rate))
            self._silence_owed = self.placed + ahead + self.rate * _OVERLAP_S
            self._spare += ahead
            self.placed += ahead
        elif nearest < -ahead <= self._spare and -ahead < self.rate * _OVERLAP_S and self.placed <= self._silence_owed:
            # a torn frame came out too late: what follows is right again, and takes its place
            self.cuts.append(Cut(self.decoded, drop=-ahead))
            self._spare += ahead
            self.placed += ahead
        elif abs(ahead) > nearest:
            self._base -= ahead  # the clock began anew: everything is kept, one after the other

    def _note_damage(self, missing: int) -> None:
        self.damage.append(Incident(self.placed / self.rate, missing / self.rate, self._errors, self._words))
        self._errors, self._words = 0, ""


def tells_error(lines: str) -> bool:
    """Whether lines of the log tell of an error."""
    return _ERROR.search(lines) is not None


def apart(
    damage: Sequence[Incident], holes: Sequence[Incident], *, any_hole: bool
) -> tuple[tuple[Incident, ...], tuple[Incident, ...]]:
    """Damage and holes told apart: a hole that comes with damage is the sound that was lost.

    Args:
        damage: where decoding met errors.
        holes: where time stamps leave a hole.
        any_hole: whether each hole is damage.
    """
    lost = [
        hole
        for hole in holes
        if any_hole or any(place.at_s - NEAR_S <= hole.at_s <= place.at_s + place.lasts_s + NEAR_S for place in damage)
    ]
    return merged([*damage, *lost]), tuple(hole for hole in holes if hole not in lost)


def lasting(formats: Sequence[Format]) -> tuple[Format, ...]:
    """Formats without those of a moment: a decoder may give a frame of the last one late."""
    found: list[Format] = []
    for one, after in itertools.zip_longest(formats, formats[1:]):
        if found and after is not None and after.at_s - one.at_s < JITTER_S:
            continue
        if not found or (found[-1].rate, found[-1].channels) != (one.rate, one.channels):
            found.append(one)
    return tuple(found)


def merged(places: Sequence[Incident], apart_s: float = NEAR_S) -> tuple[Incident, ...]:
    """Places that follow each other closely as one, in order of time.

    Args:
        places: in any order.
        apart_s: how far one may begin after the end of another and still belong to it, seconds.
    """
    found: list[Incident] = []
    for place in sorted(places, key=lambda place: place.at_s):
        if found and place.at_s <= found[-1].at_s + found[-1].lasts_s + apart_s:
            last = found[-1]
            # the log tells an error a little before the sound that it costs
            at_s = last.at_s if last.lasts_s or not place.lasts_s else place.at_s
            words = last.words or place.words
            found[-1] = Incident(at_s, last.lasts_s + place.lasts_s, last.errors + place.errors, words)
        else:
            found.append(place)
    return tuple(found)
