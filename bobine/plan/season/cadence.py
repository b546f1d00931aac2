"""Cadence: the chroniques that are due, those not heard for long, and the progress of the serials. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.model.episode import Episode, Item
from bobine.model.show import Chronique, Show

_LONG = 2
"""A chronique has not been heard for long when more shows than this many times its cadence have passed without it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """The state of one chronique on a given day.

    Attributes:
        chronique: which.
        last: day of the last show that had it; None where none did.
        shows_since: shows from that one to the given day, this one counted: 1 when it was in the show just before.
            Where it was never heard, shows from the first episode known, and one more.
        next_instalment: number that its next instalment takes; None unless it is a serial.
    """

    chronique: Chronique
    last: date | None
    shows_since: int
    next_instalment: int | None = None

    @property
    def due(self) -> bool:
        """Whether its cadence asks for it on that day; a chronique never heard is due."""
        return self.last is None or self.shows_since >= self.chronique.every_weeks

    @property
    def long_unheard(self) -> bool:
        """Whether more than twice its cadence has passed without it."""
        return self.shows_since > _LONG * self.chronique.every_weeks


def cadences(show: Show, episodes: Iterable[Episode], day: date) -> tuple[Cadence, ...]:
    """The state of each chronique that is not over, in the order of the show's.

    A cadence counts shows, not weeks: holidays and summers do not make a chronique late. Standbys were not heard.

    Args:
        show: whose.
        episodes: the episodes known, planned ones included; those of the day and after are not looked at.
        day: the day of the show that is being planned.
    """
    before = sorted((episode for episode in episodes if episode.date < day), key=lambda episode: episode.date)
    return tuple(_cadence(show, chronique, before, day) for chronique in show.chroniques if not chronique.ended)


def next_instalment(chronique: str, episodes: Iterable[Episode], day: date) -> int:
    """The number that a serial's next instalment takes on a day; an instalment without a number counts as one more."""
    number = 0
    for episode in sorted(episodes, key=lambda episode: episode.date):
        for item in _heard(episode, chronique) if episode.date < day else ():
            number = max(number, item.instalment) if item.instalment else number + 1
    return number + 1


def shows_between(show: Show, after: date, until: date) -> int:
    """Days of the slot with a show, after one day and until another, which counts as one whatever it is."""
    first = after + timedelta(days=(show.slot.day.number - after.weekday() - 1) % 7 + 1)
    weeks = max(0, (until - first).days + 6) // 7
    return 1 + sum(show.season.is_open(first + timedelta(weeks=week)) for week in range(weeks))


def _cadence(show: Show, chronique: Chronique, before: list[Episode], day: date) -> Cadence:
    last = next((episode.date for episode in reversed(before) if any(_heard(episode, chronique.id))), None)
    if last is not None:
        since = shows_between(show, last, day)
    else:
        since = shows_between(show, before[0].date - timedelta(days=1), day) if before else 1
    number = next_instalment(chronique.id, before, day) if chronique.serial else None
    return Cadence(chronique=chronique, last=last, shows_since=since, next_instalment=number)


def _heard(episode: Episode, chronique: str) -> Iterator[Item]:
    items = () if episode.cancelled else episode.counted_items
    return (item for item in items if item.chronique == chronique)
