"""Sounds for the tests of carts: tones and noise between silences."""

from __future__ import annotations

import math
import random
import wave
from array import array
from pathlib import Path

RATE = 48000


def tone(seconds: float, peak: float, hertz: float = 1000, rate: int = RATE) -> array[int]:
    """A stereo sine; ``peak`` is 0 to 1."""
    words = array("h")
    for n in range(round(seconds * rate)):
        word = round(32767 * peak * math.sin(2 * math.pi * hertz * n / rate))
        words.extend((word, word))
    return words


def noise(seconds: float, peak: float, seed: int = 1, rate: int = RATE) -> array[int]:
    """Stereo noise, nowhere twice the same."""
    source, top = random.Random(seed), round(32767 * peak)
    return array("h", (source.randint(-top, top) for _ in range(2 * round(seconds * rate))))


def silence(seconds: float, rate: int = RATE) -> array[int]:
    return array("h", bytes(4 * round(seconds * rate)))


def write(path: Path, *parts: array[int], rate: int = RATE) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, rate, 0, "NONE", ""))
        for part in parts:
            out.writeframes(part.tobytes())
    return path
