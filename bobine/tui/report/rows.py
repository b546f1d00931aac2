"""The rows of « Bilan », and what its panel says of the one under the cursor. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bobine.french import long_date
from bobine.report.charts import Chart
from bobine.report.content import Month, ReportContent
from bobine.report.figures import DayOutcome, Figure, SeasonReport, Section
from bobine.report.origins import Origin, origins
from bobine.report.panels import is_empty
from bobine.report.words import counted, to_know, value_words
from bobine.tui.kit.lists.rows import Cell, Column, Row, Tone

COLUMNS = (
    Column("Chiffre", 24, share=2, most=44),
    Column("Cette saison", 12, right=True),
    Column("Avant", 12, right=True, rank=1),
    Column("À savoir", 16, share=3, rank=2),
)

ALONE = tuple(column for column in COLUMNS if column.title != "Avant")
"""The columns of a season that has none before it."""

OF_SECTION = "section:"
"""The beginning of the keys of rows that are a section's."""

_CHARTS = {
    "hours": "hours_total",
    "volunteers": "hours_by_task",
    "guests": "appearances",
    "chroniques": "chronique_shares",
}
"""Charts of sections that have none of their own key."""

_SHORTEST, _LABEL = 6, 24
_BAR, _BEFORE_BAR = "█", "░"


def headline(report: SeasonReport) -> str:
    """One line: the season, and what it comes down to."""
    season = f"{report.heading[:1].upper()}{report.heading[1:]}"
    if is_empty(report):
        return f"{season} : aucune émission. P : la saison d'avant, S : celle d'après."
    shows, people = report.figure("aired").value or 0, report.figure("volunteers_active").value or 0
    parts = [season, counted(shows, "émission diffusée", "émissions diffusées"), counted(people, "bénévole"),
             f"{value_words(report.figure('hours_total'), report.figure('hours_total').value)} données"]  # fmt: skip
    return " · ".join(parts)


def report_rows(report: SeasonReport) -> list[Row]:
    """A row for each section and for each of its figures; none for a season without a show."""
    if is_empty(report):
        return []
    rows = []
    for section in report.sections:
        blank = ("",) * (len(COLUMNS if report.has_before else ALONE) - 1)
        rows.append(Row(f"{OF_SECTION}{section.key}", (section.title, *blank), tone=Tone.STRONG))
        rows += [_row(figure, beside=report.has_before) for figure in section.figures]
    return rows


def _row(figure: Figure, *, beside: bool) -> Row:
    before = value_words(figure, figure.before) if figure.before is not None else "–"
    note = Tone.WARN if figure.basis is not None and not figure.basis.whole else Tone.MUTED
    return Row(
        figure.key,
        (
            f"  {figure.label}",
            Cell(value_words(figure, figure.value), Tone.STRONG),
            *([Cell(before, Tone.MUTED)] if beside else []),
            Cell(to_know(figure), note),
        ),
    )


def section_of(report: SeasonReport, key: str) -> Section | None:
    """The section of a row: itself, or that of its figure."""
    for section in report.sections:
        if key == f"{OF_SECTION}{section.key}" or any(figure.key == key for figure in section.figures):
            return section
    return None


def about(content: ReportContent, key: str, width: int) -> Iterator[tuple[str, Tone]]:
    """The lines about a row: the figure, its chart or the calendar, how it is counted.

    Args:
        content: of the report.
        key: of the row.
        width: columns that a line may take.
    """
    section = section_of(content.report, key)
    if section is None:
        return
    figure = next((one for one in section.figures if one.key == key), None)
    if figure is not None:
        yield f"{figure.label} : {value_words(figure, figure.value)}", Tone.STRONG
        if to_know(figure):
            yield to_know(figure), Tone.MUTED
        yield _behind(figure), Tone.PLAIN
    if section.key == "shows":
        yield from calendar_lines(content.months, content.outcomes)
    wanted = {section.key, _CHARTS.get(section.key, "")}
    for chart in content.charts:
        if chart.key in wanted:
            yield from chart_lines(chart, width, content.seasons)
    if section.note:
        yield section.note, Tone.MUTED


def _behind(figure: Figure) -> str:
    shows, people = len(figure.dates), len(figure.people)
    parts = [counted(shows, "date")] if shows else []
    parts += [counted(people, "personne")] if people else []
    return f"D'où vient-il ? Entrée : {' et '.join(parts)}." if parts else "Rien derrière ce chiffre."


def calendar_lines(months: Iterable[Month], outcomes: Iterable[tuple[DayOutcome, int]]) -> Iterator[tuple[str, Tone]]:
    """A line for each month, its days each with a sign; then what the signs mean."""
    yield "Calendrier", Tone.STRONG
    for month in months:
        days = "  ".join(f"{day.outcome.sign} {day.number:>2}" for day in month.days)
        yield f"{month.name:<15} {days}", Tone.PLAIN
    yield "   ".join(f"{outcome.sign}\u00a0{outcome.french} : {count}" for outcome, count in outcomes), Tone.MUTED


def chart_lines(chart: Chart, width: int, seasons: tuple[str, str]) -> Iterator[tuple[str, Tone]]:
    """A chart in characters: full bars for the season, dotted ones under them for the season before."""
    yield chart.title, Tone.STRONG
    values = max(len(words) for bar in chart.bars for words in (bar.words, bar.before_words))
    label = min(_LABEL, max(len(bar.label) for bar in chart.bars), max(4, width - values - _SHORTEST - 2))
    room = max(1, width - label - values - 2)
    for bar in chart.bars:
        name = bar.label if len(bar.label) <= label else f"{bar.label[: label - 1]}…"
        yield f"{name:<{label}} {_BAR * _length(bar.value, chart.most, room)} {bar.words}", Tone.PLAIN
        if bar.before is not None:
            drawn = _BEFORE_BAR * _length(bar.before, chart.most, room)
            yield f"{'':<{label}} {drawn} {bar.before_words}", Tone.MUTED
    if chart.has_before:
        yield f"{_BAR * 2} {seasons[0]}   {_BEFORE_BAR * 2} {seasons[1]}", Tone.MUTED
    if chart.note:
        yield chart.note, Tone.MUTED


def _length(value: int, most: int, room: int) -> int:
    """Characters of a bar; what is not nothing is seen."""
    return max(1 if value else 0, round(room * value / most))


def origin_words(figure: Figure) -> list[tuple[Origin, str, str]]:
    """Each day behind a figure, with a line and a detail in French."""
    found = []
    for one in origins(figure):
        day = long_date(one.date) if one.date is not None else "Sans date"
        label = f"{day} : {value_words(figure, one.amount)}" if one.amount else day
        found.append((one, label, " — ".join(filter(None, [one.what, ", ".join(one.people)]))))
    return found
