"""The cues of a transcript in WebVTT or SRT, as tools really write them. Pure."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from bobine.publish.text import one_line

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3})\d*)?"
_TIMES = re.compile(rf"\s*{_CLOCK}\s*-->\s*{_CLOCK}", re.ASCII)
_VOICE = re.compile(r"<v(?:\.[^ >]*)?\s+([^>]*)>", re.IGNORECASE)
TAG = re.compile(r"</?[a-zA-Z0-9:][^<>]*>|\{\\[^}]*\}")
"""Marks inside the words, of either form, that are not heard."""

LONGEST_VOICE = 128
"""Characters that are kept of the name of a voice."""


class Cue(NamedTuple):
    """Words that are heard from one place of the sound to another, in seconds; ``who`` speaks, where that is told."""

    start_s: float
    end_s: float
    who: str
    text: str


def cues_of(content: bytes) -> list[Cue]:
    """The cues of a transcript, in WebVTT or in SRT; what is none is left out.

    Args:
        content: the file, in UTF-8, in UTF-16 with its mark, or as some tools write SRT in Windows-1252.
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
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
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
        text = one_line(unescape(TAG.sub("", said)), len(said) + 1)
        if text:
            yield Cue(start_s, max(start_s, end_s), one_line(unescape(who), LONGEST_VOICE), text)


def _seconds(groups: Sequence[str | None]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in groups[:3])
    return ((hours * 60 + minutes) * 60_000 + seconds * 1000 + int((groups[3] or "").ljust(3, "0"))) / 1000
