"""Lines of a time and a title, as they stand in descriptions (``0:00 Titre``, ``[01:02:03] Titre``) and notes. Pure."""

from __future__ import annotations

import re
from fractions import Fraction

from bobine.air.marks.formats.written import Faults, WrittenMark, clock_seconds, lines_of, one_line

_TIME = r"\d{1,6}:\d\d?(?::\d\d?)?(?:[.,]\d{1,12})?|\d{1,6}['’′]\d\d(?:[\"”″]|'')?"
_BULLET = r"(?:[^\w\s(\[]{1,3}\s*|\d{1,3}[.)]\s+)?"
_LED = re.compile(
    rf"{_BULLET}[(\[]?(?P<start>{_TIME})[)\]]?(?:\s*(?:-->|[-–—→à])\s*[(\[]?(?P<end>{_TIME})[)\]]?)?"
    r"(?:(?:\s*[-–—:|=>)]\s*|\s+)(?P<title>\S.*)?)?",
    re.ASCII,
)
_TRAILED = re.compile(
    rf"{_BULLET}(?P<title>\S.*?)(?:\s*[-–—:|=>(\[]\s*|\s+)(?P<start>{_TIME})[)\]]?(?P<end>(?!))?", re.ASCII
)
_LONGEST_LINE = 500


def is_clock_lines(lines: list[str]) -> bool:
    """Whether a line begins with a time, or at least two lines end with one."""
    return _form(lines) is not None


def parse_clock_lines(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read lines of a time (``M:SS``, ``H:MM:SS``, ``M'SS``, with a fraction or without), and a title.

    A mark runs to the next one, unless its line gives two times. Where no line begins with a time, those that end with
    one count. Lines without a time are left out, with a word: they are the text of a description.
    """
    lines = [one_line(line) for line in lines_of(text)]
    form = _form(lines)
    marks: list[WrittenMark] = []
    others = 0
    for line, written in enumerate(lines, 1):
        if not written:
            continue
        found = form.fullmatch(written) if form is not None and len(written) <= _LONGEST_LINE else None
        if found is None:
            others += 1
            continue
        start, end = _position(found["start"]), _position(found["end"]) if found["end"] else None
        if start is None or (found["end"] and end is None):
            faults.add(line, f"repère {len(marks) + 1}", "minutes:secondes ou heures:minutes:secondes était attendu.")
            continue
        marks.append(WrittenMark(len(marks) + 1, line, found["title"] or "", start, end))
    if others:
        lines_left = (
            "1 ligne sans heure a été laissée" if others == 1 else f"{others} lignes sans heure ont été laissées"
        )
        faults.notes.append(f"{lines_left} de côté dans le fichier de repères.")
    return marks


def _form(lines: list[str]) -> re.Pattern[str] | None:
    # white space in a row would have a search start again at each of its places
    short = [one_line(line) for line in lines if 0 < len(line) <= _LONGEST_LINE]
    if any(_LED.fullmatch(line) for line in short):
        return _LED
    return _TRAILED if sum(_TRAILED.fullmatch(line) is not None for line in short) >= 2 else None


def _position(text: str) -> Fraction | None:
    return clock_seconds(re.sub(r"['’′]", ":", text.rstrip("\"”″'")))
