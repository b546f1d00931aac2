"""Chapters as ffmpeg writes them out (``;FFMETADATA1``): how those inside a sound file are read. Pure."""

from __future__ import annotations

import re
from fractions import Fraction

from bobine.air.marks.formats.written import LONGEST_S, Faults, WrittenMark, lines_of, one_line

HEADER = ";FFMETADATA"
"""First line of such a text."""

_TIMEBASE = re.compile(r"(\d{1,12})/(\d{1,12})", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,19}", re.ASCII)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_DEFAULT_UNIT = Fraction(1, 1_000_000_000)


def parse_ffmetadata(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:  # noqa: ARG001
    """Read the ``[CHAPTER]`` sections; all else in the text (titles, artists…) is left out."""
    marks: list[WrittenMark] = []
    for line, fields in _sections(text):
        mark = _mark(len(marks) + 1, line, fields)
        if mark is None:
            faults.add(
                line, f"repère {len(marks) + 1}", "TIMEBASE, START et END : des nombres possibles étaient attendus."
            )
        else:
            marks.append(mark)
    return marks


def _sections(text: str) -> list[tuple[int, dict[str, str]]]:
    found: list[tuple[int, dict[str, str]]] = []
    fields: dict[str, str] | None = None
    # a line end after a backslash belongs to the value
    whole = re.sub(r"\\\r?\n", " ", text)
    for line, written in enumerate(lines_of(whole), 1):
        if written.startswith("["):
            fields = {} if written.strip().upper() == "[CHAPTER]" else None
            if fields is not None:
                found.append((line, fields))
        elif fields is not None and not written.startswith((";", "#")):
            key, _, value = written.partition("=")
            fields.setdefault(key.strip().lower(), _ESCAPED.sub(r"\1", value))
    return found


def _mark(number: int, line: int, fields: dict[str, str]) -> WrittenMark | None:
    unit = _DEFAULT_UNIT
    if "timebase" in fields:
        base = _TIMEBASE.fullmatch(fields["timebase"].strip())
        if base is None or not int(base[1]) or not int(base[2]):
            return None
        unit = Fraction(int(base[1]), int(base[2]))
    values = [fields.get(key, "").strip() for key in ("start", "end")]
    if not all(_WHOLE.fullmatch(value) for value in values):
        return None
    start, end = (int(value) * unit for value in values)
    if max(abs(start), abs(end)) > LONGEST_S:
        return None
    # an encoder's delay may put the first chapter just before the sound
    start = max(start, Fraction(0)) if start > -1 else start
    return WrittenMark(number, line, one_line(fields.get("title", "")), start, end if end > start else None)
