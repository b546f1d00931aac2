"""The length of each sound track of an MP4 or QuickTime file (ISO/IEC 14496-12: ``moov/trak/mdia``)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

_LARGEST_INDEX = 1 << 26
_MOST_BOXES = 10_000


def track_seconds(stream: BinaryIO, size: int) -> tuple[float, ...]:
    """Lengths of the sound tracks in the file's order, seconds; empty where it is no such file, or has no index.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    at = 0
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        header = stream.read(16)
        if len(header) < 8:
            return ()
        length, name = struct.unpack(">I4s", header[:8])
        skip = 8
        if length == 1 and len(header) == 16:
            length, skip = struct.unpack(">Q", header[8:])[0], 16
        if name == b"moov":
            if not skip < length <= _LARGEST_INDEX:
                return ()
            stream.seek(at + skip)
            return tuple(_sounds(stream.read(length - skip)))
        if length < skip or at + length > size:
            return ()
        at += length
    return ()


def _sounds(index: bytes) -> Iterator[float]:
    for name, track in _boxes(index):
        media = dict(_boxes(dict(_boxes(track)).get(b"mdia", b""))) if name == b"trak" else {}
        header = media.get(b"mdhd", b"")
        if media.get(b"hdlr", b"")[8:12] != b"soun" or len(header) < 20:
            continue
        if header[0] == 1 and len(header) >= 32:
            scale, length = struct.unpack(">IQ", header[20:32])
        else:
            scale, length = struct.unpack(">II", header[12:20])
        yield length / scale if scale else 0.0


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if length < 8:
            return
        yield name, content[at + 8 : at + length]
        at += length
