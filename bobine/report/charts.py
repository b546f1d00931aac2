"""The charts of a report, as values: what draws them, on a page, on paper or in a terminal, adds nothing. Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from bobine.french import MONTHS
from bobine.report.figures import Figure, SeasonReport, Unit
from bobine.report.words import value_words

MOST = 12
"""Bars of a chart; the smallest that are left are told in its note."""

_FEWEST = 2
"""Bars of a chart: one has nothing to be compared with."""

_ORDER = (
    "hours_by_task", "hours_total", "talk", "objectives", "chronique_shares", "appearances", "partners",
    "neighbourhoods", "themes",
)  # fmt: skip
_OF_MONTHS = {"hours_total": "Heures de bénévolat, mois par mois", "appearances": "Passages, mois par mois"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar.

    Attributes:
        label: in French.
        value: how long it is, in the chart's unit; below zero counts as zero.
        words: the value in French.
        before: the same in the season before; None where that is not known.
        before_words: that in French; empty where it is not known.
    """

    label: str
    value: int
    words: str
    before: int | None = None
    before_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Bars to be compared.

    Attributes:
        key: of the section or the figure that it shows.
        title: in French.
        bars: in the order to be read; one at least.
        note: what is not shown, in French; empty for nothing.
        over_time: the bars are months, in order.
    """

    key: str
    title: str
    bars: tuple[Bar, ...]
    note: str = ""
    over_time: bool = False

    @property
    def most(self) -> int:
        """The longest bar; one at least, so that lengths can be divided by it."""
        return max(1, *(bar.value for bar in self.bars), *(bar.before or 0 for bar in self.bars))

    @property
    def has_before(self) -> bool:
        """Whether the season before stands beside any of them."""
        return any(bar.before is not None for bar in self.bars)

    @property
    def words(self) -> str:
        """The whole chart in one French sentence, for who does not see it."""
        return f"{self.title} : {' ; '.join(f'{bar.label}, {bar.words}' for bar in self.bars)}."


def charts(report: SeasonReport) -> tuple[Chart, ...]:
    """The charts that a report has something for, in the order to be read."""
    found = (
        _of_months(report, key, _OF_MONTHS[key]) if key in _OF_MONTHS else _of_section(report, key) for key in _ORDER
    )
    return tuple(chart for chart in found if chart is not None)


def _of_section(report: SeasonReport, key: str) -> Chart | None:
    section = next((one for one in report.sections if one.key == key), None)
    known = [one for one in section.figures if one.value is not None] if section is not None else []
    if section is None or len(known) < _FEWEST or not any(one.value for one in known):
        return None
    left = len(known) - MOST
    note = f"… et {left} autre{'s' if left > 1 else ''}, plus petit{'s' if left > 1 else ''}." if left > 0 else ""
    return Chart(key=key, title=section.title, bars=tuple(_bar(one) for one in known[:MOST]), note=note)


def _bar(figure: Figure) -> Bar:
    before = value_words(figure, figure.before) if figure.before is not None else ""
    return Bar(label=figure.label, value=max(0, figure.value or 0), words=value_words(figure, figure.value),
               before=None if figure.before is None else max(0, figure.before), before_words=before)  # fmt: skip


def _of_months(report: SeasonReport, key: str, title: str) -> Chart | None:
    """The parts of a figure by the month of their day; a month without any, between two, is there all the same."""
    figure = report.figure(key)
    by_month: dict[int, int] = defaultdict(int)
    for source in figure.sources:
        if source.date is not None:
            by_month[source.date.year * 12 + source.date.month - 1] += source.amount
    if not any(by_month.values()):
        return None
    months = range(min(by_month), max(by_month) + 1)[:MOST]
    bars = tuple(
        Bar(label=MONTHS[month % 12], value=by_month[month], words=_rounded(figure, by_month[month]))
        for month in months
    )
    return Chart(key=key, title=title, bars=bars, over_time=True)


def _rounded(figure: Figure, value: int) -> str:
    """A month's value: hours to the nearest one, there is little room above a bar."""
    hour = 3600
    if figure.unit is Unit.SECONDS and value >= hour:
        value = (value + hour // 2) // hour * hour
    return value_words(figure, value)
