"""The sheet as a value: all that paper, page and files say of a rundown, in words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bobine.model.episode import Item
from bobine.model.people import Person, Role
from bobine.plan.fields.words import ROLES
from bobine.plan.sheet.alerts import Alert

VISITORS = (Role.GUEST, Role.MUSICIAN)
"""Roles outside the team: they are said beside the person's name, and have no card."""


@dataclass(frozen=True, slots=True)
class Group:
    """People of one role in an item.

    Attributes:
        names: their names.
        role: what they do, in French; empty for the team, whose roles stand at the foot of the sheet.
    """

    names: tuple[str, ...]
    role: str

    def __str__(self) -> str:
        names = ", ".join(self.names)
        return f"{names} ({self.role})" if self.role else names


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One item, as it is shown; texts are empty where there is nothing to say.

    Attributes:
        item: the item itself.
        number: its place among the items that count, from 1; None for a standby.
        start: planned start, in the show's zone; None for a standby.
        end: planned end; None for a standby.
        back_time: when it must start for the show to end on time; None where there is no such instant.
        hour: the planned start as ``18:05:30``.
        duration: planned duration as ``3'30``.
        back_hour: the back time as ``18:05:30``.
        kind: what it is, with the number of a serial's instalment.
        people: names, grouped by role.
        mics: the microphones.
        source: where the sound comes from; empty where it only repeats the microphones.
        works: what is to be announced: « title » (performer).
        notes: the studio's notes, line by line.
        marks: what may be done with it: cut, stretched, started at its hour; left out of the podcast.
        alerts: waits, overlaps, impossible back times, missing rights and consents.
    """

    item: Item
    number: int | None
    start: datetime | None
    end: datetime | None
    back_time: datetime | None
    hour: str
    duration: str
    back_hour: str
    kind: str
    people: tuple[Group, ...]
    mics: str
    source: str
    works: tuple[str, ...]
    notes: tuple[str, ...]
    marks: tuple[str, ...]
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """The part of one person in the show, with its hours.

    Attributes:
        person: who.
        role: all their roles in French, those that they learn too.
        rows: the items that name them, in order of the rundown.
    """

    person: Person
    role: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A rundown, ready to be shown.

    Attributes:
        reference: how a command names the episode.
        show: the show's title.
        station: name and frequency.
        date: day of broadcast.
        day: the same in words.
        title: the episode's title.
        season: season and number in words.
        slot_start: when the air is taken.
        slot_end: when it is given back: hard.
        hours: the slot in figures.
        expected_end: when the plan ends, waits included, as ``18:55:00``.
        planned_total: sum of what counts.
        total: the same as ``55'00``.
        gap: to the hard end; positive when the plan is too long.
        gap_words: the gap as a sentence.
        gap_sign: the gap as a signed figure.
        plan: every item, in the plan's order, standbys too.
        team: role in words and the names that hold it, then « doublure : » and who learns it, in the order of roles.
        people: everybody who takes part.
        to_settle: rights and consents that lack, one a line.
    """

    reference: str
    show: str
    station: str
    date: date
    day: str
    title: str
    season: str
    slot_start: datetime
    slot_end: datetime
    hours: str
    expected_end: str
    planned_total: timedelta
    total: str
    gap: timedelta
    gap_words: str
    gap_sign: str
    plan: tuple[Row, ...]
    team: tuple[tuple[str, tuple[str, ...]], ...]
    people: tuple[Person, ...]
    to_settle: tuple[str, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows that count, in order."""
        return tuple(row for row in self.plan if row.number is not None)

    @property
    def standbys(self) -> tuple[Row, ...]:
        """The rows held in reserve."""
        return tuple(row for row in self.plan if row.number is None)

    def cards(self) -> tuple[Card, ...]:
        """A card for each member of the team: guests and musicians have one if they hold or learn a role of it."""
        team = (one for one in self.people if one.role not in VISITORS or one.also or one.understudy)
        return tuple(
            Card(
                person=person,
                role=_roles(person),
                rows=tuple(row for row in self.plan if person.id in row.item.people),
            )
            for person in team
        )


def _roles(person: Person) -> str:
    held = ", ".join(ROLES[role] for role in (person.role, *person.also))
    learned = ", ".join(ROLES[role] for role in person.understudy)
    return f"{held}, doublure : {learned}" if learned else held
