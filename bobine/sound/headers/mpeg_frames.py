"""The frames of a bare MPEG stream (MP1, MP2, MP3; AAC in ADTS): where they are, what is torn between them. Pure.

Such a file has no time stamps: lost frames leave no hole, and all that follows comes too early. The bytes that are not
frames tell how much is missing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from bobine.sound.headers.frame_row import Places, row_from

_V1 = {
    1: (0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448),
    2: (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384),
    3: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
}
_V2 = {
    1: (0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256),
    2: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
    3: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = (44100, 48000, 32000)
_ADTS_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_IN_A_ROW = 3
_LENGTH_NAMES = re.compile(b"Xing|Info|VBRI")
_VBRI_AT = 36
_AFTER_SIDE_INFORMATION = (13, 21, 36, 15, 23, 38)
_LENGTHS = (*((place, name) for place in _AFTER_SIDE_INFORMATION for name in (b"Xing", b"Info")), (_VBRI_AT, b"VBRI"))
_MEAN_OF = 400
_SILENT_AAC = {1: bytes.fromhex("00c800802380"), 2: bytes.fromhex("210049900219002380")}


@dataclass(frozen=True, slots=True)
class Frame:
    """The content of a frame's header: bytes, samples, rate in Hz, channels."""

    size: int
    samples: int
    rate: int
    channels: int


@dataclass(frozen=True, slots=True)
class Torn:
    """Bytes that are no frames, where frames should be.

    Attributes:
        at_s: where in the sound, in seconds.
        missing_s: how much sound is missing, seconds.
    """

    at_s: float
    missing_s: float


@dataclass(frozen=True, slots=True)
class FileSpan:
    """A part of the mended stream: bytes of the file (``start``, ``end``), or frames of silence."""

    start: int
    end: int
    silence: bytes = b""


@dataclass(frozen=True, slots=True)
class Mended:
    """A stream of whole frames.

    Attributes:
        pieces: what it is put together from.
        torn: what was missing.
        varies: whether rate or channels change inside.
        is_whole: whether the file is such a stream as it is.
    """

    pieces: tuple[FileSpan, ...]
    torn: tuple[Torn, ...]
    varies: bool
    is_whole: bool

    def stream(self, content: bytes) -> Iterator[bytes]:
        """The bytes of the stream, from those of the file (anything that can be sliced)."""
        for piece in self.pieces:
            yield piece.silence or bytes(content[piece.start : piece.end])


def mpeg_frame(content: bytes, at: int) -> Frame | None:
    """The MPEG-1 or MPEG-2 audio frame (ISO/IEC 11172-3, 13818-3) whose header stands at a place; None for none."""
    return _mpeg_frame(bytes(content[at : at + 4]))


@functools.lru_cache
def _mpeg_frame(head: bytes) -> Frame | None:
    """The frame that a header of four bytes tells of; a file has few different ones."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    version, layer = head[1] >> 3 & 3, 4 - (head[1] >> 1 & 3)
    index, rate_index = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer == 4 or index in (0, 15) or rate_index == 3:
        return None
    first = version == 3
    rate = _RATES[rate_index] >> (0 if first else 1 if version == 2 else 2)
    bits = (_V1 if first else _V2)[layer][index] * 1000
    padding = head[2] >> 1 & 1
    channels = 1 if head[3] >> 6 == 3 else 2
    if layer == 1:
        return Frame((12 * bits // rate + padding) * 4, 384, rate, channels)
    samples = 1152 if first or layer == 2 else 576
    return Frame(samples // 8 * bits // rate + padding, samples, rate, channels)


def adts_frame(content: bytes, at: int) -> Frame | None:
    """The ADTS frame (ISO/IEC 14496-3, 1.A.2) whose header stands at a place; None for none."""
    return _adts_frame(bytes(content[at : at + 7]))


@functools.lru_cache
def _adts_frame(head: bytes) -> Frame | None:
    """The frame that a header of seven bytes tells of."""
    if len(head) < 7 or head[0] != 0xFF or head[1] & 0xF6 != 0xF0 or head[2] >> 2 & 15 >= len(_ADTS_RATES):
        return None
    size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
    channels = (head[2] & 1) << 2 | head[3] >> 6
    if size < 8:
        return None
    return Frame(size, 1024 * ((head[6] & 3) + 1), _ADTS_RATES[head[2] >> 2 & 15], channels)


def mend(content: bytes, form: str) -> Mended:
    """Find the frames of a stream, and put silence where bytes stand that are none.

    As many frames are missing as those bytes would hold at the mean size of the frames before. What comes before the
    first frame, after the last one and in tags is not missing; neither is the frame that LAME and others put at
    the beginning of a file to tell its length, where files were joined.

    Args:
        content: the file.
        form: ``mp3`` for MPEG audio of any layer, ``aac`` for ADTS.
    """
    read = adts_frame if form == "aac" else mpeg_frame
    pieces: list[FileSpan] = []
    torn: list[Torn] = []
    sizes: list[int] = []
    last: tuple[int, Frame] | None = None
    at, run, seconds = 0, -1, 0.0
    formats = set()
    size = len(content)
    while at < size:
        frame = read(content, at)
        if frame is not None and run >= 0 and last is not None and at + frame.size <= size and _like(frame, last[1]):
            pass
        elif frame is None or not _is_row(content, at, read):
            if run >= 0:
                pieces.append(FileSpan(run, at))
                run = -1
            start, at = at, _next(content, at, read)
            if last is not None and at < size:
                lost = round((at - start - _tags(content, start, at)) * len(sizes[-_MEAN_OF:]) / sum(sizes[-_MEAN_OF:]))
                if lost > 0:
                    silence = _silent(content, last[0], last[1], form)
                    pieces.append(FileSpan(0, 0, silence * lost))
                    missing = lost * last[1].samples / last[1].rate
                    torn.append(Torn(seconds, missing))
                    seconds += missing
            continue
        if last is not None and _tells_length(content, at, frame):
            if run >= 0:
                pieces.append(FileSpan(run, at))
                run = -1
            at += frame.size
            continue
        run = at if run < 0 else run
        last = (at, frame)
        sizes.append(frame.size)
        formats.add((frame.rate, frame.channels))
        seconds += frame.samples / frame.rate
        at += frame.size
        if len(sizes) == 1 and form == "mp3":  # most files are one row of frames
            row = _row(content, last[0])
            if len(row) > 1 and (its := read(content, int(row[-2]))) is not None:
                last = (int(row[-2]), its)
                sizes += np.diff(row[1:]).tolist()
                seconds = float(np.cumsum([seconds, *[frame.samples / frame.rate] * (len(row) - 2)])[-1])
                at = int(row[-1])
    if run >= 0:
        pieces.append(FileSpan(run, min(at, size)))
    varies = len(formats) > 1
    return Mended(tuple(pieces), tuple(torn), varies, is_whole=not (torn or varies) and len(pieces) < 2)


def _row(content: bytes, at: int) -> Places:
    """The starts of a frame and of those that follow it in one format, none of which tells a length but the first."""
    return row_from(content, at, lambda head: 0 if (one := _mpeg_frame(head)) is None else one.size, _LENGTHS)


def _like(frame: Frame, other: Frame) -> bool:
    return frame is other or (frame.samples, frame.rate) == (other.samples, other.rate)


def _is_row(content: bytes, at: int, read: Callable[[bytes, int], Frame | None]) -> bool:
    """Whether a frame is followed by its likes, up to the file's end: a frame by chance is not."""
    first: Frame | None = None
    for _ in range(_IN_A_ROW):
        frame = read(content, at)
        if frame is None or (first is not None and not _like(frame, first)):
            return first is not None and (at >= len(content) or _tag(content, at) > 0)
        first = first or frame
        at += frame.size
    return True


def _next(content: bytes, at: int, read: Callable[[bytes, int], Frame | None]) -> int:
    """The start of the next row of frames; the file's length where there is none."""
    size = len(content)
    tag = _tag(content, at)
    at = at + tag if tag else at + 1
    while at < size:
        tag = _tag(content, at)
        if tag:
            at += tag
            continue
        if content[at : at + 1] == b"\xff" and _is_row(content, at, read):
            return at
        found = content.find(b"\xff", at + 1)
        near = content.find(b"ID3", at + 1, found + 1 if found >= 0 else size)
        at = near if near >= 0 else found if found >= 0 else size
    return size


def _tag(content: bytes, at: int) -> int:
    """Length of the tag that begins at a place, bytes; 0 where there is none."""
    head = content[at : at + 32]
    if head[:3] == b"ID3" and len(head) >= 10 and head[3] in (2, 3, 4) and max(head[6:10]) < 0x80:
        return 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]) + (10 if head[5] & 0x10 else 0)
    if head[:3] == b"TAG" and at + 128 <= len(content):
        return 128
    if head[:8] == b"APETAGEX" and len(head) == 32:
        return 32 + int.from_bytes(head[12:16], "little") if head[23] & 0x20 else 32
    return 0


def _tags(content: bytes, start: int, end: int) -> int:
    """Bytes of tags in a stretch that holds no frames."""
    found = 0
    at = start
    while at < end:
        length = _tag(content, at)
        if length:
            found += min(length, end - at)
            at += length
            continue
        ahead = [place for mark in (b"ID3", b"TAG", b"APETAGEX") if (place := content.find(mark, at + 1, end)) >= 0]
        at = min(ahead, default=end)
    return found


def _tells_length(content: bytes, at: int, frame: Frame) -> bool:
    """Whether a frame is Xing's or VBRI's: figures about the file, without sound."""
    if frame.samples == 1024:
        return False
    head = content[at : at + 48]
    if not _LENGTH_NAMES.search(head):
        return False
    names = {head[place : place + 4] for place in _AFTER_SIDE_INFORMATION}
    return head[_VBRI_AT : _VBRI_AT + 4] == b"VBRI" or b"Xing" in names or b"Info" in names


def _silent(content: bytes, at: int, frame: Frame, form: str) -> bytes:
    """A frame like another one, without sound."""
    if form != "aac":
        head = bytearray(content[at : at + 4])
        head[1] |= 1  # no checksum follows
        return bytes(head) + bytes(frame.size - 4)
    block = _SILENT_AAC.get(frame.channels, b"")
    if not block:
        return b""
    head = bytearray(content[at : at + 7])
    size = 7 + len(block)
    head[1] |= 1
    head[3] = head[3] & 0xFC | size >> 11
    head[4] = size >> 3 & 0xFF
    head[5] = (size & 7) << 5 | head[5] & 0x1F
    head[6] &= 0xFC
    return bytes(head) + block
