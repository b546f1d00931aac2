"""The coverage of each objective of the editorial line by the last shows. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode

SHORT_OBJECTIVES = {
    Objective.VOICES: "prises de parole",
    Objective.INITIATIVES: "initiatives d'ici",
    Objective.EDUCATION: "éducation pop.",
    Objective.ACCESSIBLE: "accessible",
}
"""Words for them where there is little room; the full ones are ``OBJECTIVES`` of the model."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """The coverage of one objective.

    Attributes:
        objective: which.
        shows: for each of the shows looked at, oldest first, how long its items with that objective are planned.
    """

    objective: Objective
    shows: tuple[timedelta, ...]

    @property
    def covered(self) -> int:
        """The number of shows that have an item with it."""
        return sum(bool(time) for time in self.shows)

    @property
    def total(self) -> timedelta:
        """Air time planned for it over all of them."""
        return sum(self.shows, timedelta())


def coverage(episodes: Iterable[Episode], last: int, until: date) -> tuple[Coverage, ...]:
    """Work out how far the last shows covered each objective, in the order of the editorial line.

    Args:
        episodes: the episodes known, in any order.
        last: how many shows are looked at, at most; above zero.
        until: the last day that counts.
    """
    looked_at = sorted((e for e in episodes if e.date <= until), key=lambda episode: episode.date)[-last:]
    return tuple(
        Coverage(objective=objective, shows=tuple(_time(episode, objective) for episode in looked_at))
        for objective in Objective
    )


def _time(episode: Episode, objective: Objective) -> timedelta:
    return sum((item.duration for item in episode.counted_items if objective in item.objectives), timedelta())
