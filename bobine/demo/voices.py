"""Speech made from nothing: syllables from a model of the vocal tract, joined into phrases with a tune and pauses.

Nobody is heard, and no word can be understood; but level, spectrum, crest factor and pauses are those of speech, so
that loudness gates, levelling and limiting behave as on a voice. The model is the classical one: a glottal pulse train
through resonators at the formants of French vowels, noise for the consonants.
"""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from bobine.demo.clips import AudioSegment, clip

RATE = 24_000
"""Sampling rate of the voices, Hz: nothing of speech that matters here is above 12 kHz."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A way of speaking.

    Attributes:
        pitch_hz: middle of the voice's range.
        tract: how high the formants lie: 1 for a long tract, 1.2 for a short one.
        breath: share of noise in the voiced sounds.
        pace: syllables a second within a phrase.
        pause: how long the pauses are, 1 for the usual ones.
    """

    pitch_hz: float
    tract: float
    breath: float
    pace: float
    pause: float


VOICES = {
    "host": Voice(205, 1.15, 0.02, 5.6, 0.8),
    "bass": Voice(98, 0.95, 0.02, 4.8, 1.0),
    "soft": Voice(185, 1.12, 0.06, 4.6, 1.2),
    "actor": Voice(130, 1.0, 0.02, 5.2, 1.3),
    "guest": Voice(112, 0.98, 0.04, 4.4, 1.5),
    "teen": Voice(240, 1.2, 0.03, 5.8, 0.9),
    "far": Voice(140, 1.03, 0.03, 5.0, 1.0),
    "caller": Voice(170, 1.08, 0.03, 5.1, 1.0),
}

_VOWELS = ((700, 1200, 2500), (400, 2000, 2600), (290, 2200, 2950), (420, 850, 2400), (310, 780, 2300),
           (290, 1800, 2200), (540, 1720, 2500), (610, 1000, 2450), (480, 1400, 2400))  # fmt: skip
_FOURTH_FORMANT = 3550
_BANDWIDTHS = (70, 90, 130, 220)
_HUM = (260, 1100, 2300)
# centre and width of the noise of s, ch, f and t, Hz, and how loud it is beside a vowel
_NOISES = ((6800, 3000, 0.16), (3400, 1600, 0.2), (5200, 6000, 0.07), (4200, 2500, 0.22))
_SYLLABLES = 18
_TUNES = (1.12, 1.0, 0.87)
_PULSE_STEPS = 512


def _pulse_table() -> list[float]:
    """One period of the derivative of the glottal flow: a slow rise, an abrupt closure, rest (after Rosenberg)."""
    table = []
    for step in range(_PULSE_STEPS):
        phase = step / _PULSE_STEPS
        if phase < 0.4:
            table.append(0.35 * math.sin(math.pi * phase / 0.4))
        elif phase < 0.56:
            table.append(-math.sin(math.pi / 2 * (phase - 0.4) / 0.16))
        else:
            table.append(0.0)
    return table


_PULSE = _pulse_table()


def _resonate(samples: list[float], frequency: float, bandwidth: float) -> list[float]:
    """Two-pole resonator of unit gain at 0 Hz (Klatt's form)."""
    radius = math.exp(-math.pi * bandwidth / RATE)
    b = 2 * radius * math.cos(2 * math.pi * frequency / RATE)
    c = -radius * radius
    a = 1 - b - c
    one = two = 0.0
    out = []
    for sample in samples:
        value = a * sample + b * one + c * two
        out.append(value)
        two, one = one, value
    return out


def _voiced(
    voice: Voice, formants: tuple[float, ...], count: int, pitch: tuple[float, float], rng: random.Random
) -> list[float]:
    """A vowel or a hum: the pitch glides from one value to the other, never quite steady."""
    phase = 0.0
    source = []
    for index in range(count):
        frequency = pitch[0] + (pitch[1] - pitch[0]) * index / count
        phase = (phase + frequency / RATE * (1 + 0.02 * (rng.random() - 0.5))) % 1
        source.append(_PULSE[int(phase * _PULSE_STEPS)] + voice.breath * (rng.random() - 0.5))
    for formant, bandwidth in zip((*formants, _FOURTH_FORMANT), _BANDWIDTHS, strict=True):
        source = _resonate(source, formant * voice.tract, bandwidth)
    return source


def _noise(centre: float, width: float, level: float, count: int, rng: random.Random) -> list[float]:
    source = [rng.random() - 0.5 for _ in range(count)]
    shaped = _resonate(source, centre, width)
    peak = max(map(abs, shaped)) or 1.0
    return [level * math.sin(math.pi * index / count) * value / peak for index, value in enumerate(shaped)]


def _scaled(samples: list[float], level: float) -> list[float]:
    peak = max(map(abs, samples)) or 1.0
    return [sample * level / peak for sample in samples]


def _syllable(voice: Voice, tune: float, rng: random.Random) -> AudioSegment:
    """A consonant (or none) and a vowel, at one height of the voice's range."""
    pitch = voice.pitch_hz * tune
    seconds = 1 / voice.pace * rng.uniform(0.75, 1.2)
    kind = rng.random()
    onset: list[float] = []
    if kind < 0.3:
        onset = _noise(*rng.choice(_NOISES[:3]), int(RATE * seconds * 0.4), rng)
    elif kind < 0.6:
        onset = [0.0] * int(RATE * 0.045) + _noise(*_NOISES[3], int(RATE * 0.018), rng)
    elif kind < 0.85:
        onset = _scaled(_voiced(voice, _HUM, int(RATE * seconds * 0.3), (pitch, pitch), rng), 0.18)
    vowel = rng.choice(_VOWELS)
    count = int(RATE * seconds) - len(onset)
    sung = _scaled(
        _voiced(voice, vowel, count, (pitch * rng.uniform(0.98, 1.06), pitch * 0.95), rng), rng.uniform(0.5, 0.75)
    )
    shaped = [value * min(1.0, index / 300, (count - index) / 900) ** 0.7 for index, value in enumerate(sung)]
    return clip(array("h", (int(32_000 * value) for value in onset + shaped)), RATE).fade_in(4).fade_out(12)


class Speaker:
    """Someone who talks for as long as wanted; the same seed says the same."""

    def __init__(self, voice: Voice, seed: str) -> None:
        self._voice = voice
        self._rng = random.Random(seed)  # noqa: S311 - sound, not a secret
        self._syllables = [[_syllable(voice, tune, self._rng) for _ in range(_SYLLABLES)] for tune in _TUNES]

    def speak(self, seconds: float) -> bytes:
        """16-bit mono samples at ``RATE``, for exactly so many seconds."""
        wanted = 2 * round(seconds * RATE)
        pieces: list[bytes] = []
        length = 0
        for piece in self._phrases():
            pieces.append(piece)
            length += len(piece)
            if length >= wanted:
                break
        return b"".join(pieces)[:wanted]

    def _phrases(self) -> Iterator[bytes]:
        while True:
            for _ in range(self._rng.randint(1, 4)):
                yield self._phrase(self._rng.randint(4, 12))
                yield self._silence(self._rng.uniform(0.12, 0.35))
            yield self._silence(self._rng.uniform(0.35, 0.9))

    def _phrase(self, count: int) -> bytes:
        """Groups of a few syllables whose last one is stressed; tune and level fall towards the phrase's end."""
        pieces = []
        loudness = self._rng.uniform(-6, 0)
        group_left = self._rng.randint(2, 4)
        for place in range(count):
            group_left -= 1
            height = min(2, int(3 * (place + self._rng.random()) / count))
            stressed = group_left == 0
            clip_said = self._rng.choice(self._syllables[max(0, height - 1) if stressed else height])
            level = loudness + self._rng.uniform(-2.5, 0) - 3.5 * place / count + (1.5 if stressed else -1.5)
            pieces.append(clip_said.apply_gain(level).raw_data)
            if stressed:
                pieces.append(self._silence(self._rng.uniform(0.0, 0.05)) if place + 1 < count else b"")
                group_left = self._rng.randint(2, 4)
        said = clip(b"".join(pieces), RATE)
        # the nearest wall of the studio
        return bytes(said.overlay(said - 17, position=19).raw_data)

    def _silence(self, seconds: float) -> bytes:
        return bytes(2 * int(seconds * self._voice.pause * RATE))
