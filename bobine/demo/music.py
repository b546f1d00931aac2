"""Music made from nothing: a plucked melody, chords, a bass and a little rhythm, in loops of four bars.

The plucked string is Karplus and Strong's; chords and bass are sums of a few harmonics. Each song has its key, tempo
and instruments, so that pieces differ in loudness range, spectrum and crest factor as real ones do.
"""

from __future__ import annotations

import functools
import math
import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from bobine.demo.clips import AudioSegment, clip

RATE = 48_000
"""Sampling rate of the songs, Hz."""

_BARS = 4
_TAIL_MS = 1200


@dataclass(frozen=True, slots=True)
class Song:
    """The recipe of a piece of music.

    Attributes:
        beats_per_minute: its tempo.
        beats: beats in a bar.
        root: MIDI number of the key's lowest note in use.
        chords: degree of the scale for each of the four bars, from 0.
        minor: a minor scale rather than a major one.
        drums: level of the rhythm, dB; None for none.
        pad: level of the held chords, dB; None for none.
        bass: level of the bass, dB; None for none.
        notes_per_beat: how busy the melody is.
    """

    beats_per_minute: int
    beats: int
    root: int
    chords: tuple[int, int, int, int]
    minor: bool
    drums: float | None
    pad: float | None
    bass: float | None
    notes_per_beat: int


SONGS = {
    "theme": Song(118, 4, 50, (0, 4, 5, 3), minor=False, drums=-7, pad=-20, bass=-10, notes_per_beat=2),
    "sting": Song(132, 4, 57, (0, 3, 4, 0), minor=False, drums=None, pad=-22, bass=None, notes_per_beat=2),
    "ballad": Song(84, 4, 45, (0, 5, 3, 4), minor=True, drums=None, pad=-18, bass=-13, notes_per_beat=2),
    "dance": Song(126, 4, 52, (0, 6, 5, 4), minor=True, drums=-5, pad=-20, bass=-9, notes_per_beat=2),
    "waltz": Song(152, 3, 48, (0, 3, 4, 0), minor=False, drums=-13, pad=-21, bass=-11, notes_per_beat=1),
}

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (0, 2, 3, 5, 7, 8, 10)


class Band:
    """Musicians who play one song for as long as wanted; the same seed plays the same."""

    def __init__(self, song: Song, seed: str) -> None:
        self._song = song
        self._rng = random.Random(seed)  # noqa: S311 - sound, not a secret
        self._strings: dict[int, AudioSegment] = {}
        self._snare = _burst(self._rng, 0.12, 34, 11_000)
        self._cymbal = _burst(self._rng, 0.05, 90, 9_000).high_pass_filter(5000).pan(0.25)
        self._verse = self._loop(full=False)
        self._chorus = self._loop(full=True)

    def play(self, seconds: float) -> bytes:
        """16-bit stereo samples at ``RATE``, for exactly so many seconds, faded at the end."""
        wanted = 4 * round(seconds * RATE)
        pieces: list[bytes] = []
        length = 0
        while length < wanted:
            # a short piece goes straight to the chorus, a long one comes back to it
            loop = self._chorus if not pieces or self._rng.random() < 0.5 else self._verse
            pieces.append(loop)
            length += len(loop)
        body = clip(b"".join(pieces)[:wanted], RATE, channels=2)
        fade = min(1500, int(300 * seconds))
        return bytes((body[:-fade] + body[-fade:].fade_out(fade)).raw_data)

    @property
    def _beat_ms(self) -> int:
        return round(60_000 / self._song.beats_per_minute)

    def _loop(self, *, full: bool) -> bytes:
        """Four bars; what rings on after them is heard at their beginning, so that loops join."""
        bar_ms = self._beat_ms * self._song.beats
        length = bar_ms * _BARS
        tape = AudioSegment.silent(duration=length + _TAIL_MS, frame_rate=RATE).set_channels(2)
        for bar in range(_BARS):
            tape = self._play_bar(tape, bar, bar * bar_ms, full=full)
        loop = tape[:length].overlay(tape[length:], position=0)
        return bytes(loop.raw_data)

    def _play_bar(self, tape: AudioSegment, bar: int, start: int, *, full: bool) -> AudioSegment:
        song, beat = self._song, self._beat_ms
        degree = song.chords[bar]
        if song.pad is not None:
            for step, pan in ((0, -0.4), (2, 0.0), (4, 0.4)):
                held = _held(self._pitch(degree + step) + 12, beat * song.beats)
                tape = tape.overlay((held + song.pad).pan(pan), position=start)
        for place in range(song.beats):
            at = start + place * beat
            if song.bass is not None and (place == 0 or full):
                tape = tape.overlay(_bass(self._pitch(degree), beat) + song.bass, position=at)
            if song.drums is not None and full:
                hit = _kick() if place % 2 == 0 else self._snare
                tape = tape.overlay(hit + song.drums, position=at)
                tape = tape.overlay(self._cymbal + song.drums, position=at + beat // 2)
        for place in range(song.beats * song.notes_per_beat):
            if place and self._rng.random() < (0.2 if full else 0.4):
                continue
            step = degree + self._rng.choice((0, 2, 4, 7, 1, 5)) + (7 if full else 0)
            played = self._string(self._pitch(step) + 12) - self._rng.uniform(5, 9)
            tape = tape.overlay(played, position=start + place * beat // song.notes_per_beat)
        return tape

    def _pitch(self, degree: int) -> int:
        scale = _MINOR if self._song.minor else _MAJOR
        octave, step = divmod(degree, len(scale))
        return self._song.root + 12 * octave + scale[step]

    def _string(self, pitch: int) -> AudioSegment:
        if pitch not in self._strings:
            self._strings[pitch] = _plucked(pitch, self._rng).pan(self._rng.uniform(-0.3, 0.3))
        return self._strings[pitch]


def _hertz(pitch: int) -> float:
    return 440.0 * 2 ** ((pitch - 69) / 12)


def _plucked(pitch: int, rng: random.Random) -> AudioSegment:
    """A string: a burst of noise that goes round a delay line as long as the note's period, losing its treble."""
    period = round(RATE / _hertz(pitch))
    line = [rng.uniform(-1, 1) for _ in range(period)]
    samples = array("h")
    count = RATE * _TAIL_MS // 1000
    place, last = 0, 0.0
    for _ in range(count):
        value = line[place]
        line[place] = 0.4985 * (value + last)
        last = value
        place = place + 1 if place + 1 < period else 0
        samples.append(int(20_000 * value))
    return clip(samples, RATE).fade_in(2).fade_out(200)


def _tone(pitch: int, harmonics: Sequence[float], length_ms: int) -> AudioSegment:
    """A steady note from the levels of its harmonics: one period, repeated; two of them, a little apart, beat."""
    tones = []
    for spread in (0, 1):
        period = round(RATE / _hertz(pitch)) + spread
        wave = array("h")
        for index in range(period):
            angle = 2 * math.pi * index / period
            wave.append(int(9000 * sum(level * math.sin(n * angle) for n, level in enumerate(harmonics, 1))))
        count = RATE * length_ms // 1000
        tones.append(clip((wave.tobytes() * (count // period + 1))[: 2 * count], RATE))
    return tones[0].overlay(tones[1])


@functools.lru_cache(maxsize=64)
def _held(pitch: int, length_ms: int) -> AudioSegment:
    return _tone(pitch, (1, 0.5, 0.33, 0.2, 0.12, 0.08, 0.04), length_ms).fade_in(60).fade_out(120)


@functools.lru_cache(maxsize=64)
def _bass(pitch: int, length_ms: int) -> AudioSegment:
    return _tone(pitch - 12, (1, 0.35, 0.1), length_ms).fade_in(6).fade_out(length_ms // 2).set_channels(2)


@functools.cache
def _kick() -> AudioSegment:
    """A drum head: a tone that falls from about 140 to 48 Hz as it dies."""
    samples = array("h")
    for index in range(RATE * 160 // 1000):
        time = index / RATE
        cycles = 48 * time + 3.2 * (1 - math.exp(-30 * time))
        samples.append(int(28_000 * math.exp(-22 * time) * math.sin(2 * math.pi * cycles)))
    return clip(samples, RATE).set_channels(2)


def _burst(rng: random.Random, seconds: float, decay: float, level: int) -> AudioSegment:
    """Noise that dies at once: a snare, a cymbal."""
    count = int(RATE * seconds)
    noise = array("h", (int(level * math.exp(-index / RATE * decay) * rng.uniform(-1, 1)) for index in range(count)))
    return clip(noise, RATE).set_channels(2)
