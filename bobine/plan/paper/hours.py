"""Sheets of volunteer hours to sign, on A4 paper: those of one show, or those of a season, person by person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby

from bobine.french import long_date, sort_key
from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.model.written.hours import hours_text
from bobine.plan.paper.page import MARGIN_MM, Face, Paper

_ROW_MM, _LOW_ROW_MM = 11.0, 6.0
_NAME_MM, _TASK_MM, _HOURS_MM = 62.0, 58.0, 22.0
_DAY_MM, _WHAT_MM = 28.0, 82.0
_FOOT_MM = 8.0
_SIGNING_MM = 24.0
_TITLE, _HEADING, _TEXT, _STRONG, _SMALL = Face("B", 17), Face("B", 11), Face("", 9.5), Face("B", 9.5), Face("", 8)

EMPTY_ROWS = 4
"""Rows without a name, for those whom nobody expected."""

CERTIFIED = "Chaque personne certifie, en signant, avoir donné ces heures à titre bénévole."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedLine:
    """One line of a sheet.

    Attributes:
        line: who, to what, how long.
        day: when.
        show: title of the show that it went to; empty for none in particular.
        noted: it is noted; otherwise it is only expected, and its hours are left to be written.
    """

    line: HoursLine
    day: date
    show: str = ""
    noted: bool = True


def show_hours_pdf(show: Show, day: date, lines: Sequence[SignedLine]) -> bytes:
    """The sheet of one show, the same bytes for the same lines: name, task, hours, and room to sign.

    Args:
        show: whose.
        day: of the show.
        lines: in the order of the sheet; a person's lines stand together, and are signed once.
    """
    paper = _paper(show, f"heures du {long_date(day)}", day)
    _head(paper, show, f"Feuille d'heures du {long_date(day)}")
    _show_heading(paper)
    for name, of_person in _by_person(lines):
        height = max(_ROW_MM, _LOW_ROW_MM * len(of_person))
        if _turned(paper, height):
            _show_heading(paper)
        _person(paper, name, of_person, height)
    for _ in range(EMPTY_ROWS):
        if _turned(paper, _ROW_MM):
            _show_heading(paper)
        _person(paper, "", (), _ROW_MM)
    _ending(paper, lines)
    return paper.finish(f"{show.title}, heures du {long_date(day)}")


def season_hours_pdf(show: Show, heading: str, day: date, lines: Sequence[SignedLine]) -> bytes:
    """The sheet of a season, the same bytes for the same lines: for each person the days, a total, and room to sign.

    Args:
        show: whose.
        heading: the season in words, « saison 8, 2026-2027 ».
        day: the day it is made, for the file's date.
        lines: in any order.
    """
    paper = _paper(show, f"heures, {heading}", day)
    _head(paper, show, f"Heures de bénévolat, {heading}")
    for name, of_person in _by_person(sorted(lines, key=lambda one: (sort_key(one.line.name), one.day))):
        _turned(paper, 4 * _LOW_ROW_MM + _SIGNING_MM)
        _season_heading(paper, name)
        for one in of_person:
            if _turned(paper, _LOW_ROW_MM):
                _season_heading(paper, f"{name} (suite)")
            _cells(paper, paper.y + 4.2, (
                (MARGIN_MM, f"{one.day:%d/%m/%Y}", _DAY_MM),
                (MARGIN_MM + _DAY_MM, one.show or one.line.notes, _WHAT_MM),
                (MARGIN_MM + _DAY_MM + _WHAT_MM, one.line.task.french, _TASK_MM),
            ))  # fmt: skip
            paper.text_right(paper.right, paper.y + 4.2, hours_text(one.line.duration), _TEXT)
            paper.y += _LOW_ROW_MM
            paper.line(MARGIN_MM, paper.y, paper.right, paper.y)
        _signed_total(paper, of_person)
    if not lines:
        paper.text(MARGIN_MM, paper.y + 5, "Aucune heure n'est notée.", _TEXT)
        paper.y += 8
    _ending(paper, lines)
    return paper.finish(f"{show.title}, heures, {heading}")


def _paper(show: Show, what: str, day: date) -> Paper:
    paper = Paper(title=f"{show.title} — {what}", author=show.title, created=datetime.combine(day, time(), UTC))
    paper.add_page()
    return paper


def _by_person(lines: Iterable[SignedLine]) -> list[tuple[str, tuple[SignedLine, ...]]]:
    """The lines of each person, in the order in which the people come first."""
    known = list(lines)
    place = {name: index for index, name in reversed(list(enumerate(one.line.name for one in known)))}
    known.sort(key=lambda one: place[one.line.name])
    return [(name, tuple(of)) for name, of in groupby(known, key=lambda one: one.line.name)]


def _turned(paper: Paper, height: float) -> bool:
    """Go on to a new page where this one has no such room; whether it did."""
    if paper.y + height <= paper.bottom - _FOOT_MM:
        return False
    paper.add_page()
    return True


def _head(paper: Paper, show: Show, title: str) -> None:
    paper.text(MARGIN_MM, paper.y + 5.5, show.title, _TITLE, 120)
    station = " — ".join(part for part in (show.station.name, show.station.frequency) if part)
    paper.text_right(paper.right, paper.y + 5.5, station, _HEADING)
    paper.text(MARGIN_MM, paper.y + 12, title, _HEADING, paper.right - MARGIN_MM)
    paper.text(MARGIN_MM, paper.y + 17, CERTIFIED, _SMALL, paper.right - MARGIN_MM)
    paper.y += 21


def _cells(paper: Paper, baseline: float, cells: Iterable[tuple[float, str, float]], face: Face = _TEXT) -> None:
    """Draw cells: each from the left, its text, its width."""
    for left, text, width in cells:
        paper.text(left + 1, baseline, text, face, width - 2)


def _show_heading(paper: Paper) -> None:
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)
    signature = MARGIN_MM + _NAME_MM + _TASK_MM + _HOURS_MM
    _cells(paper, paper.y + 4.2, (
        (MARGIN_MM, "Nom", _NAME_MM), (MARGIN_MM + _NAME_MM, "Tâche", _TASK_MM),
        (MARGIN_MM + _NAME_MM + _TASK_MM, "Heures", _HOURS_MM), (signature, "Signature", paper.right - signature),
    ), _STRONG)  # fmt: skip
    paper.y += _LOW_ROW_MM
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)


def _person(paper: Paper, name: str, lines: Sequence[SignedLine], height: float) -> None:
    """Draw one person's cells, with a line a task, and the place to sign."""
    task, hours = MARGIN_MM + _NAME_MM, MARGIN_MM + _NAME_MM + _TASK_MM
    paper.text(MARGIN_MM + 1, paper.y + 4.6, name, _STRONG, _NAME_MM - 2)
    for index, one in enumerate(lines):
        baseline = paper.y + 4.6 + index * _LOW_ROW_MM
        said = one.line.task.french
        expected = "" if one.noted else f" (prévu : {hours_text(one.line.duration)})"
        _cells(paper, baseline, (
            (task, f"{said}{expected}", _TASK_MM),
            (hours, hours_text(one.line.duration) if one.noted else "", _HOURS_MM),
        ))  # fmt: skip
    top, paper.y = paper.y, paper.y + height
    for x in (MARGIN_MM, task, hours, hours + _HOURS_MM, paper.right):
        paper.line(x, top, x, paper.y)
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y)


def _season_heading(paper: Paper, name: str) -> None:
    paper.text(MARGIN_MM, paper.y + 5, name, _HEADING, paper.right - MARGIN_MM)
    paper.y += 7
    paper.line(MARGIN_MM, paper.y, paper.right, paper.y, 0.4)


def _signed_total(paper: Paper, lines: Sequence[SignedLine]) -> None:
    """Draw a person's total, and the place to sign below it."""
    _turned(paper, _SIGNING_MM)
    paper.text_right(paper.right, paper.y + 5, f"Total : {hours_text(_total(lines))}", _STRONG)
    paper.text(MARGIN_MM, paper.y + 5, "Date et signature :", _TEXT)
    paper.y += _SIGNING_MM - 4


def _ending(paper: Paper, lines: Sequence[SignedLine]) -> None:
    """Draw the sum of all that is noted, and the association's place to sign."""
    _turned(paper, _SIGNING_MM)
    noted = [one for one in lines if one.noted]
    people = len({one.line.name for one in noted})
    if noted:
        said = f"{people} personne{'s' if people > 1 else ''}, {hours_text(_total(noted))} en tout."
        paper.text(MARGIN_MM, paper.y + 6, said, _STRONG)
    paper.text(MARGIN_MM, paper.y + 12, "Pour l'association (nom, date et signature) :", _TEXT)
    paper.y += _SIGNING_MM


def _total(lines: Iterable[SignedLine]) -> timedelta:
    return sum((one.line.duration for one in lines), timedelta())
