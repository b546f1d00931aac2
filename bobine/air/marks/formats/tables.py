"""Tables of markers: what Reaper and Adobe Audition export as CSV (with tabs, commas or semicolons). Pure."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from fractions import Fraction

from bobine.air.marks.formats.written import (
    HIGHEST_RATE,
    LONGEST_S,
    Faults,
    WrittenMark,
    clock_seconds,
    lines_of,
    one_line,
    seconds,
    without_notes,
)

_DELIMITERS = "\t,;"
_NAME, _START = {"name", "nom", "title", "titre"}, {"start", "début", "debut"}
_END, _LENGTH = {"end", "fin"}, {"length", "duration", "durée", "duree", "longueur"}
_FORM = {"time format", "format de temps", "format d'heure"}
_MEASURES = re.compile(r"-?\d+\.\d+\.\d+", re.ASCII)
_WHOLE = re.compile(r"\d{1,18}", re.ASCII)
_FRAMES = re.compile(r"(?P<clock>\d[\d:]*):(?P<frames>\d{1,3})", re.ASCII)
_FRAME_RATE = re.compile(r"(?P<rate>\d{1,3}(?:[.,]\d{1,3})?) ?(?:fps|ips)", re.IGNORECASE | re.ASCII)


def is_table(lines: list[str]) -> bool:
    """Whether the first line that is not empty heads a column of names and one of starts."""
    head = next((line for line in lines if line), "")
    return _header(head) is not None


def parse_table(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:
    """Read a row a mark. Whole numbers in a column of times are samples of the recording.

    Frames (``75 fps``) are counted where the row names its rate.
    """
    lines = lines_of(text)
    first = next(at for at, line in enumerate(lines) if line.strip())
    header = _header(lines[first])
    if header is None:
        return []
    delimiter, columns = header
    marks: list[WrittenMark] = []
    for line, raw in enumerate(lines[first + 1 :], first + 2):
        if not raw.strip():
            continue
        cells = next(csv.reader([raw], delimiter=delimiter), [])
        row = {key: cells[at].strip() for key, at in columns.items() if at < len(cells)}
        mark = _mark(len(marks) + 1, line, row, recording_rate)
        if isinstance(mark, str):
            faults.add(line, f"repère {len(marks) + 1}", mark)
        else:
            marks.append(mark)
    return without_notes(marks, faults)


def _header(line: str) -> tuple[str, Mapping[str, int]] | None:
    """The delimiter, and where the columns are; None where the line heads no such table."""
    delimiter = max(_DELIMITERS, key=line.count)
    if len(line) > 2000 or not line.count(delimiter):
        return None
    columns: dict[str, int] = {}
    for at, cell in enumerate(line.split(delimiter)):
        word = cell.strip().strip('"').lower()
        for key, words in (("name", _NAME), ("start", _START), ("end", _END), ("length", _LENGTH), ("form", _FORM)):
            if word in words:
                columns.setdefault(key, at)
    return (delimiter, columns) if {"name", "start"} <= columns.keys() else None


def _mark(number: int, line: int, row: Mapping[str, str], rate: int) -> WrittenMark | str:
    """A row's mark, or what is wrong with it."""
    written = {key: row.get(key, "") for key in ("start", "end", "length")}
    if any(_MEASURES.fullmatch(value) for value in written.values()):
        return "cette position est en mesures : réglez l'affichage sur minutes:secondes, puis exportez à nouveau."
    values = {key: _position(value, row.get("form", ""), rate) for key, value in written.items() if value}
    wrong = [written[key] for key, value in values.items() if value is None]
    start = values.get("start")
    if wrong or start is None:
        return "minutes:secondes, des secondes ou des échantillons étaient attendus."
    end = values.get("end")
    if end is None and (length := values.get("length")):
        end = start + length
    return WrittenMark(number, line, one_line(row.get("name", "")), start, end if end != start else None)


def _position(text: str, form: str, rate: int) -> Fraction | None:
    counted = _FRAME_RATE.fullmatch(form)
    if counted is not None:
        found = _FRAMES.fullmatch(text)
        per_second = Fraction(counted["rate"].replace(",", "."))
        clock = clock_seconds(found["clock"]) if found else None
        return clock + int(found["frames"]) / per_second if found and clock is not None and per_second else None
    if _WHOLE.fullmatch(text):
        at = Fraction(int(text), max(1, min(rate, HIGHEST_RATE)))
        return at if at <= LONGEST_S else None
    return seconds(text) if ":" not in text else clock_seconds(text)
