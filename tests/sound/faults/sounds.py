"""Sounds made with numpy, and real ones where this machine has some, as blocks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.sound.blocks import Blocks, BlockSums
from tests.conftest import sound_folder
from tests.inputs import read

RATE = 16_000
Sound = NDArray[np.float64]


def voice(seconds: float, seed: int, pitch_hz: float = 140.0) -> Sound:
    """A voice as far as levels go: syllables, words and pauses, about −20 dBFS when it speaks."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE)) / RATE
    buzz = sum(np.sin(2 * np.pi * pitch_hz * k * t + rng.uniform(0, 6)) / k for k in range(1, 6))
    syllables = np.abs(np.sin(2 * np.pi * 2.1 * t + rng.uniform(0, 6))) ** 0.7
    starts = np.cumsum(rng.uniform(1.5, 3.0, max(2, int(seconds))))
    corners = np.concatenate([[start, start + 0.1, start + 0.45, start + 0.6] for start in starts])
    pauses = np.interp(t, corners, np.tile([1.0, 0.0, 0.0, 1.0], len(starts)))
    found: Sound = 0.12 * buzz * syllables * pauses
    return found


def noise(seconds: float, dbfs: float, seed: int = 0) -> Sound:
    """White noise of a level."""
    return np.random.default_rng(seed).normal(0, 10 ** (dbfs / 20), round(seconds * RATE))


def music(seconds: float, seed: int, width: float = 0.5) -> Sound:
    """Chords on both sides, shape (samples, 2): ``width`` of each side is its own, the rest is common."""
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * RATE)) / RATE

    def part() -> Sound:
        notes = 55.0 * 2 ** (rng.integers(0, 36, 8) / 12)
        beat = 0.4 + 0.6 * np.abs(np.sin(2 * np.pi * rng.uniform(0.4, 1.2) * t))
        found: Sound = sum(np.sin(2 * np.pi * note * t + rng.uniform(0, 6)) for note in notes) * beat * 0.03
        return found

    common = part()
    return stereo(common + width * part(), common + width * part())


def stereo(left: Sound, right: Sound) -> Sound:
    """Two sides, shape (samples, 2)."""
    return np.stack((left, right), axis=1)


def blocks_of(sound: Sound, rate: int = RATE) -> Blocks:
    """The sums over a sound, shape (samples,) or (samples, channels)."""
    whole = sound if sound.ndim == 2 else sound[:, None]
    sums = BlockSums(rate, whole.shape[1])
    sums.take(whole.astype(np.float32))
    return sums.blocks()


def real(pattern: str, start_s: float = 10, seconds: float = 15, most: int = 10) -> list[Sound]:
    """Stretches of the real sounds whose names match, shape (samples, 2); none where there are no real sounds."""
    found = []
    for file in sorted((sound_folder() or Path("nowhere")).glob(pattern))[:most]:
        span = ["-ss", f"{start_s}", "-t", f"{seconds}", *read(file), "-map", "0:a"]
        out = ffmpeg.run([*span, "-ac", "2", "-ar", f"{RATE}", "-f", "f32le", "-"]).output
        if len(out) > 8 * RATE * 5:
            found.append(np.frombuffer(out, np.float32).reshape(-1, 2).astype(np.float64))
    return found
