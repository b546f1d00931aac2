"""The length of a bare FLAC stream, as its first block announces it (RFC 9639, 8.2)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

_MARK = b"fLaC"
_STREAM_INFO = 0
_HEAD = 42
_LENGTH_BITS = 36


@dataclass(frozen=True, slots=True)
class StreamInfo:
    """The facts that a stream announces of itself.

    Attributes:
        samples: per channel; 0 where it does not say.
        bits: of a sample.
    """

    samples: int
    bits: int


def stream_info(stream: BinaryIO) -> StreamInfo | None:
    """The facts that a FLAC stream announces; None where it is none.

    Args:
        stream: the file, seekable.
    """
    stream.seek(0)
    head = stream.read(_HEAD)
    if len(head) < _HEAD or head[:4] != _MARK or head[4] & 0x7F != _STREAM_INFO:
        return None
    fields = int.from_bytes(head[18:26], "big")  # rate: 20 bits, channels: 3, bits: 5, samples: 36
    return StreamInfo(fields & ((1 << _LENGTH_BITS) - 1), (fields >> _LENGTH_BITS & 31) + 1)
