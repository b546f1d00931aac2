"""Marks in the chunks of a WAV: ``cue `` with the labels and lengths of ``adtl``, and the sync points of iXML. Pure."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterator, Mapping
from fractions import Fraction

from bobine.air.marks.formats.written import HIGHEST_RATE, LONGEST_S, Faults, WrittenMark, one_line, without_notes

ID3_CHUNKS = (b"id3 ", b"ID3 ")
"""The chunks that may hold chapters as MP3 files do: their names."""

MARK_CHUNKS = (b"fmt ", b"cue ", b"LIST", b"iXML", b"bext", *ID3_CHUNKS)
"""The chunks that say something of marks: their names."""

_CUE = struct.Struct("<II4sIII")
_LENGTH = struct.Struct("<I4s")
_TIME_REFERENCE = struct.Struct("<II")
_TIME_REFERENCE_AT = 338
_POINT = re.compile(r"<SYNC_POINT>(.*?)</SYNC_POINT>", re.DOTALL)
_FIELD = re.compile(r"<SYNC_POINT_([A-Z_]{1,20})>([^<]{0,1000})</")
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)


def parse_wav(chunks: Mapping[bytes, bytes], faults: Faults) -> list[WrittenMark]:
    """The marks that a WAV's chunks hold: its cue points, or else the sync points of its iXML.

    A cue point that ``ltxt`` gives a length is a region; one without runs to the next.

    Args:
        chunks: content of the chunks by name; of ``LIST``, the one of type ``adtl``, without that word.
        faults: where to note what is worth a word.
    """
    rate = _rate(chunks.get(b"fmt ", b""))
    if rate is None:
        return []
    points = _cues(chunks) or _sync_points(chunks)
    marks = [
        WrittenMark(number, 0, title, Fraction(at, rate), Fraction(at + length, rate) if length else None)
        for number, (at, length, title) in enumerate(sorted(points, key=lambda point: point[0]), 1)
        if 0 <= at + length <= LONGEST_S * rate
    ]
    return without_notes(marks, faults)


def decoded(content: bytes) -> str:
    """Text of a chunk: UTF-8, or cp1252 where it cannot be."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def subchunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk in a row of them; one that is cut short is left out."""
    at = 0
    while at + 8 <= len(content):
        name, size = content[at : at + 4], int.from_bytes(content[at + 4 : at + 8], "little")
        if at + 8 + size > len(content):
            return
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _rate(fmt: bytes) -> int | None:
    if len(fmt) < 8:
        return None
    rate = int.from_bytes(fmt[4:8], "little")
    return rate if 1 <= rate <= HIGHEST_RATE else None


def _cues(chunks: Mapping[bytes, bytes]) -> list[tuple[int, int, str]]:
    """Position and length in samples, and title, of each cue point."""
    content = chunks.get(b"cue ", b"")[4:]
    content = content[: len(content) - len(content) % _CUE.size]
    found = {name: (offset, play) for name, play, _, _, _, offset in _CUE.iter_unpack(content)}
    # some programs fill the order of play alone
    by_play = not any(offset for offset, _ in found.values())
    titles: dict[int, str] = {}
    lengths: dict[int, int] = {}
    for kind, body in subchunks(chunks.get(b"LIST", b"")):
        name = int.from_bytes(body[:4], "little")
        if kind == b"labl":
            titles[name] = one_line(decoded(body[4:].partition(b"\0")[0]))
        elif kind == b"ltxt" and len(body) >= 12:
            lengths[name] = _LENGTH.unpack_from(body, 4)[0]
            if len(body) > 20 and (text := one_line(decoded(body[20:].partition(b"\0")[0]))):
                titles.setdefault(name, text)
    return [
        (play if by_play else offset, lengths.get(name, 0), titles.get(name, ""))
        for name, (offset, play) in found.items()
    ]


def _sync_points(chunks: Mapping[bytes, bytes]) -> list[tuple[int, int, str]]:
    """The same of iXML's sync points; an absolute one counts from midnight, as the file's time reference does."""
    bext = chunks.get(b"bext", b"")
    low, high = _TIME_REFERENCE.unpack_from(bext, _TIME_REFERENCE_AT) if len(bext) >= 346 else (0, 0)
    found = []
    for point in _POINT.findall(decoded(chunks.get(b"iXML", b""))):
        fields = {key: html.unescape(value).strip() for key, value in _FIELD.findall(point)}
        numbers = [fields.get(key, "0") or "0" for key in ("HIGH", "LOW", "EVENT_DURATION")]
        if "LOW" not in fields or not all(_WHOLE.fullmatch(number) for number in numbers):
            continue
        at = (int(numbers[0]) << 32) + int(numbers[1])
        if fields.get("TYPE", "").upper() == "ABSOLUTE":
            at -= (high << 32) + low
        title = fields.get("COMMENT", "") or fields.get("FUNCTION", "").replace("_", " ").capitalize()
        if at >= 0:
            found.append((at, int(numbers[2]), one_line(title)))
    return found
