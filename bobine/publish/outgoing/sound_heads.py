"""Where the sound of a tagged file begins, and a digest of it: another tag before the same sound changes neither."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from bobine.publish.tags import mp3_head_bytes

_CHUNK_BYTES = 1 << 20
_PAGE_HEADER_BYTES = 27
_WHOLE_SEGMENT = 255
_HEADER_PACKETS = 2  # what the stream is, and its comments (RFC 7845, 3)
_MOST_PAGES = 4096


def head_bytes(path: Path) -> int:
    """Bytes of a file before its sound: the tag of an MP3, the header pages of an Ogg Opus; 0 where there are none."""
    with path.open("rb") as stream:
        start = stream.read(4)
        if start == b"OggS":
            return _ogg_head_bytes(stream)
    return mp3_head_bytes(path)


def body_digest(path: Path) -> str:
    """SHA-256 of a file behind its head, hexadecimal."""
    found = hashlib.sha256()
    start = head_bytes(path)
    with path.open("rb") as stream:
        stream.seek(start)
        while chunk := stream.read(_CHUNK_BYTES):
            found.update(chunk)
    return found.hexdigest()


def _ogg_head_bytes(stream: BinaryIO) -> int:
    """Bytes of the pages that hold the header packets, of which the last one ends its page (RFC 7845, 3)."""
    ended = position = 0
    for _ in range(_MOST_PAGES):
        stream.seek(position)
        header = stream.read(_PAGE_HEADER_BYTES)
        if header[:4] != b"OggS" or len(header) < _PAGE_HEADER_BYTES:
            return 0
        segments = stream.read(header[26])
        position += _PAGE_HEADER_BYTES + len(segments) + sum(segments)
        ended += sum(size < _WHOLE_SEGMENT for size in segments)
        if ended >= _HEADER_PACKETS:
            return position if ended == _HEADER_PACKETS else 0
    return 0
