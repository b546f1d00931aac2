"""The header of a WAV, RF64 or BW64 file (Microsoft's RIFF; EBU Tech 3306; ITU-R BS.2088)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import BinaryIO

from bobine.sound.headers.chunks import only_chunks_from
from bobine.sound.headers.pcm import Held, Pcm, coding, held

_FORMS = {b"RIFF": "<", b"RF64": "<", b"BW64": "<", b"RIFX": ">"}
_MOST_CHUNKS = 256
_EXTENSIBLE = 0xFFFE
_LEFT_TO_DS64 = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class WavFormat:
    """The form of samples: raw form, rate in Hz, channels, speakers (0: none), bytes per sample of all channels."""

    coding: str
    rate: int
    channels: int
    mask: int
    frame: int

    def holding(self, offset: int, there: Held) -> Pcm:
        """Samples of this format that begin at a place, of which so many bytes are there."""
        return Pcm(
            coding=self.coding,
            rate=self.rate,
            channels=self.channels,
            mask=self.mask,
            offset=offset,
            samples=there.size // self.frame,
            promised=None if there.promised is None else there.promised // self.frame,
            truthful=there.truthful,
        )


def read_wav(stream: BinaryIO, size: int) -> Pcm | None:
    """The plain samples of a WAV, RF64 or BW64 file; None for any other file, and for compressed sound.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    stream.seek(0)
    form = stream.read(12)
    order = _FORMS.get(form[:4])
    if order is None or form[8:12] != b"WAVE":
        return None
    found: WavFormat | None = None
    long_size: int | None = None
    at = 12
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        header = stream.read(8)
        if len(header) < 8:
            return None
        name, length = struct.unpack(f"{order}4sI", header)
        begin = at + 8
        if name == b"data":
            return None if found is None else _samples(stream, size, found, order, begin, length, long_size)
        if name == b"fmt ":
            found = wav_format(stream.read(min(length, 40)), order)
        elif name == b"ds64" and len(sizes := stream.read(16)) == 16:
            long_size = struct.unpack("<8xQ", sizes)[0]
        at = begin + length + length % 2
    return None


def _samples(
    stream: BinaryIO, size: int, found: WavFormat, order: str, begin: int, length: int, long_size: int | None
) -> Pcm:
    is_long = long_size is not None and length == _LEFT_TO_DS64
    there = held(
        long_size if is_long and long_size is not None else length,
        size - begin,
        lambda end: only_chunks_from(stream, begin + end, size, order),
        may_wrap=not is_long,
    )
    return found.holding(begin, there)


def wav_format(fields: bytes, order: str) -> WavFormat | None:
    """Parse a ``fmt `` chunk; None for compressed sound and for nonsense.

    Args:
        fields: the chunk's content, its first 40 bytes at most.
        order: ``<`` or ``>``.
    """
    if len(fields) < 16:
        return None
    tag, channels, rate, _bytes_per_second, frame, _bits = struct.unpack(f"{order}HHIIHH", fields[:16])
    mask = 0
    if tag == _EXTENSIBLE and len(fields) >= 26:
        mask, tag = struct.unpack(f"{order}IH", fields[20:26])
    if not channels or not rate or frame % channels or not frame:
        return None
    width = frame // channels
    kind = {1: "u" if width == 1 else "s", 3: "f"}.get(tag)
    name = None if kind is None else coding(kind, width, "le" if order == "<" else "be")
    return None if name is None else WavFormat(name, rate, channels, mask, frame)
