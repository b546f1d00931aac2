"""The « conducteur réalisé » in cells, for a terminal and for spreadsheets, and as plain values for scripts. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bobine.model.episode_day import plain_day
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import KINDS, gap_sign
from bobine.plan.realised.content import Realised, RealMark, RealRow
from bobine.plan.sheet.spreadsheet.cells import cells_csv

HEADINGS = ("n°", "heure prévue", "heure réelle", "fin réelle", "écart", "durée prévue", "durée réelle", "élément",
            "genre", "personnes", "source", "remarques", "id")  # fmt: skip
"""The columns of the spreadsheet."""


def cells(row: RealRow) -> tuple[str, ...]:
    """A row's texts, in the order of ``HEADINGS``; empty where there is nothing to say."""
    return (
        "" if row.number is None else str(row.number),
        _hour(row.planned_start),
        _hour(row.start),
        _hour(row.end),
        "" if row.shift is None else gap_sign(row.shift),
        "" if row.planned is None else format_duration(row.planned),
        "" if row.length is None else format_duration(row.length),
        row.item.title,
        KINDS[row.item.kind],
        ", ".join(row.people),
        row.item.source or " ".join(row.item.mics),
        ", ".join(row.remarks),
        row.item.id,
    )


def realised_csv(sheet: Realised) -> bytes:
    """The rundown as a CSV file, as ``sheet.csv`` writes them: what was aired, what was not, then what was said."""
    rows = [HEADINGS, *(_spelt(row) for row in (*sheet.rows, *sheet.left_out))]
    blank = ("",) * len(HEADINGS)
    said = [_line("temps de parole", name, format_duration(total)) for name, total in sheet.speech]
    said += [_line("repère", mark.words, _hour(mark.at)) for mark in sheet.marks]
    said += [_line("note", text, _hour(at)) for at, text in sheet.notes]
    return cells_csv([*rows, *([blank, *said] if said else [])])


def _spelt(row: RealRow) -> tuple[str, ...]:
    """The cells with the shift in words: a sign in front of it would be a formula."""
    found, shift = list(cells(row)), row.shift
    if shift is not None:
        word = "retard" if shift > timedelta() else "avance"
        found[HEADINGS.index("écart")] = f"{word} {format_duration(abs(shift))}" if shift else "à l'heure"
    return tuple(found)


def _line(kind: str, text: str, figure: str) -> tuple[str, ...]:
    """A line that is no item: a spoken time stands below the real lengths, an hour below the real hours."""
    at = "durée réelle" if kind == "temps de parole" else "heure réelle"
    values = {"élément": text, "genre": kind, at: figure}
    return tuple(values.get(heading, "") for heading in HEADINGS)


def realised_json(sheet: Realised) -> dict[str, Any]:
    """The rundown as an object: instants in ISO 8601 with their offset, durations in seconds."""
    return {
        "episode": sheet.reference,
        "show": sheet.show,
        "title": sheet.title,
        "date": plain_day(sheet.date).isoformat(),
        "slot": {"start": sheet.slot_start.isoformat(), "end": sheet.slot_end.isoformat()},
        "ended": _instant(sheet.ended),
        "items": [_row(row) for row in sheet.rows],
        "left_out": [_row(row) for row in sheet.left_out],
        "speech": [{"name": name, "total_s": total.total_seconds()} for name, total in sheet.speech],
        "marks": [_mark(mark) for mark in sheet.marks],
        "notes": [{"at": _instant(at), "text": text} for at, text in sheet.notes],
        "remark": sheet.remark,
    }


def _row(row: RealRow) -> dict[str, Any]:
    return {
        "n": row.number,
        "id": row.item.id,
        "title": row.item.title,
        "kind": row.item.kind.value,
        "planned_start": _instant(row.planned_start),
        "planned_s": _seconds(row.planned),
        "start": _instant(row.start),
        "end": _instant(row.end),
        "real_s": _seconds(row.length),
        "shift_s": _seconds(row.shift),
        "people": list(row.item.people),
        "remarks": list(row.remarks),
        "lost_s": _seconds(row.lost),
    }


def _mark(mark: RealMark) -> dict[str, Any]:
    return {
        "at": _instant(mark.at),
        "text": mark.text,
        "item": mark.item.id if mark.item is not None else None,
        "file": mark.file,
        "position_s": None if mark.position_s is None else round(mark.position_s, 3),
    }


def _hour(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%H:%M:%S}"


def _instant(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else round(duration.total_seconds(), 3)
