"""The cues of a transcript as WebVTT and as SRT: the same cues give the same bytes. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape

from bobine.publish.chapters import clock
from bobine.publish.transcripts.reading import TAG, Cue

_MARKS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_BRACE = "&#123;\\"
_BEGINS_A_MARK = re.compile(r"<(?=[/a-zA-Z0-9:])")


def webvtt(cues: Iterable[Cue]) -> bytes:
    """A WebVTT file in UTF-8, each cue with the voice that speaks; what is no mark in a text is none in the file.

    Args:
        cues: in any order; seconds.
    """
    blocks = ["WEBVTT", *(f"{_times(cue, '.')}\n{_voice(cue.who)}{_escaped(cue.text)}" for cue in _ordered(cues))]
    return ("\n\n".join(blocks) + "\n").encode()


def subrip(cues: Iterable[Cue]) -> bytes:
    """An SRT file in UTF-8; where another voice begins, its name and a colon stand before the words, as apps expect.

    Args:
        cues: in any order; seconds.
    """
    blocks: list[str] = []
    speaking = ""
    for number, cue in enumerate(_ordered(cues), start=1):
        said = f"{cue.who}: {cue.text}" if cue.who and cue.who != speaking else cue.text
        speaking = cue.who
        blocks.append(f"{number}\n{_times(cue, ',')}\n{_plain(said)}\n")
    return "\n".join(blocks).encode()


def _ordered(cues: Iterable[Cue]) -> Sequence[Cue]:
    return sorted(cues, key=lambda cue: (cue.start_s, cue.end_s))


def _times(cue: Cue, point: str) -> str:
    """The times of a cue, which lasts a millisecond at least."""
    start_ms = round(cue.start_s * 1000)
    end_ms = max(start_ms + 1, round(cue.end_s * 1000))
    return f"{clock(start_ms)} --> {clock(end_ms)}".replace(".", point)


def _voice(who: str) -> str:
    return f"<v {_escaped(who)}>" if who else ""


def _escaped(text: str) -> str:
    return text.translate(_MARKS).replace("{\\", _BRACE)


def _plain(text: str) -> str:
    """Words of an SRT file, which has no escapes: only what would be read as a mark or as times is escaped."""
    if unescape(text) != text:
        text = text.replace("&", "&amp;")
    text = text.replace("-->", "--&gt;")
    if TAG.search(text):
        text = _BEGINS_A_MARK.sub("&lt;", text).replace("{\\", _BRACE)
    return text
