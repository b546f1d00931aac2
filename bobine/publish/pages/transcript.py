"""An episode's transcript as text to be read: WebVTT and SRT, as tools really write them, in paragraphs. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from html import unescape
from typing import NamedTuple

from bobine.model.published.release import Release, StoredFile
from bobine.publish.text import one_line

ReadText = Callable[[StoredFile], bytes | None]
"""Gives the content of a small file of a release; None where it is not to be had."""

FORMS = ("text/vtt", "application/srt", "application/x-subrip")
"""The media types of transcripts that can be read, the one that says most first."""

_PARAGRAPH_CHARS = 400
"""Length past which a paragraph ends with its sentence."""

_PAUSE_S = 4.0
"""Silence that ends a paragraph."""

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]*)>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z0-9:][^<>]*>|\{\\[^}]*\}")
_SENTENCE_END = re.compile(r"[.!?…]['\"»” \u00a0\u202f]*$")


class Cue(NamedTuple):
    """Words that are heard from one place of the sound to another, in seconds; ``who`` speaks, where that is told."""

    start_s: float
    end_s: float
    who: str
    text: str


class Paragraph(NamedTuple):
    """Words that are read together; ``second``, whole and rounded down, is where they begin."""

    second: int
    who: str
    text: str


def file_of(release: Release) -> StoredFile | None:
    """The form of a release's transcript that a page is made from; None where there is none that can be read."""
    if release.withdrawn is not None:
        return None
    found = {file.media_type: file for file in reversed(release.transcripts)}
    return next((found[form] for form in FORMS if form in found), None)


def paragraphs_of(content: bytes) -> list[Paragraph]:
    """A transcript in paragraphs; none where it is not one."""
    return list(_gathered(sorted(cues_of(content), key=lambda cue: cue.start_s)))


def cues_of(content: bytes) -> list[Cue]:
    """The cues of a transcript, in WebVTT or in SRT; what is none is left out.

    Args:
        content: the file, in UTF-8, or as some tools write SRT in Windows-1252.
    """
    lines = _decoded(content).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    found: list[Cue] = []
    times: re.Match[str] | None = None
    words: list[str] = []
    for line in [*lines, ""]:
        start = _TIMES.match(line)
        if start is None and line.strip():
            words.append(line)
            continue
        if times is not None:
            found += _cues(times, words[:-1] if start and words and words[-1].strip().isdigit() else words)
        times, words = start, []
    return found


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _cues(times: re.Match[str], lines: Sequence[str]) -> Iterator[Cue]:
    """The cue of some lines, or one for each voice in it."""
    start_s, end_s = _seconds(times.groups()[:4]), _seconds(times.groups()[4:])
    pieces = _VOICE.split(" ".join(lines))
    voices = [("", pieces[0]), *zip(pieces[1::2], pieces[2::2], strict=True)]
    for who, said in voices:
        text = one_line(unescape(_TAG.sub("", said)), len(said) + 1)
        if text:
            yield Cue(start_s, max(start_s, end_s), one_line(unescape(who), 128), text)


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in groups[:3])
    return hours * 3600 + minutes * 60 + seconds + int((groups[3] or "0").ljust(3, "0")) / 1000


def _gathered(cues: Sequence[Cue]) -> Iterator[Paragraph]:
    """The cues in paragraphs: a new voice, a pause, or the end of a sentence when there is enough begins another."""
    told: list[Cue] = []
    length = 0
    for cue in cues:
        if told and (
            cue.who != told[-1].who
            or cue.start_s - told[-1].end_s > _PAUSE_S
            or (length > _PARAGRAPH_CHARS and _SENTENCE_END.search(told[-1].text))
        ):
            yield _paragraph(told)
            told, length = [], 0
        told.append(cue)
        length += len(cue.text)
    if told:
        yield _paragraph(told)


def _paragraph(cues: Sequence[Cue]) -> Paragraph:
    return Paragraph(int(cues[0].start_s), cues[0].who, " ".join(cue.text for cue in cues))
