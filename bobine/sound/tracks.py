"""The tracks of a file, as ffmpeg's log names them when it opens it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_FORM = re.compile(r"^Input #0, (.+), from ", re.MULTILINE)
_DURATION = re.compile(r"^  Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", re.MULTILINE)
_ESTIMATED = "Estimating duration from bitrate"
_STREAM = re.compile(r"^  Stream #0:\d+(?:\[[^\]]*\])?(?:\((\w+)\))?: (\w+): (.*)$")
_FIELD = re.compile(r"^      (\w+)\s*: (.*)$")
_SOUND = re.compile(r"^(\w+).*?, \d+ Hz, ([^,]+)")
_CHAPTER = re.compile(r"^ +Chapter #", re.MULTILINE)
_LONG = re.compile(r"^(\d+):(\d\d):(\d\d(?:\.\d+)?)")
_MEANINGLESS = re.compile(r"(?i)^(sound ?handler|core media audio|.*sound media handler.*|)$")
_SAME_FOR_ALL = ("und", "")


@dataclass(frozen=True, slots=True)
class Track:
    """One sound track of a file.

    Attributes:
        codec: ffmpeg's name of its coding.
        layout: ffmpeg's name of its channel layout, such as ``5.1`` or ``6 channels``.
        language: its ISO 639 code; empty where it has none.
        title: its title, or what its handler is called; empty where it has none.
        declared_s: its own length as the file tells it, seconds; None where it does not.
    """

    codec: str
    layout: str
    language: str = ""
    title: str = ""
    declared_s: float | None = None

    @property
    def name(self) -> str:
        """The name that a user may know the track by; empty where it has neither title nor language."""
        return " ".join(part for part in (self.title, f"({self.language})" if self.language else "") if part)


@dataclass(frozen=True, slots=True)
class Listing:
    """The tracks of a file, and what else it declares.

    Attributes:
        form: ffmpeg's names of the container, separated by commas.
        tracks: its sound tracks.
        has_picture: whether there is a moving picture.
        declared_s: length of the whole file as it tells it, seconds; None where it does not.
        may_have_chapters: whether nothing shows that it has no chapters.
    """

    form: str
    tracks: tuple[Track, ...]
    has_picture: bool
    declared_s: float | None
    may_have_chapters: bool = True


def read_listing(log: str) -> Listing:
    """Read what ffmpeg printed at level "info" of the one file it opened."""
    form = _FORM.search(log)
    opened = log[form.start() :] if form else ""
    opened = re.split(r"^(?:Stream mapping|Output #0)", opened, maxsplit=1, flags=re.MULTILINE)[0]
    tracks: list[Track] = []
    picture = False
    sound = False
    for line in opened.splitlines():
        stream = _STREAM.match(line)
        if stream:
            language, kind, rest = stream.groups()
            sound = kind == "Audio"
            picture = picture or (kind == "Video" and "(attached pic)" not in rest)
            if sound:
                found = _SOUND.match(rest)
                spoken = "" if language in (None, *_SAME_FOR_ALL) else str(language)
                tracks.append(Track(found[1] if found else "", found[2].strip() if found else "", spoken))
        elif sound and (field := _FIELD.match(line)):
            tracks[-1] = _with_field(tracks[-1], field[1].lower(), field[2].strip())
    length = None if _ESTIMATED in log else _DURATION.search(opened)
    declared_s = _seconds(length) if length else None
    has_chapters = form is None or _CHAPTER.search(opened) is not None
    return Listing(form[1] if form else "", tuple(tracks), picture, declared_s, has_chapters)


def _with_field(track: Track, key: str, value: str) -> Track:
    if key == "title" or (key == "handler_name" and not track.title and not _MEANINGLESS.match(value)):
        return replace(track, title=value[:60])
    if key == "duration" and (length := _LONG.match(value)):
        return replace(track, declared_s=_seconds(length))
    return track


def _seconds(found: re.Match[str]) -> float:
    return int(found[1]) * 3600 + int(found[2]) * 60 + float(found[3])
