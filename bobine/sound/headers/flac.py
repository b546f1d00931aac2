"""The length of a bare FLAC stream, as its first block announces it (RFC 9639, 8.2)."""

from __future__ import annotations

from typing import BinaryIO

_MARK = b"fLaC"
_STREAM_INFO = 0
_HEAD = 42
_LENGTH_BITS = 36


def announced_samples(stream: BinaryIO) -> int:
    """Samples per channel that a stream announces; 0 where it is no FLAC stream, or does not say.

    Args:
        stream: the file, seekable.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if len(head) < _HEAD or head[:4] != _MARK or head[4] & 0x7F != _STREAM_INFO:
        return 0
    return int.from_bytes(head[18:26], "big") & ((1 << _LENGTH_BITS) - 1)
