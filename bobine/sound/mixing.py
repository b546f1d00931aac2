"""The sound of a file as it is heard: its tracks brought to two channels and mixed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np

from bobine.sound.blocks import Samples
from bobine.sound.decode import Decoding
from bobine.sound.layouts import Matrix
from bobine.sound.plan import Source

_NOTHING = np.zeros((0, 2), np.float32)


def in_two(sound: Samples, gains: Matrix) -> Samples:
    """Sound of any number of channels as two, shape (samples, 2).

    Args:
        sound: shape (samples, channels).
        gains: shape (channels, 2).
    """
    if sound.shape[1] == 2:
        return sound
    if sound.shape[1] == 1:
        return np.repeat(sound, 2, axis=1)
    return sound @ gains


def heard(
    path: Path, sources: Sequence[Source], rate: int, cancel: threading.Event | None = None
) -> Generator[Samples]:
    """The sound of a file in two channels at a rate in Hz, piece by piece; tracks begin together and are mixed.

    Each track keeps its level, as channels do.

    Raises:
        FormatChangedError, UnevenError, SoundError, Interrupted: as ``Decoding.sounds`` does.
    """
    opened = [_stereo(path, source, rate, cancel) for source in sources]
    if len(opened) == 1:
        yield from opened[0]
        return
    with contextlib.ExitStack() as stack:
        for one in opened:
            stack.callback(one.close)
        rests = [np.zeros((0, 2), np.float32) for _ in opened]
        ended = [False for _ in opened]
        while True:
            for number, one in enumerate(opened):
                while not len(rests[number]) and not ended[number]:
                    rests[number] = next(one, _NOTHING)
                    ended[number] = rests[number] is _NOTHING
            size = min((len(rest) for rest in rests if len(rest)), default=0)
            if not size:
                return
            mixed = np.zeros((size, 2), np.float32)
            for rest in rests:
                if len(rest):
                    mixed += rest[:size]
            yield mixed
            rests = [rest[size:] for rest in rests]


def _stereo(path: Path, source: Source, rate: int, cancel: threading.Event | None) -> Generator[Samples]:
    gains = source.gains
    with contextlib.closing(Decoding(path, source, rate, cancel).sounds()) as sounds:
        for sound in sounds:
            yield in_two(sound, gains)
