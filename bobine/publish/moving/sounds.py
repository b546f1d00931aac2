"""Looking into an audio file that came from elsewhere: what it really is, how long, and at what bit rate."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mutagen import MutagenError
from mutagen.aac import AAC
from mutagen.flac import FLAC
from mutagen.mp3 import MP3
from mutagen.mp4 import MP4
from mutagen.oggflac import OggFLAC
from mutagen.oggopus import OggOpus
from mutagen.oggvorbis import OggVorbis
from mutagen.wave import WAVE

_HEAD_BYTES = 64
_MOST_S = 10**6


@dataclass(frozen=True, slots=True)
class Heard:
    """An audio file by its own header: the suffix of its name, its length in seconds, its bit rate in kb/s."""

    suffix: str
    duration_s: float
    kbps: int


def look(path: Path, media_type: str = "") -> Heard | None:
    """Look into an audio file; None where it is none.

    Args:
        path: the file.
        media_type: what its feed says that it is: a film stays one.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
            count = stream.seek(0, 2)
    except OSError:
        return None
    for suffix, read in _readers(head):
        try:
            info = read(path).info
        except (MutagenError, OSError, ValueError, KeyError, IndexError, ArithmeticError, TypeError):
            continue
        length = float(getattr(info, "length", 0) or 0)
        if not 0 < length < _MOST_S:
            continue
        if suffix == "mp3" and getattr(info, "sketchy", False):
            continue
        rate = int(getattr(info, "bitrate", 0) or 0) or count * 8 / length
        is_film = suffix == "m4a" and media_type.startswith("video/")
        return Heard("mp4" if is_film else suffix, length, min(10**5, max(1, round(rate / 1000))))
    return None


def _readers(head: bytes) -> list[tuple[str, Callable[[Path], Any]]]:
    """The readers to try, by what the file begins with."""
    if head[4:8] == b"ftyp":
        return [("m4a", MP4)]
    if head.startswith(b"OggS"):
        return [("opus", OggOpus), ("ogg", OggVorbis), ("ogg", OggFLAC)]
    if head.startswith(b"fLaC"):
        return [("flac", FLAC)]
    if head.startswith(b"RIFF") and head[8:12] == b"WAVE":
        return [("wav", WAVE)]
    if head[:2] in (b"\xff\xf1", b"\xff\xf9"):
        return [("aac", AAC)]
    if head.lstrip(b" \r\n\t")[:1] in (b"<", b"{"):
        return []  # a page or an error in the place of the file
    return [("mp3", MP3)]
