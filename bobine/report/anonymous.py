"""The report without names, for what leaves the house. Pure."""

from __future__ import annotations

from dataclasses import replace

from bobine.report.figures import Figure, SeasonReport, Section


def anonymous(report: SeasonReport) -> SeasonReport:
    """The same figures with nobody's name: people stay as numbers, and who gave how many hours by rank alone."""
    return replace(report, sections=tuple(_section(section) for section in report.sections), likenesses=(), remarks=())


def _section(section: Section) -> Section:
    if not section.of_people:
        return replace(section, figures=tuple(_nameless(figure) for figure in section.figures))
    ranked = [
        replace(_nameless(figure), key=f"{section.key}/{rank}", label=f"Personne {rank}", sources=(), before=None)
        for rank, figure in enumerate(section.figures, 1)
    ]
    return replace(section, figures=tuple(ranked))


def _nameless(figure: Figure) -> Figure:
    return replace(figure, sources=tuple(replace(source, people=()) for source in figure.sources))
