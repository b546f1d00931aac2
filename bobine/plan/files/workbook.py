"""The cells of an Excel workbook (.xlsx), as a CSV file would have them; nothing of it is run or fetched."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

from bobine.plan.sheet.spreadsheet.cells import unguarded

MOST_BYTES = 48_000_000
"""Size of a workbook once unpacked, bytes, at most: a rundown's is a thousand times smaller."""

MOST_ROWS, MOST_COLUMNS = 2000, 200
"""Rows and columns that are read."""

_MOST_PARTS = 1000
_LAST_ROW = 1_048_576  # of a sheet, in Excel


class WorkbookFault(ValueError):
    """The reason why a workbook cannot be read, in French, without a full stop."""


def read_workbook(
    content: bytes, is_heading_line: Callable[[str], bool]
) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings of a workbook's rundown, and for each further row its number and its cells, in text.

    The sheet is the first whose first row names columns that are known; else the first of all.

    Args:
        content: the whole file.
        is_heading_line: whether a row's text names columns that are known.

    Raises:
        WorkbookFault: if it is damaged, too large, or holds what no spreadsheet writes.
    """
    from openpyxl import load_workbook

    try:
        _check(content)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of the styles and extensions that are not read
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                sheets = [list(_rows(sheet)) for sheet in book.worksheets]
            finally:
                book.close()
    except WorkbookFault:
        raise
    except Exception as error:
        raise WorkbookFault(
            "ce classeur Excel est abîmé et ne peut pas être lu : ouvrez-le et enregistrez-le de nouveau"
        ) from error
    filled = [rows for rows in sheets if rows]
    named = (rows for rows in filled if is_heading_line(";".join(rows[0][1])))
    chosen = next(named, filled[0] if filled else [])
    return (chosen[0][1], chosen[1:]) if chosen else ([], [])


def _check(content: bytes) -> None:
    """Refuse what would fill the memory: a bomb of zeros, of parts or of entities."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > MOST_BYTES:
            raise WorkbookFault(
                "ce classeur Excel est trop grand pour un conducteur : gardez-en une feuille, sans images"
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                text = archive.read(part).replace(b"\0", b"")
                if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                    raise WorkbookFault("ce classeur contient des définitions XML qu'aucun tableur n'écrit")


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, with their numbers; as far as they go, whatever the file says of its own size."""
    sheet.reset_dimensions()
    count, nothing = 0, None
    for number, values in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True), 1):
        if number > _LAST_ROW:
            raise WorkbookFault(f"ce classeur a une ligne au-delà de la {_LAST_ROW}e : il est abîmé")
        if values is nothing:
            continue
        cells = _texts(values)
        if not cells:
            nothing = values
            continue
        count += 1
        if count > MOST_ROWS:
            raise WorkbookFault(f"ce classeur a plus de {MOST_ROWS} lignes : un conducteur n'en a pas tant")
        yield number, cells


def _texts(values: Iterable[Any]) -> list[str]:
    """A row's cells without the empty ones at its end; nothing where all are."""
    cells = [unguarded(_text(value)) for value in values]
    while cells and not cells[-1].strip():
        cells.pop()
    return cells


def _text(value: Any) -> str:
    """A cell's value as a French CSV file has it."""
    match value:
        case None:
            return ""
        case bool():
            return "oui" if value else "non"
        case float() if value.is_integer():
            return str(int(value))
        case time():
            return f"{value:%H:%M:%S}"
        case datetime():
            return f"{value:%d/%m/%Y %H:%M:%S}"
        case timedelta():
            minutes, seconds = divmod(round(value.total_seconds()), 60)
            return f"{minutes // 60:02d}:{minutes % 60:02d}:{seconds:02d}"
        case _:
            return str(value).replace("\r\n", "\n").replace("_x000D_\n", "\n")
