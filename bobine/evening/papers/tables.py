"""Tables on A4 paper: cells in several lines, the heading of the columns on each page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bobine.plan.paper.page import MARGIN_MM, Face, Paper

HEADING = Face("B", 7.5)
TEXT = Face("", 8)
STRONG = Face("B", 8)
TITLE = Face("B", 11)

_FOOT_MM = 6.0
_PAD_MM = 1.0


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in millimetres, and the face of its cells."""

    heading: str
    width: float
    face: Face = TEXT


def draw_head(paper: Paper, left: str, right: str, title: str, lines: Iterable[str]) -> None:
    """Draw the head of a first page: what it is about, the station, the title and some lines."""
    paper.text(MARGIN_MM, paper.y + 5.5, left, Face("B", 17), 120)
    paper.text_right(paper.right, paper.y + 5.5, right, TITLE)
    paper.text(MARGIN_MM, paper.y + 12, title, TITLE, paper.right - MARGIN_MM)
    paper.y += 14.5
    draw_lines(paper, lines)


def draw_lines(paper: Paper, lines: Iterable[str], face: Face = TEXT) -> None:
    """Draw lines of text, broken where they are too long."""
    for line in (part for text in lines for part in paper.wrap(text, face, paper.right - MARGIN_MM)):
        make_room(paper, paper.leading(face))
        paper.y += paper.leading(face)
        paper.text(MARGIN_MM, paper.y, line, face)
    paper.y += 1.5


def draw_table(paper: Paper, title: str, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> None:
    """Draw a table under its title; as many pages as it takes.

    Args:
        paper: where, from its ``y`` on.
        title: empty for none.
        columns: from the left.
        rows: a text for each column; several lines where it holds line ends or is too long.
    """
    laid = [[_lines(paper, text, column) for text, column in zip(row, columns, strict=True)] for row in rows]
    if not laid:
        return
    if title:
        make_room(paper, paper.mm(22))
        paper.text(MARGIN_MM, paper.y + paper.mm(5), title, TITLE)
        paper.y += paper.mm(7)
    _draw_headings(paper, columns)
    for cells in laid:
        height = paper.leading(TEXT) * max(1, *map(len, cells)) + paper.mm(1.6)
        if make_room(paper, height):
            _draw_headings(paper, columns)
        x = MARGIN_MM
        for lines, column in zip(cells, columns, strict=True):
            for index, line in enumerate(lines, 1):
                paper.text(
                    x + _PAD_MM, paper.y + index * paper.leading(TEXT), line, column.face, column.width - _PAD_MM
                )
            x += column.width
        paper.y += height
        paper.line(MARGIN_MM, paper.y, x, paper.y)
    paper.y += paper.mm(2)


def row_heights(paper: Paper, columns: Sequence[Column], rows: Iterable[Sequence[str]]) -> list[float]:
    """Heights of a table's rows in millimetres; its headings, and what is left free under it, take ``table_room``."""
    laid = ([_lines(paper, text, column) for text, column in zip(row, columns, strict=True)] for row in rows)
    return [paper.leading(TEXT) * max(1, *map(len, cells)) + paper.mm(1.6) for cells in laid]


def table_room(paper: Paper) -> float:
    """The height of a table without a title or rows, in millimetres."""
    return paper.mm(7.6)


def make_room(paper: Paper, height: float) -> bool:
    """Go on to a new page where this one has no such room; whether it did."""
    if paper.y + height <= paper.bottom - _FOOT_MM:
        return False
    paper.add_page()
    return True


def _lines(paper: Paper, text: str, column: Column) -> list[str]:
    room = column.width - 2 * _PAD_MM
    return [line for part in text.split("\n") if part for line in paper.wrap(part, column.face, room)]


def _draw_headings(paper: Paper, columns: Sequence[Column]) -> None:
    right = MARGIN_MM + sum(column.width for column in columns)
    paper.line(MARGIN_MM, paper.y, right, paper.y, 0.4)
    x = MARGIN_MM
    for column in columns:
        paper.text(x + _PAD_MM, paper.y + paper.mm(4), column.heading, HEADING, column.width - _PAD_MM)
        x += column.width
    paper.y += paper.mm(5.6)
    paper.line(MARGIN_MM, paper.y, right, paper.y, 0.4)
