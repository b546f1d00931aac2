"""The sheet on A4 paper, in black and white: hours, what is said and heard, and room to write by hand."""

from __future__ import annotations

from datetime import datetime, time

from bobine.plan.paper.cards import draw_cards
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.plan.paper.rows import LaidRow, draw_head, draw_row, draw_section, lay_out
from bobine.plan.sheet.content import Sheet

_SCALES = (1.0, 0.94, 0.88, 0.82)
"""Sizes tried, largest first, to keep a rundown on one page; the smallest print is then 5.9 pt."""

_TALLEST_ROOM_MM = 4.5
"""Most that a row is heightened by when the page has room left, for handwriting."""

_FOOT_MM = 6.0


def sheet_pdf(sheet: Sheet, *, cards: bool = False) -> bytes:
    """The sheet as a PDF, the same bytes for the same sheet.

    One page where the rundown fits; then as many as it takes, each with the heading of the columns.

    Args:
        sheet: what is shown.
        cards: add a page with a card for each person of the team.
    """
    scale = next((scale for scale in _SCALES if _fits_one_page(sheet, scale)), _SCALES[0])
    paper = Paper(
        title=f"{sheet.show} — conducteur du {sheet.day}",
        author=sheet.station,
        created=datetime.combine(sheet.date, time(), sheet.slot_start.tzinfo),
        scale=scale,
    )
    paper.add_page()
    _draw_first_page_head(paper, sheet)
    rows = lay_out(paper, sheet.rows)
    standbys = lay_out(paper, sheet.standbys)
    foot = _people_lines(paper, sheet)
    _draw_rows(paper, rows, standbys, _spare_room(paper, rows, standbys, foot))
    _draw_people(paper, foot)
    if cards:
        draw_cards(paper, sheet)
    return paper.finish(f"{sheet.show}, {sheet.day}")


def _fits_one_page(sheet: Sheet, scale: float) -> bool:
    paper = Paper(
        title="", author="", created=datetime.combine(sheet.date, time(), sheet.slot_start.tzinfo), scale=scale
    )
    paper.add_page()
    _draw_first_page_head(paper, sheet)
    rows, standbys = lay_out(paper, sheet.rows), lay_out(paper, sheet.standbys)
    return _spare_room(paper, rows, standbys, _people_lines(paper, sheet)) >= 0


def _spare_room(paper: Paper, rows: list[LaidRow], standbys: list[LaidRow], foot: list[tuple[Face, str]]) -> float:
    """Height left on the page below everything, in millimetres; below zero when it does not fit."""
    sections = paper.mm(6) + (paper.mm(5) if standbys else 0)
    heights = sum(row.height for row in (*rows, *standbys))
    return paper.bottom - _FOOT_MM - paper.y - sections - heights - _people_height(paper, foot)


def _draw_first_page_head(paper: Paper, sheet: Sheet) -> None:
    left, right = MARGIN_MM, paper.right
    paper.text(left, paper.y + paper.mm(5.5), sheet.show, Face("B", 17), right - left - paper.mm(52))
    paper.text_right(right, paper.y + paper.mm(5.5), sheet.station, Face("B", 11))
    paper.text(left, paper.y + paper.mm(11), f"Conducteur du {sheet.day}", Face("B", 11))
    paper.text_right(right, paper.y + paper.mm(11), sheet.season, Face("", 10))
    paper.text(left, paper.y + paper.mm(15.6), sheet.title, Face("", 9.5), right - left)
    paper.y += paper.mm(18)
    boxes = (
        ("À l'antenne", sheet.hours, 42.0),
        ("Prévu", sheet.total, 19.0),
        ("Fin prévue", sheet.expected_end, 21.0),
        ("Écart", f"{sheet.gap_words} ({sheet.gap_sign})", 52.0),
        ("Départ réel", "", 28.0),
        ("Fin réelle", "", 28.0),
    )
    height, x = paper.mm(10.5), left
    for label, value, width in boxes:
        paper.box(x, paper.y, width, height)
        paper.text(x + 1.5, paper.y + paper.mm(3.3), label, Face("", 7))
        paper.text(x + 1.5, paper.y + paper.mm(8.4), value, Face("B", 11), width - 3)
        x += width
    paper.y += height + paper.mm(2)


def _draw_rows(paper: Paper, rows: list[LaidRow], standbys: list[LaidRow], spare: float) -> None:
    count = len(rows) + len(standbys)
    room = min(_TALLEST_ROOM_MM, spare / count) if spare > 0 and count else 0.0
    draw_head(paper)
    for part, title in ((rows, ""), (standbys, "En réserve : éléments de secours")):
        if part and title:
            _ensure(paper, paper.mm(5) + part[0].height)
            draw_section(paper, title)
        for row in part:
            height = row.height + room
            _ensure(paper, height)
            draw_row(paper, row, height)
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)


def _ensure(paper: Paper, height: float) -> None:
    """Go on to a new page, under the same heading, where this one has no such room."""
    if paper.y + height > paper.bottom - _FOOT_MM:
        paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)
        paper.add_page()
        draw_head(paper)


def _people_lines(paper: Paper, sheet: Sheet) -> list[tuple[Face, str]]:
    small = Face("", 7.5)
    team = "   ".join(f"{role[0].upper()}{role[1:]} : {', '.join(names)}." for role, names in sheet.team)
    settle = (
        "À régler — " + " ; ".join(sheet.to_settle) + "."
        if sheet.to_settle
        else "Droits et autorisations : tout est en règle."
    )
    width = paper.right - MARGIN_MM
    lines = [(small, line) for line in paper.wrap(team, small, width)] if team else []
    face = Face("B" if sheet.to_settle else "", 7.5)
    return lines + [(face, line) for line in paper.wrap(settle, face, width)]


def _people_height(paper: Paper, lines: list[tuple[Face, str]]) -> float:
    return paper.mm(1.5) + sum(paper.leading(face) for face, _ in lines)


def _draw_people(paper: Paper, lines: list[tuple[Face, str]]) -> None:
    if paper.y + _people_height(paper, lines) > paper.bottom - _FOOT_MM:
        paper.add_page()
    paper.y += paper.mm(1.5)
    for face, line in lines:
        paper.y += paper.leading(face)
        paper.text(MARGIN_MM, paper.y, line, face)
