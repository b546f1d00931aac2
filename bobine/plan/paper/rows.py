"""The rows of the printed rundown: where the columns stand, and what is drawn in each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bobine.model.episode import Item
from bobine.model.fields.field import Said
from bobine.plan.fields.said import said
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.plan.sheet.content import Group, Row

_HOUR = Face("B", 10)
_FIGURE = Face("", 9.5)
_TITLE = Face("B", 9.5)
_TEXT = Face("", 7.6)
_SMALL = Face("", 7.2)
_CUE = Face("I", 7.2)
_ALERT = Face("B", 7.2)
_MICS = Face("B", 8)
_HEADING = Face("B", 7.5)

_PAD_MM = 1.2
_LEAST_MM = 7.4
_LONGEST_LINES = 14


@dataclass(frozen=True, slots=True)
class _Column:
    """A column: its heading, its left edge and its width, in millimetres from the margin."""

    heading: str
    left: float
    width: float


_NUMBER = _Column("N°", 0, 6.5)
_START = _Column("Heure", 6.5, 16.5)
_LENGTH = _Column("Durée", 23, 11)
_BACK = _Column("À rebours", 34, 16)
_ITEM = _Column("Élément", 50, 58)
_PEOPLE = _Column("Personnes", 108, 28)
_SOURCE = _Column("Son", 136, 14.5)
_REAL = _Column("Réel", 150.5, 15.5)
_HAND = _Column("Notes", 166, 24)
_COLUMNS = (_NUMBER, _START, _LENGTH, _BACK, _ITEM, _PEOPLE, _SOURCE, _REAL, _HAND)
_RIGHT_SIDE = (_NUMBER, _LENGTH)


@dataclass(frozen=True, slots=True)
class LaidRow:
    """A row broken into lines, and the height that it needs, in millimetres."""

    row: Row
    item: tuple[tuple[Face, str], ...]
    people: tuple[tuple[Face, str], ...]
    source: tuple[tuple[Face, str], ...]
    height: float


def lay_out(paper: Paper, rows: Iterable[Row]) -> list[LaidRow]:
    """Break the texts of rows into lines that fit their columns."""
    return [_laid(paper, row) for row in rows]


def draw_head(paper: Paper) -> None:
    """Draw the heading of the columns, between two lines."""
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)
    baseline = paper.y + paper.mm(4)
    for column in _COLUMNS:
        _put(paper, column, baseline, column.heading, _HEADING)
    paper.y += paper.mm(5.6)
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)


def draw_section(paper: Paper, title: str) -> None:
    """Draw a title across the columns."""
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)
    paper.text(MARGIN_MM + _PAD_MM, paper.y + paper.mm(3.7), title, _HEADING)
    paper.y += paper.mm(5)


def draw_row(paper: Paper, laid: LaidRow, height: float) -> None:
    """Draw one row, ``height`` millimetres high, and the blank columns to its right."""
    row, top = laid.row, paper.y
    paper.line(MARGIN_MM, top, paper.right, top)
    baseline = top + paper.mm(4.3)
    _put(paper, _NUMBER, baseline, "" if row.number is None else str(row.number), _HOUR)
    _put(paper, _START, baseline, row.hour, _HOUR)
    _put(paper, _LENGTH, baseline, row.duration, _FIGURE)
    _put(paper, _BACK, baseline, row.back_hour, _FIGURE)
    for column, lines in ((_ITEM, laid.item), (_PEOPLE, laid.people), (_SOURCE, laid.source)):
        at = baseline
        for index, (face, line) in enumerate(lines):
            at += paper.leading(face) if index else 0
            paper.text(MARGIN_MM + column.left + _PAD_MM, at, line, face)
    for column in (_REAL, _HAND):
        paper.line(MARGIN_MM + column.left, top, MARGIN_MM + column.left, top + height)
    paper.y += height


def _put(paper: Paper, column: _Column, baseline: float, text: str, face: Face) -> None:
    if column in _RIGHT_SIDE:
        paper.text_right(MARGIN_MM + column.left + column.width - _PAD_MM, baseline, text, face)
    else:
        paper.text(MARGIN_MM + column.left + _PAD_MM, baseline, text, face, column.width)


def _laid(paper: Paper, row: Row) -> LaidRow:
    item = _lines(paper, _ITEM, _item_texts(paper, row))
    people = _lines(paper, _PEOPLE, [(_TEXT, _unbroken(group)) for group in row.people])
    source = _lines(paper, _SOURCE, [(_MICS if index == 0 else _TEXT, text) for index, text in enumerate(_sound(row))])
    deepest = max(_depth(paper, lines) for lines in (item, people, source))
    return LaidRow(row, item, people, source, max(paper.mm(_LEAST_MM), paper.mm(4.3) + deepest + paper.mm(1.5)))


def _unbroken(group: Group) -> str:
    """A group, each name on one line where it fits."""
    names = ", ".join(name.replace(" ", "\u00a0") for name in group.names)
    return f"{names} ({group.role})" if group.role else names


def _sound(row: Row) -> list[str]:
    return [text for text in (row.mics, row.source) if text]


def _item_texts(paper: Paper, row: Row) -> list[tuple[Face, str]]:
    item = row.item
    kind = "" if row.kind.casefold() == item.title.casefold() else row.kind
    told = [f"{word} : {text}" for word, text in said(item, Said.FACT)]
    facts = " · ".join(part for part in (kind, *row.marks, *told) if part)
    read_out = " · ".join((*row.works, *([" ".join(row.notes)] if row.notes else [])))
    alerts = [(_ALERT, f"! {alert.words}") for alert in row.alerts]
    texts = [(_TITLE, item.title), (_SMALL, facts), *alerts, *_cues(paper, item), (_SMALL, read_out)]
    return [(face, text) for face, text in texts if text]


def _cues(paper: Paper, item: Item) -> list[tuple[Face, str]]:
    """The first and last words, on one line where there is room."""
    cues = [f"{label} : {text}" for label, text in said(item, Said.CUE)]
    together = "\u00a0\u00a0 ".join(cues)
    fits = paper.width(together, _CUE) <= _room(_ITEM)
    return [(_CUE, together)] if fits else [(_CUE, cue) for cue in cues]


def _room(column: _Column) -> float:
    return column.width - 1.5 * _PAD_MM


def _lines(paper: Paper, column: _Column, texts: list[tuple[Face, str]]) -> tuple[tuple[Face, str], ...]:
    room = _room(column)
    lines = [(face, line) for face, text in texts for line in paper.wrap(text, face, room)]
    if len(lines) > _LONGEST_LINES:
        face, last = lines[_LONGEST_LINES - 1]
        lines = [*lines[: _LONGEST_LINES - 1], (face, f"{last[:40]} …")]
    return tuple(lines)


def _depth(paper: Paper, lines: tuple[tuple[Face, str], ...]) -> float:
    """Distance from the first baseline to the last."""
    return sum(paper.leading(face) for face, _ in lines[1:])
