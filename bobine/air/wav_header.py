"""The length that a WAV file promises: ffmpeg trusts the file's size instead, and so does not see a truncated one."""

from __future__ import annotations

import struct
from fractions import Fraction
from typing import BinaryIO

_UNKNOWN_SIZES = (0, 0xFFFFFFFF)
_MOST_CHUNKS = 64


def promised_seconds(stream: BinaryIO) -> Fraction | None:
    """Seconds of sound that the header of a WAV or RF64 file announces.

    None for any other file, and for a WAV whose writer left the length open (one that came out of a pipe, or whose
    recorder was stopped by force).

    Args:
        stream: the file, at its beginning, seekable.
    """
    form = stream.read(12)
    if form[:4] not in (b"RIFF", b"RF64", b"BW64") or form[8:12] != b"WAVE":
        return None
    bytes_per_second = 0
    long_size = 0
    for _ in range(_MOST_CHUNKS):
        header = stream.read(8)
        if len(header) < 8:
            return None
        name, size = struct.unpack("<4sI", header)
        if name == b"data":
            if size in _UNKNOWN_SIZES:
                size = long_size
            return Fraction(size, bytes_per_second) if size and bytes_per_second else None
        start = stream.tell()
        if name == b"fmt ":
            bytes_per_second = _unpack("<8xI", stream.read(12))
        elif name == b"ds64":
            long_size = _unpack("<8xQ", stream.read(16))
        stream.seek(start + size + size % 2)
    return None


def _unpack(form: str, content: bytes) -> int:
    return int(struct.unpack(form, content)[0]) if len(content) == struct.calcsize(form) else 0
