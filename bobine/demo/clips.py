"""Short pieces of sound in memory, as pydub's AudioSegment."""

from __future__ import annotations

import warnings
from array import array

with warnings.catch_warnings():
    # pydub warns where it finds no ffmpeg program: nothing here has it run one
    warnings.simplefilter("ignore")
    from pydub import AudioSegment

__all__ = ["AudioSegment", "clip"]


def clip(samples: array[int] | bytes, rate: int, channels: int = 1) -> AudioSegment:
    """A piece of 16-bit sound from its samples, interleaved, in the machine's byte order."""
    data = samples.tobytes() if isinstance(samples, array) else samples
    return AudioSegment(data=data, sample_width=2, frame_rate=rate, channels=channels)
