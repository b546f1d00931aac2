"""The « conducteur réalisé » on A4 paper, in black and white."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from bobine.model.written.durations import format_duration
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.plan.realised.content import Realised, RealRow
from bobine.plan.realised.table import cells

_COLUMNS = (("N°", 8.0), ("Prévue", 17.0), ("Réelle", 17.0), ("Fin", 17.0), ("Écart", 15.0), ("Prévu", 13.0),
            ("Réel", 13.0), ("Élément", 50.0), ("Remarques", 40.0))  # fmt: skip
_CELLS = (0, 1, 2, 3, 4, 5, 6, 7, 11)
_WRAPPED = 7
_HEADING, _FIGURE, _TEXT, _TITLE = Face("B", 7.5), Face("", 8.5), Face("", 7.6), Face("B", 8.5)
_LEAD_MM = 4.0
_FOOT_MM = 6.0


def realised_pdf(sheet: Realised) -> bytes:
    """The sheet as a PDF, the same bytes for the same sheet; as many pages as it takes."""
    paper = Paper(
        title=f"{sheet.show} — conducteur réalisé du {sheet.day}",
        author=sheet.station,
        created=datetime.combine(sheet.date, time(), sheet.slot_start.tzinfo),
    )
    paper.add_page()
    paper.text(MARGIN_MM, paper.y + 5.5, sheet.show, Face("B", 17), 120)
    paper.text_right(paper.right, paper.y + 5.5, sheet.station, Face("B", 11))
    paper.text(MARGIN_MM, paper.y + 11, f"Conducteur réalisé du {sheet.day}", Face("B", 11))
    paper.text_right(paper.right, paper.y + 11, sheet.season, Face("", 10))
    paper.text(MARGIN_MM, paper.y + 16, sheet.title, _FIGURE, paper.right - MARGIN_MM)
    paper.text(MARGIN_MM, paper.y + 20.5, f"{sheet.headline[0].upper()}{sheet.headline[1:]}.", _TITLE)
    paper.y += 23
    if sheet.remark:
        _lines(paper, [sheet.remark])
    _rows(paper, "", sheet.rows)
    if sheet.left_out:
        _rows(paper, "Prévu et pas passé", sheet.left_out)
    _titled(paper, "Temps de parole", [f"{name} : {format_duration(total)}" for name, total in sheet.speech])
    _titled(paper, "Repères", [f"{mark.at:%H:%M:%S} — {mark.words}" for mark in sheet.marks])
    _titled(paper, "Notes", [f"{at:%H:%M:%S} — {text}" for at, text in sheet.notes])
    return paper.finish(f"{sheet.show}, conducteur réalisé, {sheet.day}")


def _head(paper: Paper) -> None:
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)
    x = MARGIN_MM
    for label, width in _COLUMNS:
        paper.text(x + 1, paper.y + 4, label, _HEADING, width - 1)
        x += width
    paper.y += 5.6
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)


def _rows(paper: Paper, title: str, rows: Sequence[RealRow]) -> None:
    if title:
        _ensure(paper, 20)
        paper.text(MARGIN_MM, paper.y + 5, title, _TITLE)
        paper.y += 6.5
    _head(paper)
    for row in rows:
        texts = [cells(row)[place] for place in _CELLS]
        faces = [_FIGURE] * _WRAPPED + [_TITLE, _TEXT]
        laid = [
            paper.wrap(text, face, width - 2) if place >= _WRAPPED else [text]
            for place, (text, face, (_, width)) in enumerate(zip(texts, faces, _COLUMNS, strict=True))
        ]
        height = _LEAD_MM * max(1, *map(len, laid)) + 1.6
        if _ensure(paper, height):
            _head(paper)
        x = MARGIN_MM
        for lines, face, (_, width) in zip(laid, faces, _COLUMNS, strict=True):
            for index, line in enumerate(lines):
                paper.text(x + 1, paper.y + 4 + index * _LEAD_MM, line, face, width - 1)
            x += width
        paper.y += height
        paper.line(MARGIN_MM, paper.y, paper.right, paper.y)


def _titled(paper: Paper, title: str, lines: list[str]) -> None:
    if lines:
        _ensure(paper, 15)
        paper.text(MARGIN_MM, paper.y + 5.5, title, _TITLE)
        paper.y += 7
        _lines(paper, lines)


def _lines(paper: Paper, lines: list[str]) -> None:
    for line in (part for text in lines for part in paper.wrap(text, _TEXT, paper.right - MARGIN_MM)):
        _ensure(paper, _LEAD_MM)
        paper.y += _LEAD_MM
        paper.text(MARGIN_MM, paper.y, line, _TEXT)
    paper.y += 1.5


def _ensure(paper: Paper, height: float) -> bool:
    """Go on to a new page where this one has no such room; whether it did."""
    if paper.y + height <= paper.bottom - _FOOT_MM:
        return False
    paper.add_page()
    return True
