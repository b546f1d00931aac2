"""The sound of a file as it is heard: its tracks brought to two channels and mixed."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from bobine.sound.blocks import Samples
from bobine.sound.decode import Decoding
from bobine.sound.layouts import Matrix
from bobine.sound.plan import Source


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
) -> Iterator[Samples]:
    """The sound of a file in two channels at a rate in Hz, piece by piece; tracks begin together and are mixed.

    n tracks are mixed at −10·log10(n) dB each, as channels are.

    Raises:
        FormatChangedError, SoundError, Interrupted: as ``Decoding.sounds`` does.
    """
    opened = [Decoding(path, source, rate, cancel).sounds() for source in sources]
    if len(opened) == 1:
        for sound in opened[0]:
            yield in_two(sound, sources[0].gains)
        return
    gain = np.float32(len(opened) ** -0.5)
    with contextlib.ExitStack() as stack:
        for one in opened:
            stack.callback(one.close)  # type: ignore[attr-defined]
        rests: list[Samples | None] = [np.zeros((0, 2), np.float32) for _ in opened]
        while True:
            for number, (one, source) in enumerate(zip(opened, sources, strict=True)):
                rest = rests[number]
                if rest is not None and not len(rest):
                    sound = next(one, None)
                    rests[number] = None if sound is None else in_two(sound, source.gains)
            going = [rest for rest in rests if rest is not None]
            if not going:
                return
            size = min(len(rest) for rest in going)
            yield gain * np.sum([rest[:size] for rest in going], axis=0, dtype=np.float32)
            rests = [None if rest is None else rest[size:] for rest in rests]
