"""The header of a Sony Wave64 file: chunks named by GUIDs, sizes of 64 bits that count the chunk's own header."""

from __future__ import annotations

import functools
import struct
from typing import BinaryIO

from bobine.sound.headers.pcm import Pcm, held
from bobine.sound.headers.wav import WavFormat, wav_format

_RIFF = b"riff" + bytes.fromhex("2e91cf11a5d628db04c10000")
_TAIL = bytes.fromhex("f3acd3118cd100c04f8edb8a")
_HEADER = 24
_MOST_CHUNKS = 256


def read_w64(stream: BinaryIO, size: int) -> Pcm | None:
    """The plain samples of a Wave64 file; None for any other file, and for compressed sound.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    stream.seek(0)
    head = stream.read(40)
    if len(head) < 40 or head[:16] != _RIFF or head[24:] != b"wave" + _TAIL:
        return None
    found: WavFormat | None = None
    at = 40
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        header = stream.read(_HEADER)
        if len(header) < _HEADER or header[4:16] != _TAIL:
            return None
        length = struct.unpack("<Q", header[16:])[0]
        begin = at + _HEADER
        if header[:4] == b"data":
            if found is None:
                return None
            there = held(max(0, length - _HEADER), size - begin, functools.partial(_ends, stream, size, begin))
            return found.holding(begin, there)
        if length < _HEADER or at + length > size:
            return None
        if header[:4] == b"fmt ":
            found = wav_format(stream.read(min(length - _HEADER, 40)), "<")
        at += length + -length % 8
    return None


def _ends(stream: BinaryIO, size: int, begin: int, length: int) -> bool:
    at = begin + length
    at += -at % 8
    if size - at < _HEADER:
        return True
    stream.seek(at)
    return stream.read(16)[4:] == _TAIL
