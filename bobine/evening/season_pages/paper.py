"""The report on A4 paper, in black and white: what can be bound into the annual report as it is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bobine.evening.season_pages.charts import chart_svg
from bobine.evening.season_pages.columns import Columns
from bobine.french import long_date
from bobine.plan.paper.page import MARGIN_MM, Face, Paper
from bobine.report.content import ReportContent, report_content
from bobine.report.figures import Figure, SeasonReport, Section
from bobine.report.panels import SOURCES, KeyFigure
from bobine.report.words import to_know, value_words

_TITLE, _SEASON = Face("B", 22), Face("", 13)
_HEAD, _SUB = Face("B", 13), Face("B", 10)
_BIG, _TEXT, _BOLD, _SMALL = Face("B", 18), Face("", 9), Face("B", 9), Face("", 7.5)
_BOXES = 4
_BOX_MM = 24.0
_SIGN = Face("B", 11)
_VALUE_MM = 21.0
"""Room for a value in a table of figures."""
_LINE_MM, _NOTE_MM = 4.0, 3.2
_SVG_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def report_pdf(report: SeasonReport, today: date, *, nameless: bool = False) -> bytes:
    """The report as a PDF, the same bytes for the same report and day.

    Args:
        report: what is shown.
        today: the day that it is made.
        nameless: say at the foot that nobody is named; the report itself must be without names already.
    """
    content = report_content(report)
    paper = Paper(title=content.title, author=report.title, created=datetime.combine(today, time(), UTC))
    columns = Columns(paper)
    _draw_head(paper, report)
    _draw_key_figures(paper, columns, content)
    _draw_results(columns, content)
    _draw_charts(columns, content)
    _draw_calendar(paper, columns, content)
    columns.head("Tous les chiffres", _HEAD, 20)
    with columns.two():
        for section in report.sections:
            _draw_table(columns, content, section)
        _draw_foot(columns, content, today, nameless=nameless)
    return paper.finish(content.title)


def _draw_head(paper: Paper, report: SeasonReport) -> None:
    paper.add_page()
    for line in paper.wrap(report.title, _TITLE, paper.right - MARGIN_MM):
        paper.text(MARGIN_MM, paper.y + 8, line, _TITLE)
        paper.y += 9.5
    paper.text(MARGIN_MM, paper.y + 5, f"Bilan de la {report.heading}", _SEASON)
    paper.y += 9


def _draw_key_figures(paper: Paper, columns: Columns, content: ReportContent) -> None:
    """A box for each figure, in rows of four."""
    columns.head("Chiffres clés", _HEAD, _BOX_MM)
    width = (paper.right - MARGIN_MM + 3) / _BOXES - 3
    for first in range(0, len(content.key_figures), _BOXES):
        columns.ensure(_BOX_MM)
        for place, one in enumerate(content.key_figures[first : first + _BOXES]):
            _draw_box(paper, MARGIN_MM + place * (width + 3), width, one, content.seasons[1])
        paper.y += _BOX_MM + 2.5


def _draw_box(paper: Paper, left: float, width: float, one: KeyFigure, before: str) -> None:
    paper.box(left, paper.y, width, _BOX_MM)
    paper.text(left + 2, paper.y + 7, one.value, _BIG, width - 4)
    at = paper.y + 11.2
    for line in paper.wrap(one.label, _TEXT, width - 4)[:2]:
        paper.text(left + 2, at, line, _TEXT)
        at += 3.7
    more = [f"{before} : {one.before}"] if one.before else []
    for place, line in enumerate(filter(None, [*more, one.note])):
        paper.text(left + 2, paper.y + _BOX_MM - 5 + place * 3.3, line, _SMALL, width - 4)


def _draw_results(columns: Columns, content: ReportContent) -> None:
    if content.results:
        columns.head("Quels résultats ?", _HEAD, 10)
        for one in content.results:
            columns.paragraph(f"• {one.text}", _TEXT, after=0.8)


def _draw_charts(columns: Columns, content: ReportContent) -> None:
    """The charts in two columns, each on the one that is filled the least."""
    if not content.charts:
        return
    drawn = [(chart, chart_svg(chart, content.seasons)) for chart in content.charts]
    heights = [_height(svg, columns.half) + 6 + (4 if chart.note else 0) for chart, svg in drawn]
    columns.head("En images", _HEAD, heights[0])
    with columns.two():
        for (chart, svg), height in zip(drawn, heights, strict=True):
            left, top = columns.place_higher(height + 3)
            columns.paper.text(left, top + 4, chart.title, _SUB, columns.half)
            columns.paper.drawing(left, top + 6, columns.half, svg)
            if chart.note:
                columns.paper.text(left, top + height, chart.note, _SMALL, columns.half)


def _height(svg: bytes, width: float) -> float:
    size = _SVG_SIZE.search(svg.decode())
    if size is None:
        raise ValueError("a chart without a size")
    return width * float(size[2]) / float(size[1])


def _draw_calendar(paper: Paper, columns: Columns, content: ReportContent) -> None:
    """A line for each month, each day with its sign."""
    row = 5.0
    columns.head("Le calendrier de la saison", _HEAD, row * len(content.months) + 6)
    for month in content.months:
        columns.ensure(row)
        paper.line(MARGIN_MM, paper.y, paper.right, paper.y)
        paper.text(MARGIN_MM, paper.y + 3.6, month.name, _TEXT)
        for place, day in enumerate(month.days):
            at = MARGIN_MM + 38 + place * 15
            paper.text(at, paper.y + 3.6, day.outcome.sign, _SIGN)
            paper.text(at + 4, paper.y + 3.6, day.number, _TEXT)
        paper.y += row
    legend = "\u00a0\u00a0\u00a0 ".join(
        f"{outcome.sign} {outcome.french} : {count}" for outcome, count in content.outcomes
    )
    columns.paragraph(legend, _TEXT)


def _draw_table(columns: Columns, content: ReportContent, section: Section) -> None:
    paper, before = columns.paper, content.report.has_before
    room = columns.half - _VALUE_MM * (2 if before else 1)
    rows = [_laid(paper, figure, room) for figure in section.figures]
    head = 11 if before else 8
    left, top = columns.place(head + rows[0].height, whole=rows[0].height)
    paper.text(left, top + 5, section.title, _SUB, columns.half)
    for place, name in enumerate(content.seasons if before else ()):
        paper.text_right(left + columns.half - _VALUE_MM * (1 - place), top + 9.5, name, _SMALL)
    for row in rows:
        left, top = columns.place(row.height)
        right = left + columns.half
        paper.line(left, top, right, top)
        value = value_words(row.figure, row.figure.value)
        paper.text_right(right - (_VALUE_MM if before else 0), top + 3.5, value, _BOLD)
        if before:
            beside = value_words(row.figure, row.figure.before) if row.figure.before is not None else "–"
            paper.text_right(right, top + 3.5, beside, _TEXT)
        _draw_row(paper, left, top, row)


@dataclass(frozen=True, slots=True)
class _Row:
    """A figure's row, its label and note broken into lines; a short note stands beside the label.

    Attributes:
        figure: the figure.
        label: one line at least.
        note: lines below the label.
        beside: the note after the label; empty where it stands below.
    """

    figure: Figure
    label: list[str]
    note: list[str]
    beside: str = ""

    @property
    def height(self) -> float:
        """Its height, in millimetres."""
        return _LINE_MM * len(self.label) + _NOTE_MM * len(self.note) + 1


def _laid(paper: Paper, figure: Figure, room: float) -> _Row:
    label, note = paper.wrap(figure.label, _TEXT, room), to_know(figure)
    if note and paper.width(label[-1], _TEXT) + paper.width(note, _SMALL) + 2 <= room:
        return _Row(figure, label, [], note)
    return _Row(figure, label, paper.wrap(note, _SMALL, room) if note else [])


def _draw_row(paper: Paper, left: float, top: float, row: _Row) -> None:
    at = top + 3.5
    for line in row.label:
        paper.text(left, at, line, _TEXT)
        at += _LINE_MM
    paper.text(left + paper.width(row.label[-1], _TEXT) + 2, at - _LINE_MM, row.beside, _SMALL)
    for line in row.note:
        paper.text(left, at - 0.6, line, _SMALL)
        at += _NOTE_MM


def _draw_foot(columns: Columns, content: ReportContent, today: date, *, nameless: bool) -> None:
    left, top = columns.place(9 + 3 * _LINE_MM, whole=3 * _LINE_MM)
    columns.paper.text(left, top + 6, "Sources et définitions", _SUB, columns.half)
    columns.column_paragraph(SOURCES, _SMALL)
    for title, note in content.definitions:
        columns.column_paragraph(f"{title} : {note}", _SMALL)
    nobody = "Aucune personne n'est nommée dans ces pages. " if nameless else ""
    columns.column_paragraph(f"{nobody}Établi le {long_date(today)} avec Bobine.", _SMALL)
