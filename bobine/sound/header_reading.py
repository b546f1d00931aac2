"""Read the header of a file of plain samples, whichever of the known ones it has."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from bobine.sound.headers.aiff import read_aiff
from bobine.sound.headers.pcm import Pcm
from bobine.sound.headers.w64 import read_w64
from bobine.sound.headers.wav import read_wav


def read_header(stream: BinaryIO, size: int) -> Pcm | None:
    """The plain samples of a WAV, RF64, BW64, Wave64, AIFF or AIFC file; None for any other file.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    for reader in (read_wav, read_w64, read_aiff):
        found = reader(stream, size)
        if found is not None:
            return found
    return None


def plain_samples(path: Path) -> Pcm | None:
    """The same of a regular file; None too where it cannot be read."""
    try:
        with path.open("rb") as stream:
            return read_header(stream, path.stat().st_size)
    except OSError:
        return None
