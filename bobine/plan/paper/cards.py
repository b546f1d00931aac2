"""Role cards: a page to cut up, one card for each person of the team, with what they do and when."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.model.people import Role
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.plan.sheet.content import Card, Row, Sheet

_WIDTH_MM = 93.0
_GUTTER_MM = 4.0
_PAD_MM = 3.0
_NAME = Face("B", 13)
_ROLE = Face("", 9)
_LINE = Face("", 9)
_HOUR = Face("B", 9)
_HOUR_ROOM_MM = 17.0


def draw_cards(paper: Paper, sheet: Sheet) -> None:
    """Draw the cards, two in a row, from a new page on."""
    paper.add_page()
    paper.text(MARGIN_MM, paper.y + paper.mm(5), f"Qui fait quoi — {sheet.day}", Face("B", 13))
    paper.y += paper.mm(9)
    cards = sheet.cards()
    for first in range(0, len(cards), 2):
        pair = [(card, list(_lines(paper, card))) for card in cards[first : first + 2]]
        height = max(_height(paper, lines) for _, lines in pair)
        if paper.y + height > paper.bottom - 6:
            paper.add_page()
        for index, (card, lines) in enumerate(pair):
            _draw(paper, sheet, card, lines, MARGIN_MM + index * (_WIDTH_MM + _GUTTER_MM), height)
        paper.y += height + _GUTTER_MM


def _lines(paper: Paper, card: Card) -> Iterator[tuple[str, str]]:
    """Pairs of an hour, for the first line of an item, and a line of text."""
    if card.person.holds(Role.TECHNICIAN):
        yield "", "En régie toute l'émission."
    elif not card.rows:
        yield "", "Aucun élément à son nom."
    for row in card.rows:
        room = _WIDTH_MM - 2 * _PAD_MM - _HOUR_ROOM_MM
        for index, line in enumerate(paper.wrap(_said(row), _LINE, room)):
            yield (row.hour or "secours") if index == 0 else "", line


def _said(row: Row) -> str:
    return ", ".join(part for part in (row.item.title, row.duration, row.mics or row.source) if part)


def _height(paper: Paper, lines: list[tuple[str, str]]) -> float:
    return paper.mm(15) + paper.leading(_LINE) * len(lines) + paper.mm(2)


def _draw(paper: Paper, sheet: Sheet, card: Card, lines: list[tuple[str, str]], left: float, height: float) -> None:
    paper.box(left, paper.y, _WIDTH_MM, height, dashed=True)
    inner = left + _PAD_MM
    paper.text(inner, paper.y + paper.mm(6), card.person.name, _NAME, _WIDTH_MM - 2 * _PAD_MM)
    paper.text(inner, paper.y + paper.mm(10.5), f"{card.role} — antenne {sheet.hours}", _ROLE, _WIDTH_MM - 2 * _PAD_MM)
    at = paper.y + paper.mm(16)
    for hour, line in lines:
        paper.text(inner, at, hour, _HOUR)
        paper.text(inner + _HOUR_ROOM_MM, at, line, _LINE)
        at += paper.leading(_LINE)
