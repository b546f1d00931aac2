"""The rundown as a spreadsheet opens it: the columns, and the file. Pure.

What stands in a cell is in ``cell_forms``; how cells become a file, and a file cells, is in ``cells``; the strict check
of what is read back in ``plan/files/csv_reading.py``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bobine.model.fields.field import Field, FieldType
from bobine.model.fields.item import ITEM
from bobine.plan.sheet.content import Row, Sheet
from bobine.plan.sheet.spreadsheet.cell_forms import WORK_PARTS, write_cell
from bobine.plan.sheet.spreadsheet.cells import cells_csv


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file.

    Attributes:
        heading: in French, on the first line.
        place: the columns stand in this order.
        field: the item's; None for what is worked out, and not read back.
        write: the cell's text.
        former: headings that it had in older versions.
    """

    heading: str
    place: int
    field: Field | None
    write: Callable[[Row], str]
    former: tuple[str, ...] = ()


def _column(field: Field) -> Column | None:
    if field.cell is None:
        return None
    heading = field.cell.heading
    if field.holds is FieldType.WORKS:
        heading += f" ({' | '.join(part.cell.heading for part in WORK_PARTS if part.cell)})"
    return Column(
        heading,
        field.cell.place,
        field,
        lambda row: write_cell(field, getattr(row.item, field.name)),
        field.cell.former,
    )


_WORKED_OUT = (
    Column("n°", 10, None, lambda row: "" if row.number is None else str(row.number)),
    Column("heure", 20, None, lambda row: row.hour),
    Column("à rebours", 40, None, lambda row: row.back_hour),
)

COLUMNS = tuple(
    sorted(
        (*_WORKED_OUT, *(column for field in ITEM.values() if (column := _column(field)) is not None)),
        key=lambda column: column.place,
    )
)
"""The columns, those of the studio's paper first."""


def write_csv(sheet: Sheet) -> bytes:
    """The rundown as a CSV file: UTF-8 with a byte-order mark, ``;`` between cells, one row an item, standbys too."""
    rows = [[column.write(row) for column in COLUMNS] for row in sheet.plan]
    return cells_csv([[column.heading for column in COLUMNS], *rows])
