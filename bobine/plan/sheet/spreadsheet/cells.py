"""Cells as a CSV file, and back: separators, line ends, and cells that no spreadsheet runs. Pure.

French spreadsheets want ``;`` between cells and a byte-order mark. Others split at ``,`` or at tabs, and know nothing
of the quotes that stand in the middle of what they take for a cell: so what would be run after any separator or line
end, inside a cell too, gets an apostrophe before it, which is taken off when the file is read back.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator

_RUN = frozenset("=+-@\t\r＝＋－＠")
"""Characters that a spreadsheet takes for the beginning of a formula."""

_SEPARATORS = ";,\t|"
_CUTS = frozenset(f"{_SEPARATORS}\r\n")
"""Characters that begin another cell, in one spreadsheet or another."""

_GUARD = "'"
_ANNOUNCED = re.compile(r'"?sep=(.)"?[ ;,\t]*(\r\n|\r|\n|$)', re.IGNORECASE)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


class CellsError(ValueError):
    """The text is not CSV from some line on.

    Attributes:
        line: where the row begins that cannot be read, from 1.
    """

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"not CSV from line {line} on")


def cells_csv(rows: Iterable[Iterable[str]]) -> bytes:
    """Rows of cells as a CSV file that French spreadsheets open; no spreadsheet runs any of them as a formula."""
    lines = _Lines()
    writer = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    for row in rows:
        writer.writerow([guarded(cell) for cell in row])
    return "".join(lines).encode("utf-8-sig")


class _Lines(list[str]):
    """A list that the standard library's CSV writer can write to."""

    def write(self, text: str) -> None:
        """Keep a line."""
        self.append(text)


def guarded(cell: str) -> str:
    """A cell that no spreadsheet runs, whatever it takes for a separator."""
    return "".join(_GUARD + char if runs else char for _, char, runs in _scan(cell))


def unguarded(cell: str) -> str:
    """The cell before ``guarded``: each apostrophe that stands right before what would run is taken off."""
    before = {place - 1 for place, _, runs in _scan(cell) if runs}
    return "".join(char for place, char in enumerate(cell) if not (place in before and char == _GUARD))


def _scan(cell: str) -> Iterator[tuple[int, str, bool]]:
    """Each character with its place, and whether it would be run: it begins a cell, but for spaces and quotes."""
    begins = True
    for place, char in enumerate(cell):
        runs = begins and char in _RUN
        yield place, char, runs
        transparent = char in "'\"" or char.isspace() or unicodedata.category(char) == "Cf"
        begins = char in _CUTS or (begins and not runs and transparent)


def read_cells(text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and for each further line that is not empty its number in the file (from 1) and its cells.

    The cells are separated as a first line ``sep=;`` says, or else as the headings are: by ``;``, by ``,`` or by tabs.
    Lines end as Windows, Unix or old Macs end them.

    Raises:
        CellsError: if the text is not CSV.
    """
    announced = _ANNOUNCED.match(text)
    lines = _LINE.findall(text[announced.end() :] if announced else text)
    number = above = 1 if announced else 0
    first = re.sub('"[^"]*("|$)', "", next((line for line in lines if line.strip()), ""))
    separator = announced[1] if announced else max(_SEPARATORS[:3], key=first.count)
    rows: list[tuple[int, list[str]]] = []
    try:
        reader = csv.reader(lines, delimiter=separator, strict=True)
        number += 1
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append((number, [unguarded(cell) for cell in cells]))
            number = above + reader.line_num + 1
    except (csv.Error, ValueError, TypeError) as error:
        raise CellsError(number) from error
    return (rows[0][1], rows[1:]) if rows else ([], [])
