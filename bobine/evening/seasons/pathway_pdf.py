"""A volunteer's pathway on A4 paper, to be read over together, completed by hand and signed."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.report.pathway import Heading, Pathway

_NAME, _HEADING, _TEXT, _SMALL = Face("B", 17), Face("B", 11), Face("", 10), Face("I", 9)
_INDENT_MM = 4.0
_BLANK_MM = 8.0
_FOOT_MM = 8.0
_SIGNING_MM = 34.0


def pathway_pdf(one: Pathway) -> bytes:
    """The paper, the same bytes for the same pathway."""
    paper = Paper(
        title=f"Parcours bénévole de {one.name}", author=one.show, created=datetime.combine(one.made, time(), UTC)
    )
    paper.add_page()
    room = paper.right - MARGIN_MM
    paper.text(MARGIN_MM, paper.y + 6, f"Parcours bénévole de {one.name}", _NAME, room)
    paper.text(MARGIN_MM, paper.y + 12, f"{one.show} — {one.station}", _HEADING, room)
    paper.y += 15
    _wrapped(paper, one.purpose, _SMALL)
    for heading in one.headings:
        _draw(paper, heading)
    paper.y += 3
    _wrapped(paper, one.basis, _SMALL)
    _sign(paper, one.name)
    return paper.finish(f"{one.show}, parcours bénévole")


def _draw(paper: Paper, heading: Heading) -> None:
    _ensure(paper, 18)
    paper.y += 4
    paper.text(MARGIN_MM, paper.y + 4, heading.title, _HEADING)
    paper.y += 5.5
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.3)
    paper.y += 1
    for line in heading.lines:
        _wrapped(paper, line, _TEXT)
    if heading.blank:
        _ensure(paper, _BLANK_MM * 2)
        paper.text(MARGIN_MM + _INDENT_MM, paper.y + 4.5, f"({heading.blank})", _SMALL)
        for _ in range(2):
            paper.y += _BLANK_MM
            paper.line(MARGIN_MM + _INDENT_MM, paper.y, paper.right, paper.y)


def _wrapped(paper: Paper, text: str, face: Face) -> None:
    for line in paper.wrap(text, face, paper.right - MARGIN_MM - _INDENT_MM):
        _ensure(paper, 6)
        paper.y += paper.leading(face) + 0.6
        paper.text(MARGIN_MM + _INDENT_MM, paper.y, line, face)


def _ensure(paper: Paper, height: float) -> None:
    if paper.y + height > paper.bottom - _FOOT_MM:
        paper.add_page()


def _sign(paper: Paper, name: str) -> None:
    """Draw the places of both signatures: what was written together is attested by both."""
    _ensure(paper, _SIGNING_MM)
    half = (paper.right - MARGIN_MM) / 2
    for left, words in ((MARGIN_MM, f"{name} (date et signature) :"),
                        (MARGIN_MM + half, "Pour l'association (nom, qualité, date et signature) :")):  # fmt: skip
        paper.text(left, paper.y + 8, words, _SMALL, half - 2)
    paper.y += _SIGNING_MM
