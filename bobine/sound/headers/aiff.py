"""The header of an AIFF or AIFC file (Apple, 1989 and 1991)."""

from __future__ import annotations

import math
import struct
from typing import BinaryIO

from bobine.sound.headers.chunks import only_chunks_from
from bobine.sound.headers.pcm import Pcm, coding, held
from bobine.sound.headers.wav import WavFormat

_MOST_CHUNKS = 256
_AIFC = {
    b"NONE": ("s", "be"),
    b"twos": ("s", "be"),
    b"in24": ("s", "be"),
    b"in32": ("s", "be"),
    b"sowt": ("s", "le"),
    b"fl32": ("f", "be"),
    b"FL32": ("f", "be"),
    b"fl64": ("f", "be"),
    b"FL64": ("f", "be"),
}


def read_aiff(stream: BinaryIO, size: int) -> Pcm | None:
    """The plain samples of an AIFF or AIFC file; None for any other file, and for compressed sound.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    stream.seek(0)
    form = stream.read(12)
    if form[:4] != b"FORM" or form[8:12] not in (b"AIFF", b"AIFC"):
        return None
    found: WavFormat | None = None
    sound: tuple[int, int] | None = None
    at = 12
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        header = stream.read(8)
        if len(header) < 8:
            break
        name, length = struct.unpack(">4sI", header)
        if name == b"COMM":
            found = _format(stream.read(min(length, 22)), form[8:12] == b"AIFC")
        elif name == b"SSND" and len(places := stream.read(8)) == 8:
            skipped = struct.unpack(">I", places[:4])[0]
            sound = (at + 16 + skipped, max(0, length - 8 - skipped))
        if found is not None and sound is not None:
            break
        at += 8 + length + length % 2
    if found is None or sound is None or sound[0] > size:
        return None
    begin, declared = sound
    there = held(declared, size - begin, lambda end: only_chunks_from(stream, begin + end, size, ">"), may_wrap=True)
    return found.holding(begin, there)


def _format(fields: bytes, compressed: bool) -> WavFormat | None:
    if len(fields) < 18:
        return None
    channels, _samples, bits, exponent, mantissa = struct.unpack(">hIhHQ", fields[:18])
    kind, order = ("s", "be") if not compressed else _AIFC.get(fields[18:22], ("", ""))
    if channels < 1 or not 1 <= bits <= 64 or exponent & 0x7FFF > 16383 + 31:
        return None
    rate = round(math.ldexp(mantissa, (exponent & 0x7FFF) - 16383 - 63))
    width = -(-bits // 8)
    name = coding(kind, width, order) if kind else None
    return None if name is None or rate < 1 else WavFormat(name, rate, channels, 0, width * channels)
