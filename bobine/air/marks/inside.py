"""Marks that a sound file holds itself: cue points of a WAV, chapters of an MP3, an MP4, an Ogg, a FLAC, a Matroska."""

from __future__ import annotations

import threading
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import IO

from bobine import ffmpeg, ffmpeg_input
from bobine.air.marks.fitting import FittedMarks, fit
from bobine.air.marks.formats.ffmetadata import parse_ffmetadata
from bobine.air.marks.formats.wav import ID3_CHUNKS, MARK_CHUNKS, decoded, parse_wav
from bobine.air.marks.formats.written import Faults, WrittenMark
from bobine.air.marks.reading import LARGEST_FILE, MOST_MARKS
from bobine.errors import MarksError, unforeseen_as
from bobine.french import printable
from bobine.sound.joining import FileSpan
from bobine.store.opening import UnusableFileError, open_named

_LARGEST_CHUNK = 1_000_000
_MOST_CHUNKS = 2000
_SIZE_IN_DS64 = 0xFFFFFFFF


def marks_inside(
    pieces: Sequence[FileSpan],
    rate: int,
    samples: int,
    item_titles: Collection[str],
    cancel: threading.Event | None = None,
    *,
    without_chapters: Collection[Path] = (),
) -> FittedMarks | None:
    """Read the marks that the files of a recording hold; None where they hold none.

    Args:
        pieces: the files, each where it lies.
        rate: the recording's sampling rate, Hz.
        samples: its length, samples per channel.
        item_titles: titles of the rundown's items.
        cancel: once set, the work stops.
        without_chapters: files that are known to hold no chapters.

    Raises:
        MarksError: if there are marks that cannot be marks of this sound.
        Interrupted: if ``cancel`` was set.
    """
    name = printable(pieces[0].path.name)
    faults = Faults(pieces[0].path.name)
    with unforeseen_as(lambda: MarksError(f"« {name} » contient des repères impossibles à lire.")):
        written: list[WrittenMark] = []
        for piece in pieces:
            begin = Fraction(piece.start, rate)
            for mark in _written(piece.path, rate, faults, cancel, chapters=piece.path not in without_chapters):
                end = None if mark.end is None else mark.end + begin
                written.append(replace(mark, number=len(written) + 1, start=mark.start + begin, end=end))
        faults.raise_if_any()
        if not written:
            return None
        if len(written) > MOST_MARKS:
            raise MarksError(f"« {name} » contient {len(written)} repères : {MOST_MARKS} au plus sont acceptés.")
        return fit(written, rate, samples, faults, item_titles)


def _written(
    path: Path, rate: int, faults: Faults, cancel: threading.Event | None, *, chapters: bool
) -> list[WrittenMark]:
    chunks = _chunks(path)
    written = parse_wav(chunks, faults)
    # ffmpeg knows a WAV's cue points, but not their labels
    may_have_more = any(name in chunks for name in ID3_CHUNKS) if chunks else chapters
    return written if written or b"cue " in chunks or not may_have_more else _chapters(path, rate, faults, cancel)


def wav_chunks(stream: IO[bytes]) -> dict[bytes, bytes]:
    """The chunks of a WAV (RIFF, RF64, BW64) that say something of marks; none where it is no WAV.

    What is larger than a megabyte is left out, and nothing is looked for past two thousand chunks.
    """
    head = stream.read(12)
    if head[:4] not in (b"RIFF", b"RF64", b"BW64") or head[8:] != b"WAVE":
        return {}
    found: dict[bytes, bytes] = {}
    data_size = 0
    for _ in range(_MOST_CHUNKS):
        header = stream.read(8)
        if len(header) < 8 or not header[:4].isascii():
            break
        name, size = header[:4], int.from_bytes(header[4:], "little")
        wanted = name in (*MARK_CHUNKS, b"ds64") and size <= _LARGEST_CHUNK
        content = stream.read(size) if wanted else b""
        if name == b"ds64":
            data_size = int.from_bytes(content[8:16], "little")
        elif name != b"LIST":
            found.setdefault(name, content)
        elif content[:4] == b"adtl":
            found.setdefault(name, content[4:])
        real = data_size if name == b"data" and size == _SIZE_IN_DS64 and data_size else size
        stream.seek(real % 2 + (0 if wanted else real), 1)
    return {name: content for name, content in found.items() if name in MARK_CHUNKS}


def _chunks(path: Path) -> dict[bytes, bytes]:
    with suppress(OSError, UnusableFileError), open_named(path) as stream:
        return wav_chunks(stream)
    return {}


def _chapters(path: Path, rate: int, faults: Faults, cancel: threading.Event | None) -> list[WrittenMark]:
    """The chapters that ffmpeg finds; times stay as written, also where an encoder's delay is skipped at the start."""
    content = bytearray()

    def take(piece: bytes) -> None:
        if len(content) <= LARGEST_FILE:
            content.extend(piece)

    source = ffmpeg_input.as_arguments(ffmpeg_input.of_file(), ffmpeg.local_file(path))
    arguments = ["-copyts", *source, "-f", "ffmetadata", "pipe:1"]
    try:
        ffmpeg.run(arguments, on_output=take, cancel=cancel)
    except ffmpeg.FfmpegError:
        return []
    return parse_ffmetadata(decoded(bytes(content)), rate, faults) if len(content) <= LARGEST_FILE else []
