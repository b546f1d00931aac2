"""The rundown as a spreadsheet opens it: the columns, and what is written in their cells. Pure.

How cells become a file, and a file cells, is in ``cells``; the strict check of what is read back in ``csv_reading``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from bobine.model.episode import Objective, PodcastRights, Work, WorkUse
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import KINDS
from bobine.plan.sheet.content import Row, Sheet
from bobine.plan.sheet.spreadsheet.cells import cells_csv

WORK_FIELDS = ("title", "author", "composer", "performer", "label", "isrc", "duration", "use")
"""Fields of a work in its cell, in this order, between bars."""

RIGHTS_WORDS = {PodcastRights.CLEARED: "oui", PodcastRights.CUT: "non", PodcastRights.UNKNOWN: "inconnu"}
"""Whether the item's music may be in the podcast."""

OBJECTIVE_WORDS = {
    Objective.VOICES: "parole à tous",
    Objective.INITIATIVES: "initiatives locales",
    Objective.EDUCATION: "éducation populaire",
    Objective.ACCESSIBLE: "accessible à tous",
}
"""The editorial objectives."""

USE_WORDS = {WorkUse.FULL: "disque", WorkUse.BED: "tapis", WorkUse.THEME: "générique", WorkUse.LIVE: "live"}
"""Words for the use of a work."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    Attributes:
        heading: in French, on the first line.
        key: the item's field; empty for what is worked out, and not read back.
        write: the cell's text from the item's field (or from the row, where there is no field).
    """

    heading: str
    key: str
    write: Callable[[Any], str]


def _text(value: str | None) -> str:
    return value or ""


def _length(value: timedelta | None) -> str:
    return "" if value is None else format_duration(value)


def _whole(value: int | None) -> str:
    return "" if value is None else str(value)


def _clock(value: time | None) -> str:
    return "" if value is None else f"{value:%H:%M:%S}"


def _yes(value: bool | None) -> str:
    return "oui" if value else ""


def _yes_or_no(value: bool | None) -> str:
    return "" if value is None else ("oui" if value else "non")


def _rights(value: PodcastRights | None) -> str:
    return "" if value is None else RIGHTS_WORDS[value]


def _works(works: Iterable[Work]) -> str:
    return "\n".join(join([_work_cell(work, field) for field in WORK_FIELDS], "|") for work in works)


def _work_cell(work: Work, field: str) -> str:
    value = getattr(work, field)
    if isinstance(value, WorkUse):
        return USE_WORDS[value]
    return _length(value) if isinstance(value, timedelta) else _text(value)


def join(parts: Iterable[str], separator: str) -> str:
    """Parts in one cell; a separator inside of a part is written after a backslash."""
    escaped = (re.sub(rf"([\\{separator}])", r"\\\1", part) for part in parts)
    return f" {separator} ".join(escaped) if separator == "|" else f"{separator} ".join(escaped)


def split(cell: str, separator: str) -> list[str]:
    """The parts that ``join`` put together, without the spaces around them."""
    parts = [""]
    for piece in re.findall(rf"\\.|[^\\{separator}]+|[\\{separator}]", cell):
        if piece == separator:
            parts.append("")
        else:
            parts[-1] += piece[1:] if len(piece) == 2 and piece[0] == "\\" else piece
    return [part.strip() for part in parts]


COLUMNS = (
    Column("n°", "", lambda row: _whole(row.number)),
    Column("heure", "", lambda row: row.hour),
    Column("durée", "duration", _length),
    Column("à rebours", "", lambda row: row.back_hour),
    Column("élément", "title", _text),
    Column("genre", "kind", lambda kind: KINDS[kind]),
    Column("personnes", "people", lambda people: join(people, ",")),
    Column("micros", "mics", lambda mics: join(mics, ",")),
    Column("source", "source", _text),
    Column("in", "in_cue", _text),
    Column("out", "out_cue", _text),
    Column("tapis", "bed", _text),
    Column("notes", "notes", _text),
    Column("coupable", "droppable", _yes),
    Column("secours", "standby", _yes),
    Column("heure fixe", "fixed_start", _clock),
    Column("durée min", "min", _length),
    Column("durée max", "max", _length),
    Column("chronique", "chronique", _text),
    Column("n° d'épisode", "instalment", _whole),
    Column("podcast", "podcast", _rights),
    Column("chapitre", "chapter", _yes_or_no),
    Column("parole politique", "political", _yes),
    Column("voix rapprochées", "leveling", _yes_or_no),
    Column("ronflement retiré", "remove_hum", _yes),
    Column("objectifs", "objectives", lambda found: join((OBJECTIVE_WORDS[objective] for objective in found), ",")),
    Column("fichier", "file", _text),
    Column("œuvres (titre | auteur | composition | interprétation | label | ISRC | durée | usage)", "works", _works),
    Column("id", "id", _text),
)
"""The columns, those of the studio's paper first."""


def write_csv(sheet: Sheet) -> bytes:
    """The rundown as a CSV file: UTF-8 with a byte-order mark, ``;`` between cells, one row an item, standbys too."""
    rows = [[_cell(column, row) for column in COLUMNS] for row in sheet.plan]
    return cells_csv([[column.heading for column in COLUMNS], *rows])


def _cell(column: Column, row: Row) -> str:
    return column.write(getattr(row.item, column.key) if column.key else row)
