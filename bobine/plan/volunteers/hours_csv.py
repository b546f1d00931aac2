"""Volunteer hours as a spreadsheet opens them: one row a line, its hours with a decimal comma. Pure.

How the rows are read back stands in ``hours_reading.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from bobine.model.hours import TASKS, HoursLine
from bobine.model.written.hours import decimal_hours
from bobine.plan.sheet.spreadsheet.cells import cells_csv

HEADINGS = {
    "show": "émission du",
    "date": "jour",
    "name": "nom",
    "task": "tâche",
    "duration": "heures",
    "notes": "notes",
    "id": "id",
}
"""The headings of the columns, in their order; ``show`` is the day of the show that a line goes to."""


def write_hours(lines: Iterable[tuple[date | None, HoursLine]]) -> bytes:
    """The CSV file: UTF-8 with a byte-order mark, ``;`` between cells, formulas made harmless.

    Args:
        lines: each after the day of its show; None for what goes to none in particular.
    """
    return cells_csv([tuple(HEADINGS.values()), *(_row(day, line) for day, line in lines)])


def _row(day: date | None, line: HoursLine) -> tuple[str, ...]:
    return (
        _day(day), _day(line.date), line.name, TASKS[line.task], decimal_hours(line.duration), line.notes, line.id,
    )  # fmt: skip


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day is not None else ""
