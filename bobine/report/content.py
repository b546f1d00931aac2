"""The content of a report, for its page, its PDF and its screen, in order. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from bobine.french import MONTHS
from bobine.report.charts import Chart, charts
from bobine.report.figures import DayOutcome, ReportDay, SeasonReport
from bobine.report.panels import KeyFigure, Result, definitions, key_figures, results


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A row of the calendar.

    Attributes:
        name: ``octobre 2017``.
        days: of the month, by date.
    """

    name: str
    days: tuple[ReportDay, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportContent:
    """What is said of a season, but for its tables of figures.

    Attributes:
        report: the report itself.
        title: ``La Bobine Romanaise — bilan de la saison 1 (2017-2018)``.
        key_figures: « chiffres clés ».
        results: « quels résultats ».
        charts: those that there is something for.
        months: the calendar.
        outcomes: what became of days, as far as it comes in the calendar, with how many days of each.
        definitions: how each section is counted.
    """

    report: SeasonReport
    title: str
    key_figures: tuple[KeyFigure, ...]
    results: tuple[Result, ...]
    charts: tuple[Chart, ...]
    months: tuple[Month, ...]
    outcomes: tuple[tuple[DayOutcome, int], ...]
    definitions: tuple[tuple[str, str], ...]

    @property
    def seasons(self) -> tuple[str, str]:
        """The names of the season and of the one before."""
        return f"saison {self.report.season}", f"saison {self.report.season - 1}"


def report_content(report: SeasonReport) -> ReportContent:
    """What is said of a season."""
    counts = [(one, sum(day.outcome is one for day in report.days)) for one in DayOutcome]
    return ReportContent(
        report=report,
        title=f"{report.title} — bilan de la {report.heading}",
        key_figures=key_figures(report),
        results=results(report),
        charts=charts(report),
        months=tuple(months(report.days)),
        outcomes=tuple((one, count) for one, count in counts if count),
        definitions=definitions(report),
    )


def months(days: tuple[ReportDay, ...]) -> Iterator[Month]:
    """The rows of a calendar, one a month."""
    for (year, month), of_month in groupby(days, lambda day: (day.date.year, day.date.month)):
        yield Month(name=f"{MONTHS[month - 1]} {year}", days=tuple(of_month))
