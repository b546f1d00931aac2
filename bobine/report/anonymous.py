"""The report without names, for what leaves the house. Pure."""

from __future__ import annotations

from dataclasses import replace

from bobine.french import long_date
from bobine.report.figures import Figure, SeasonReport, Section, in_order

_OF_TASKS = frozenset({"volunteers", "hours", "hours_by_task"})
"""Sections whose sources are tasks, roles and rates; elsewhere they are titles, which may name somebody."""


def anonymous(report: SeasonReport) -> SeasonReport:
    """The same figures with nobody's name: people stay as numbers, and who gave how many hours by rank alone.

    Titles of items and episodes go too, since they may name their guests; days, chroniques, partners and places stay.
    """
    return replace(
        report,
        sections=tuple(_section(section) for section in report.sections),
        days=tuple(replace(day, title="") for day in report.days),
        likenesses=(),
        remarks=(),
    )


def _section(section: Section) -> Section:
    figures = [_nameless(figure, with_words=section.key in _OF_TASKS) for figure in section.figures]
    if section.of_people:
        figures = [
            replace(figure, key=f"{section.key}/{rank}", label=f"Personne {rank}", sources=(), before=None)
            for rank, figure in enumerate(figures, 1)
        ]
    if section.of_shows:
        figures = [replace(figure, label=", ".join(long_date(day) for day in figure.dates)) for figure in figures]
    return replace(section, figures=tuple(figures))


def _nameless(figure: Figure, *, with_words: bool) -> Figure:
    sources = (replace(one, people=(), what=one.what if with_words else "") for one in figure.sources)
    return replace(figure, sources=in_order(sources))
