"""Subtitles, SubRip (SRT) and WebVTT: each cue is a mark from its first time to its second. Pure."""

from __future__ import annotations

import html
import re

from bobine.air.marks.formats.written import Faults, WrittenMark, clock_seconds, lines_of, one_line

_TIMES = re.compile(r"(?P<start>[\d:.,]{4,40})[ \t]*-->[ \t]*(?P<end>[\d:.,]{4,40})(?:[ \t]+.*)?", re.ASCII)
_TAG = re.compile(r"<[^<>]{0,200}>|\{\\[^{}]{0,100}\}")


def is_subtitles(lines: list[str]) -> bool:
    """Whether one of the lines is ``time --> time``, or the first one says WEBVTT."""
    return bool(lines and lines[0].startswith("WEBVTT")) or any(_TIMES.fullmatch(line) for line in lines)


def parse_subtitles(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read cues; what stands under a line of times, up to an empty line, is the title, without its tags."""
    marks: list[WrittenMark] = []
    lines = [raw.strip() for raw in lines_of(text)]
    at = 0
    while at < len(lines):
        line, at = lines[at], at + 1
        found = _TIMES.fullmatch(line)
        if found is None:
            if "-->" in line and not line.startswith("NOTE"):
                faults.add(at, "", "« heures:minutes:secondes --> heures:minutes:secondes » était attendu.")
            continue
        place, titles = at, []
        while at < len(lines) and lines[at] and "-->" not in lines[at]:
            titles.append(lines[at])
            at += 1
        start, end = clock_seconds(found["start"]), clock_seconds(found["end"])
        if start is None or end is None:
            faults.add(place, f"repère {len(marks) + 1}", "heures:minutes:secondes,millièmes était attendu.")
            continue
        title = one_line(html.unescape(_TAG.sub("", " ".join(titles))))
        marks.append(WrittenMark(len(marks) + 1, place, title, start, end if end != start else None))
    return marks
