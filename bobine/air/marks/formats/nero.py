"""Chapters of mp4chaps, of Ogg comments and of OGM tools: ``CHAPTER01=00:00:00.000``, ``CHAPTER01NAME=Titre``. Pure."""

from __future__ import annotations

import re

from bobine.air.marks.formats.written import Faults, WrittenMark, clock_seconds, lines_of, one_line

_LINE = re.compile(r"CHAPTER(?P<number>\d{1,4})(?P<name>NAME)?\s*=(?P<value>.*)", re.IGNORECASE | re.ASCII)


def is_nero(lines: list[str]) -> bool:
    """Whether one of the lines gives a chapter's time."""
    return any((found := _LINE.fullmatch(line)) is not None and not found["name"] for line in lines)


def parse_nero(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read pairs of lines; a chapter without a name has no title, other lines are left out."""
    starts: dict[int, tuple[int, str]] = {}
    names: dict[int, str] = {}
    for line, raw in enumerate(lines_of(text), 1):
        found = _LINE.fullmatch(raw.strip())
        if found is None:
            continue
        number = int(found["number"])
        if found["name"]:
            names.setdefault(number, one_line(found["value"]))
        elif number in starts:
            faults.add(line, f"CHAPTER{found['number']}", "ce chapitre est donné deux fois.")
        else:
            starts[number] = line, found["value"].strip()
    marks: list[WrittenMark] = []
    for number, (line, written) in sorted(starts.items()):
        start = clock_seconds(written)
        if start is None:
            faults.add(line, f"repère {number}", "heures:minutes:secondes.millièmes était attendu.")
        else:
            marks.append(WrittenMark(len(marks) + 1, line, names.get(number, ""), start, None))
    return marks
