"""Marks in JSON: this project's, in samples, and the chapters of Podcasting 2.0, in seconds. Pure."""

from __future__ import annotations

import math
from fractions import Fraction

from bobine.air.marks.formats.written import (
    HIGHEST_RATE,
    LONGEST_S,
    Faults,
    WrittenMark,
    float_seconds,
    one_line,
    shown_title,
)
from bobine.store.codec.json_text import JsonFault, read_json


def parse_json(text: str, recording_rate: int, faults: Faults) -> list[WrittenMark]:
    """Read ``{"rate": 48000, "items": [{"title", "start", "end"}…]}`` or the bare list, positions in samples.

    A mark's own ``rate`` comes before the object's, and the recording's counts where neither is written. An
    object with ``chapters`` is one of Podcasting 2.0: ``startTime`` and ``endTime`` in seconds.
    """
    try:
        content = read_json(text, distinct=False)
    except JsonFault as error:
        column = f" (colonne {error.column})" if error.column else ""
        faults.add(error.line, "", f"{error}{column} : exportez-le à nouveau.")
        return []
    rate, items = recording_rate, content
    if isinstance(content, dict) and "chapters" in content and "items" not in content:
        return _chapters(content["chapters"], faults)
    if isinstance(content, dict):
        items = content.get("items")
        stated = _whole(content.get("rate", recording_rate))
        if stated is None or not 1 <= stated <= HIGHEST_RATE:
            faults.add(0, "rate", "un nombre entier d'échantillons par seconde était attendu (par exemple 48000).")
        else:
            rate = stated
    if not isinstance(items, list):
        faults.add(0, "items", "une liste de repères était attendue.")
        return []
    marks = (_json_mark(number, item, rate, faults) for number, item in enumerate(items, 1))
    return [mark for mark in marks if mark is not None]


def _chapters(chapters: object, faults: Faults) -> list[WrittenMark]:
    """JSON chapters 1.2: those out of the table of contents (``"toc": false``) change a picture, and are no marks."""
    if not isinstance(chapters, list):
        faults.add(0, "chapters", "une liste de chapitres était attendue.")
        return []
    marks = []
    for number, chapter in enumerate(chapters, 1):
        if isinstance(chapter, dict) and chapter.get("toc") is False:
            continue
        mark = _chapter(number, chapter)
        if mark is None:
            faults.add(0, f"repère {number}", "startTime : un nombre de secondes était attendu (et title : un texte).")
        else:
            marks.append(mark)
    return marks


def _chapter(number: int, chapter: object) -> WrittenMark | None:
    if not isinstance(chapter, dict):
        return None
    title, start, end = chapter.get("title") or "", float_seconds(chapter.get("startTime")), chapter.get("endTime")
    if start is None or not isinstance(title, str) or (end is not None and float_seconds(end) is None):
        return None
    return WrittenMark(number, 0, one_line(title), start, float_seconds(end))


def _json_mark(number: int, item: object, rate: int, faults: Faults) -> WrittenMark | None:
    name = f"repère {number}"
    if not isinstance(item, dict):
        faults.add(0, name, 'un objet avec "title", "start" et "end" était attendu.')
        return None
    title = item.get("title", "")
    if not isinstance(title, str):
        faults.add(0, name, "title : un texte était attendu.")
        return None
    name += f" (« {shown_title(title)} »)" if title.strip() else ""
    values = {key: _whole(item.get(key, rate if key == "rate" else None)) for key in ("start", "end", "rate")}
    wrong = [key for key, value in values.items() if value is None]
    start, end, own_rate = values["start"], values["end"], values["rate"]
    if start is None or end is None or own_rate is None:
        faults.add(0, name, f"{', '.join(wrong)} : un nombre entier d'échantillons était attendu.")
        return None
    if not 1 <= own_rate <= HIGHEST_RATE or max(abs(start), abs(end)) > LONGEST_S * own_rate:
        faults.add(0, name, "rate, start ou end : ce nombre d'échantillons est impossible.")
        return None
    return WrittenMark(number, 0, one_line(title), Fraction(start, own_rate), Fraction(end, own_rate))


def _whole(value: object) -> int | None:
    """A JSON number that stands for a whole one (``12`` or ``12.0``), None for anything else, NaN included."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and not (math.isfinite(value) and value.is_integer()):
        return None
    return int(value)
