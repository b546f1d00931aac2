"""The season's calendar: its days and how far each one is. Pure: what was found of each day is passed in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bobine.model.episode import Episode
from bobine.model.episode_day import plain_day
from bobine.model.people import Person, Role
from bobine.model.published.online import UNCHANGED, SinceOnline
from bobine.model.show import SeasonCalendar, Show
from bobine.model.slot_days import season_bounds, slot_days
from bobine.plan.readiness.report import Lack


class DayState(StrEnum):
    """The progress of one day's show."""

    EMPTY = "empty"
    IN_PREPARATION = "in-preparation"
    READY = "ready"
    RECORDED = "recorded"
    ONLINE = "online"
    CANCELLED = "cancelled"
    REPLAY = "replay"

    @property
    def french(self) -> str:
        """The word on screen."""
        return _STATES[self]


_STATES = {
    DayState.EMPTY: "vide",
    DayState.IN_PREPARATION: "en préparation",
    DayState.READY: "prête",
    DayState.RECORDED: "enregistrée",
    DayState.ONLINE: "en ligne",
    DayState.CANCELLED: "annulée",
    DayState.REPLAY: "rediffusion",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DayFacts:
    """The facts of one day that has a plan.

    Attributes:
        episode: its plan; None where the file cannot be read as it stands.
        fault: then, what is wrong with it, in French.
        gap: the planned end less the hard end; positive when the show is too long; None without a plan or a slot.
        lacks: what keeps it from being ready.
        recorded: a recording is attached.
        online: a feed names it.
        since: what changed in the plan since it was put online.
    """

    episode: Episode | None
    fault: str = ""
    gap: timedelta | None = None
    lacks: tuple[Lack, ...] = ()
    recorded: bool = False
    online: bool = False
    since: SinceOnline = UNCHANGED

    @property
    def state(self) -> DayState:
        """The progress of the show: an online one was recorded, and a recorded one needs no more preparation.

        What was cancelled was not, and what is aired again was prepared before.
        """
        if self.online:
            return DayState.ONLINE
        if self.episode is not None and self.episode.cancelled:
            return DayState.CANCELLED
        if self.episode is not None and self.episode.replay is not None:
            return DayState.REPLAY
        if self.recorded:
            return DayState.RECORDED
        if self.episode is None or not self.episode.counted_items or self.lacks:
            return DayState.IN_PREPARATION
        return DayState.READY


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonDay:
    """One line of the calendar.

    Attributes:
        date: the day.
        past: it is before today.
        holiday: name of the holiday that it falls in; there is a show all the same where ``state`` is not empty.
        state: how far its show is.
        facts: what was found; None where there is no plan.
        hosts: names of those who present.
        technicians: names of those at the desk.
    """

    date: date
    past: bool
    holiday: str = ""
    state: DayState = DayState.EMPTY
    facts: DayFacts | None = None
    hosts: tuple[str, ...] = ()
    technicians: tuple[str, ...] = ()

    @property
    def gap(self) -> timedelta | None:
        """The planned end less the hard end, positive when the show is too long; None where nothing is planned."""
        return self.facts.gap if self.facts is not None else None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """The lacks that keep the show from being ready; none once it was recorded."""
        return self.facts.lacks if self.facts is not None and self.state is DayState.IN_PREPARATION else ()


def season_days(show: Show, found: Mapping[date, DayFacts], number: int, today: date) -> tuple[SeasonDay, ...]:
    """The days of one season, in order: those of the slot, holidays included, and those of special shows.

    Args:
        show: whose.
        found: what was found of each day that has a plan.
        number: the season.
        today: the day it is.
    """
    specials = {day for day in found if show.season.number(day) == number}
    return tuple(_day(show, day, found.get(day), today) for day in sorted({*slot_days(show, number), *specials}))


def season_shown(calendar: SeasonCalendar, today: date) -> int:
    """The season that a calendar opens on: the one of today, or between two of them the next."""
    number = calendar.number(today)
    return number + 1 if today > season_bounds(calendar, number)[1] else number


def _day(show: Show, day: date, facts: DayFacts | None, today: date) -> SeasonDay:
    holiday = next((off.name for off in show.season.holidays if off.start <= plain_day(day) <= off.end), "")
    if facts is None:
        return SeasonDay(date=day, past=day < today, holiday=holiday)
    people = facts.episode.people if facts.episode is not None else ()
    return SeasonDay(
        date=day,
        past=day < today,
        holiday=holiday,
        state=facts.state,
        facts=facts,
        hosts=_names(people, Role.HOST),
        technicians=_names(people, Role.TECHNICIAN),
    )


def _names(people: tuple[Person, ...], role: Role) -> tuple[str, ...]:
    return tuple(person.name for person in people if person.holds(role))
