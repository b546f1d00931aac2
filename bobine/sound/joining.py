"""Several sound files as one: each where it lies in the whole, counted by the sample, with silence in between."""

from __future__ import annotations

import contextlib
import struct
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

import numpy as np

from bobine.errors import Interrupted
from bobine.model.written.positions import at_rate
from bobine.sound.conform import sounds

_CHANNELS = 2
_FRAME = 4 * _CHANNELS
_LARGEST_RIFF = 0xFFFFFFFF - 1000


@dataclass(frozen=True, slots=True)
class FileSpan:
    """A file as it lies in a whole.

    Attributes:
        path: the file.
        start: its first sample, counted from the whole's start.
        samples: its length, samples.
    """

    path: Path
    start: int
    samples: int

    @property
    def end(self) -> int:
        """One past its last sample in the whole."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True)
class Heard:
    """The stretch of a piece that is heard in the whole, followed by silence; samples.

    Attributes:
        path: the file.
        skip: what is left out at its beginning.
        samples: what is heard of it at the most.
        filled: what it fills of the whole: what it does not hold is silence.
    """

    path: Path
    skip: int
    samples: int
    filled: int


def heard(pieces: Sequence[FileSpan], rate: int, to_rate: int) -> tuple[Heard, ...]:
    """The part of each piece that is heard; where two hold the same sound, the seam lies in the middle of it.

    Args:
        pieces: in order of time.
        rate: that their positions count at, Hz.
        to_rate: that the result's do, Hz.
    """
    moved = [(at_rate(piece.start, rate, to_rate), at_rate(piece.end, rate, to_rate)) for piece in pieces]
    seams = [0]
    for (_, end), (start, _) in pairwise(moved):
        seams.append(max(seams[-1], start if end <= start else (start + end) // 2))
    seams.append(max(seams[-1], moved[-1][1]))
    return tuple(
        Heard(piece.path, seam - start, max(0, min(end, after) - seam), after - seam)
        for piece, (start, end), (seam, after) in zip(pieces, moved, pairwise(seams), strict=True)
    )


def join(
    pieces: Sequence[FileSpan],
    rate: int,
    target: Path,
    *,
    to_rate: int,
    most: int | None = None,
    cancel: threading.Event | None = None,
) -> None:
    """Write one stereo WAV of 32-bit floats that holds the sound of all pieces.

    Args:
        pieces: in order of time.
        rate: that their positions count at, Hz.
        target: where to write.
        to_rate: sampling rate of what is written, Hz.
        most: how much of it is needed, samples at ``to_rate`` from its start; all by default.
        cancel: once set, the work stops.

    Raises:
        SoundError: if a file cannot be decoded.
        OSError: if the place cannot be written.
        Interrupted, DiskError, ToolError: as ``ffmpeg.run`` does.
    """
    parts = heard(pieces, rate, to_rate)
    whole = sum(part.filled for part in parts)
    left = whole if most is None else min(whole, most)
    with target.open("wb") as stream:
        stream.write(_header(to_rate, left))
        for part in parts:
            filled = min(part.filled, left)
            _write(part, min(part.samples, filled), filled, to_rate, stream, cancel)
            left -= filled
            if not left:
                break


def _write(part: Heard, samples: int, filled: int, rate: int, stream: BinaryIO, cancel: threading.Event | None) -> None:
    """Write the beginning of what is heard of a piece, and silence up to what it fills."""
    skip, wanted = part.skip * _FRAME, samples * _FRAME
    done = 0

    if wanted:
        with contextlib.closing(sounds(part.path, rate, cancel)) as pieces:
            for sound in pieces:
                data = np.ascontiguousarray(sound, "<f4").tobytes()
                cut = min(skip, len(data))
                skip -= cut
                kept = data[cut : cut + wanted - done]
                stream.write(kept)
                done += len(kept)
                if done == wanted:
                    break
    for step in _steps(filled * _FRAME - done):
        if cancel is not None and cancel.is_set():
            raise Interrupted
        stream.write(bytes(step))


def _steps(length: int) -> Iterator[int]:
    while length > 0:
        step = min(length, 1 << 20)
        yield step
        length -= step


def _header(rate: int, samples: int) -> bytes:
    """The head of a WAV of stereo floats; RF64 (EBU Tech 3306) where its length does not fit in 32 bits."""
    size = samples * _FRAME
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 3, _CHANNELS, rate, rate * _FRAME, _FRAME, 32)
    if size <= _LARGEST_RIFF:
        return struct.pack("<4sI4s", b"RIFF", 36 + size, b"WAVE") + form + struct.pack("<4sI", b"data", size)
    sizes = struct.pack("<4sIQQQI", b"ds64", 28, 72 + size, size, samples, 0)
    return b"RF64\xff\xff\xff\xffWAVE" + sizes + form + b"data\xff\xff\xff\xff"
