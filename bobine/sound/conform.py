"""Write the sound of any file as mastering reads it: 48 kHz, stereo, floats, to be sought to the sample."""

from __future__ import annotations

import struct
import threading
from collections.abc import Generator, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

import numpy as np

from bobine.errors import DiskError, SoundError
from bobine.french import printable
from bobine.sound.blocks import Samples
from bobine.sound.decode import FormatChangedError, UnevenError
from bobine.sound.header_reading import plain_samples
from bobine.sound.mixing import heard
from bobine.sound.plan import Source, plan
from bobine.sound.survey import SoundInfo, looked_through, survey

RATE = 48_000
_FRAME = 8
_HEADER = 80
_LARGEST_RIFF = 0xFFFFFFFF
_ORDINARY_MASKS = {1: (0, 1, 4), 2: (0, 3)}


def is_plain(path: Path) -> bool:
    """Whether mastering can read a file as it is: 48 kHz PCM WAV, one or two channels, whose header is true."""
    pcm = plain_samples(path)
    if pcm is None or not pcm.truthful or pcm.rate != RATE or pcm.mask not in _ORDINARY_MASKS.get(pcm.channels, ()):
        return False
    try:
        with path.open("rb") as stream:
            return stream.read(4) in (b"RIFF", b"RF64")
    except OSError:
        return False


def conform(path: Path, info: SoundInfo | None, target: Path, cancel: threading.Event | None = None) -> None:
    """Write a file's sound as a 48 kHz stereo WAV of floats (RF64 beyond 4 GiB).

    Every channel and track is heard, silence stands where sound is missing; sample s at ``info.rate`` comes to
    s·48000/``info.rate``.

    Args:
        path: the file.
        info: what ``survey`` found; None to find out what is needed.
        target: the WAV to write; replaced where it is there.
        cancel: once set, the work stops.

    Raises:
        SoundError: if it cannot be decoded.
        DiskError: if the disk is full.
        Interrupted: if ``cancel`` was set.
    """
    try:
        _write(target, heard(path, _sources(path, info, cancel), RATE, cancel), path)
    except (FormatChangedError, UnevenError):
        _write(target, heard(path, _settled(path, cancel), RATE, cancel), path)


def sounds(path: Path, rate: int, cancel: threading.Event | None = None) -> Generator[Samples]:
    """The sound of any file in two channels at a rate in Hz, piece by piece, as ``conform`` writes it.

    Raises:
        SoundError: if it cannot be decoded.
        Interrupted: if ``cancel`` was set.
    """
    given = 0
    try:
        # what was given out cannot be put right: no index is trusted
        sources = [replace(source, promised=0) for source in _sources(path, None, cancel)]
        for sound in heard(path, sources, rate, cancel):
            yield sound
            given += len(sound)
    except FormatChangedError:
        passed = 0
        for sound in heard(path, _settled(path, cancel), rate, cancel):
            yield sound[max(0, given - passed) :]
            passed += len(sound)


def _sources(path: Path, info: SoundInfo | None, cancel: threading.Event | None) -> tuple[Source, ...]:
    """The tracks to read; the file is decoded beforehand only to tell which of several are heard."""
    found = plan(path, cancel) if info is None or info.plan is None else info.plan
    if found.is_settled:
        return found.sources
    if len(found.sources) > 1:
        return _settled(path, cancel)
    return (looked_through(path, found.sources[0])[0],)


def _settled(path: Path, cancel: threading.Event | None) -> tuple[Source, ...]:
    found = survey(path, cancel).plan
    return () if found is None else tuple(replace(source, promised=0) for source in found.sources)


def _write(target: Path, sounds: Iterator[Samples], path: Path) -> None:
    whole = False
    try:
        with target.open("wb") as stream:
            _fill(stream, sounds, path)
        whole = True
    except OSError as error:
        raise DiskError(
            f"« {printable(target.name)} » ne peut pas être écrit : libérez de la place, puis recommencez ; rien n'a "
            "été perdu."
        ) from error
    finally:
        if not whole:
            target.unlink(missing_ok=True)


def _fill(stream: BinaryIO, sounds: Iterator[Samples], path: Path) -> None:
    stream.write(bytes(_HEADER))
    samples = 0
    for sound in sounds:
        stream.write(np.ascontiguousarray(sound, "<f4").tobytes())
        samples += len(sound)
    if not samples:
        raise SoundError(f"« {printable(path.name)} » ne contient aucun son.")
    stream.seek(0)
    stream.write(_header(samples))


def _header(samples: int) -> bytes:
    """RIFF, JUNK that RF64 needs the room of, the format, and the size of what follows."""
    data = samples * _FRAME
    riff = _HEADER - 8 + data
    form = b"fmt " + struct.pack("<IHHIIHH", 16, 3, 2, RATE, RATE * _FRAME, _FRAME, 32)
    if riff > _LARGEST_RIFF:
        ds64 = b"ds64" + struct.pack("<IQQQI", 28, riff, data, samples, 0)
        return b"RF64" + struct.pack("<I", _LARGEST_RIFF) + b"WAVE" + ds64 + form + b"data\xff\xff\xff\xff"
    return (
        b"RIFF"
        + struct.pack("<I", riff)
        + b"WAVE"
        + b"JUNK"
        + struct.pack("<I", 28)
        + bytes(28)
        + form
        + (b"data" + struct.pack("<I", data))
    )
