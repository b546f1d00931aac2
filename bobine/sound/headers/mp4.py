"""The sound tracks of an MP4 or QuickTime file as its index tells them (ISO/IEC 14496-12: ``moov/trak/mdia``)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

import numpy as np

_LARGEST_INDEX = 1 << 26
_MOST_BOXES = 10_000


def track_seconds(stream: BinaryIO, size: int) -> tuple[float, ...]:
    """Lengths of the sound tracks in the file's order, seconds; empty where it is no such file, or has no index.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
    """
    return tuple(_sounds(_index(stream, size)))


def even_seconds(stream: BinaryIO, size: int, apart_s: float) -> float:
    """Length of the sound of a file that holds one track, in which one sample follows another without a hole, seconds.

    0.0 where there may be a hole: where there are several tracks or fragments, a list of edits that does more than skip
    a decoder's first samples, or time stamps further than ``apart_s`` from equal distances.

    Args:
        stream: the file, seekable.
        size: its size in bytes.
        apart_s: how far a time stamp may lie from its place in an even row, seconds.
    """
    try:
        return _even(_index(stream, size), apart_s)
    except struct.error:  # a box ends before what it should hold
        return 0.0


def _index(stream: BinaryIO, size: int) -> bytes:
    """The content of ``moov``; empty where there is none."""
    at = 0
    for _ in range(_MOST_BOXES):
        stream.seek(at)
        header = stream.read(16)
        if len(header) < 8:
            return b""
        length, name = struct.unpack(">I4s", header[:8])
        skip = 8
        if length == 1 and len(header) == 16:
            length, skip = struct.unpack(">Q", header[8:])[0], 16
        if name == b"moov":
            if not skip < length <= _LARGEST_INDEX:
                return b""
            stream.seek(at + skip)
            return stream.read(length - skip)
        if length < skip or at + length > size:
            return b""
        at += length
    return b""


def _sounds(index: bytes) -> Iterator[float]:
    for name, track in _boxes(index):
        media = dict(_boxes(dict(_boxes(track)).get(b"mdia", b""))) if name == b"trak" else {}
        header = media.get(b"mdhd", b"")
        if media.get(b"hdlr", b"")[8:12] != b"soun" or len(header) < 20:
            continue
        scale, length = _scale_and_length(header)
        yield length / scale if scale else 0.0


def _even(index: bytes, apart_s: float) -> float:
    boxes = list(_boxes(index))
    tracks = [dict(_boxes(content)) for name, content in boxes if name == b"trak"]
    if len(tracks) != 1 or any(name == b"mvex" for name, _ in boxes):
        return 0.0
    media = dict(_boxes(tracks[0].get(b"mdia", b"")))
    table = dict(_boxes(dict(_boxes(media.get(b"minf", b""))).get(b"stbl", b"")))
    scale = _scale_and_length(media.get(b"mdhd", b""))[0]
    if media.get(b"hdlr", b"")[8:12] != b"soun" or not scale or b"ctts" in table or b"stts" not in table:
        return 0.0
    if struct.unpack(">I", table.get(b"stsd", b"")[4:8])[0] != 1:
        return 0.0
    stamps = table[b"stts"][8:]
    counts, steps = np.frombuffer(stamps, ">u4", len(stamps) // 8 * 2).reshape(-1, 2).astype(np.int64).T
    if struct.unpack(">I", table[b"stts"][4:8])[0] != len(counts) or not counts.sum():
        return 0.0
    whole_s = float((counts * steps).sum()) / scale
    counts[-1] -= 1  # the last packet may be short
    ends, packets = (counts * steps).cumsum() / scale, counts.cumsum()
    if np.abs(ends - packets * (ends[-1] / max(1, packets[-1]))).max() > apart_s:
        return 0.0
    return _edited(whole_s, scale, dict(boxes).get(b"mvhd", b""), tracks[0].get(b"edts", b""))


def _edited(whole_s: float, scale: int, movie: bytes, edits: bytes) -> float:
    """The part of a track left once its edit has skipped the first samples; 0.0 where there are several edits."""
    edit = dict(_boxes(edits)).get(b"elst", b"")
    if not edit:
        return whole_s
    count = struct.unpack(">I", edit[4:8])[0]
    if edit[0] == 1:
        lasts, begins, speed = struct.unpack(">QqI", edit[8:28])
    else:
        lasts, begins, speed = struct.unpack(">IiI", edit[8:20])
    movie_scale = _scale_and_length(movie)[0]
    if count != 1 or begins < 0 or speed != 1 << 16 or not movie_scale:
        return 0.0
    left_s: float = max(0.0, whole_s - begins / scale)
    return min(left_s, float(lasts / movie_scale)) if lasts else left_s


def _scale_and_length(header: bytes) -> tuple[int, int]:
    """Units a second, and length in them, of a movie or a track: ``mvhd`` and ``mdhd`` begin alike."""
    layout, begin, end = (">IQ", 20, 32) if header[:1] == b"\x01" and len(header) >= 32 else (">II", 12, 20)
    scale, length = struct.unpack(layout, header[begin:end])
    return int(scale), int(length)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        length, name = struct.unpack(">I4s", content[at : at + 8])
        if length < 8:
            return
        yield name, content[at + 8 : at + length]
        at += length
