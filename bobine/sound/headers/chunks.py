"""Data that can follow the sound in a file of chunks: other chunks, tags, padding; anything else is still sound."""

from __future__ import annotations

import struct
from typing import BinaryIO

_KNOWN = frozenset(
    b"LIST|list|INFO|id3 |ID3 |cue |bext|iXML|axml|aXML|fact|smpl|inst|plst|PEAK|JUNK|junk|PAD |FLLR|fmt |ds64|umid|"
    b"DISP|_PMX|afsp|cart|minf|elm1|regn|acid|strc|levl|MD5 |chna|SNDM|LGWV|ResU|ltxt|note|labl|data|dbmd|slnt|SAUR|"
    b"tlst|COMM|MARK|INST|COMT|NAME|AUTH|(c) |ANNO|APPL|FVER|CHAN|basc|trns|cate|SSND|AESD|MIDI".split(b"|")
)
_TAGS = (b"TAG", b"APETAGEX", b"ID3\x02", b"ID3\x03", b"ID3\x04")
_SMALL = 8
_PADDING = 1 << 16
_MOST_CHUNKS = 64
_PRINTABLE = range(0x20, 0x7F)


def only_chunks_from(stream: BinaryIO, at: int, size: int, order: str) -> bool:
    """Whether nothing but other chunks, tags or padding stands between a place in a file and its end.

    Args:
        stream: the file, seekable.
        at: the place, bytes from the start.
        size: the file's size.
        order: ``<`` for a RIFF file's numbers, ``>`` for an AIFF file's.
    """
    if size - at < _SMALL or _is_padding(stream, at, size):
        return True
    return any(_is_chain(stream, start, size, order) for start in (at + at % 2, at, at + 1))


def _is_padding(stream: BinaryIO, at: int, size: int) -> bool:
    """A recorder's cluster that it did not fill: zeros, and less than a sound would be."""
    if size - at > _PADDING:
        return False
    stream.seek(at)
    return not stream.read(size - at).strip(b"\0")


def _is_chain(stream: BinaryIO, at: int, size: int, order: str) -> bool:
    for _ in range(_MOST_CHUNKS):
        stream.seek(at)
        header = stream.read(8)
        if header.startswith(_TAGS):
            return True
        if len(header) < 8 or any(byte not in _PRINTABLE for byte in header[:4]):
            return False
        name, length = struct.unpack(f"{order}4sI", header)
        end = at + 8 + length
        if end > size:
            return False
        if name in _KNOWN or end + end % 2 >= size:
            return True
        at = end + end % 2
    return False
