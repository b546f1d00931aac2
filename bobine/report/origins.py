"""The episodes and people behind a figure, a line for each day: « d'où vient-il ? ». Pure."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from bobine.report.figures import Figure, Source

MANY = 6
"""Things of one day that are named; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The part of a figure that comes from one day.

    Attributes:
        date: the day; None for what has none.
        what: titles, tasks or roles, in French.
        people: names, each once, in order of the alphabet.
        amount: its part of the figure, in the figure's unit; 0 where days are not added up.
    """

    date: date | None
    what: str
    people: tuple[str, ...]
    amount: int


def origins(figure: Figure) -> tuple[Origin, ...]:
    """A line for each day behind a figure, by date; what has no day comes first."""
    by_day: dict[date | None, list[Source]] = defaultdict(list)
    for source in figure.sources:
        by_day[source.date].append(source)
    return tuple(_origin(day, sources) for day, sources in by_day.items())


def _origin(day: date | None, sources: list[Source]) -> Origin:
    things = list(dict.fromkeys(source.what for source in sources if source.what))
    what = ", ".join(things[:MANY])
    if len(things) > MANY:
        what += f" et {len(things) - MANY} de plus"
    return Origin(
        date=day,
        what=what,
        people=tuple(sorted({name for source in sources for name in source.people})),
        amount=sum(source.amount for source in sources),
    )
