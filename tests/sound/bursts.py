"""Sound whose bursts tell which second is heard, and what mastering reads of a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bobine.sound.blocks import Samples
from bobine.sound.conform import conform, is_plain
from bobine.sound.survey import SoundInfo
from tests.sound.made import RATE, content, level_db, noise, wav

SECONDS = 6
QUIET_DB = -60


def bursts(channels: int = 2, rate: int = RATE, seconds: int = SECONDS) -> NDArray[np.int16]:
    """Noise in the first half of each second, silence in the second half."""
    sound = noise(seconds, channels, rate)
    sound[np.arange(len(sound)) % rate >= rate // 2] = 0
    return sound


def conformed(path: Path, info: SoundInfo | None = None) -> Samples:
    """What mastering reads of a file."""
    target = path.with_name(f"{path.name}.out.wav")
    conform(path, info, target)
    assert is_plain(target)
    return content(target)


def is_loud(sound: Samples, start_s: float, end_s: float) -> bool:
    return level_db(sound[round(start_s * RATE) : round(end_s * RATE)]) > QUIET_DB


def pattern(sound: Samples, first: int, last: int) -> bool:
    """Whether each of some whole seconds has its burst where it belongs, to 30 ms."""
    return all(
        is_loud(sound, n + 0.03, n + 0.07) and not is_loud(sound, n + 0.53, n + 0.97) for n in range(first, last)
    )


def base_in(folder: Path) -> Path:
    """The bursts as a plain file, to be coded or damaged."""
    return wav(folder / "base.wav", bursts())
