"""Volunteer hours: who gave how long to what, and what an hour is worth in a season report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bobine.model.people import Role


class Task(StrEnum):
    """The tasks that hours are given to."""

    PREPARATION = "preparation"
    INTERVIEW = "interview"
    HOSTING = "hosting"
    TECHNICAL = "technical"
    EDITING = "editing"
    WELCOME = "welcome"
    PROMOTION = "promotion"
    LEARNING = "learning"
    BOARD = "board"
    OTHER = "other"

    @property
    def for_the_show(self) -> bool:
        """Whether the task makes shows: meetings of the board are counted apart."""
        return self is not Task.BOARD

    @property
    def french(self) -> str:
        """The word on screen."""
        return TASKS[self]


TASKS: dict[Task, str] = {
    Task.PREPARATION: "préparation",
    Task.INTERVIEW: "interview et reportage",
    Task.HOSTING: "animation",
    Task.TECHNICAL: "technique",
    Task.EDITING: "montage",
    Task.WELCOME: "accueil",
    Task.PROMOTION: "communication",
    Task.LEARNING: "formation suivie",
    Task.BOARD: "réunion du bureau ou du conseil",
    Task.OTHER: "autre",
}
"""Words for the tasks."""

TASK_OF_ROLE: dict[Role, Task] = {
    Role.HOST: Task.HOSTING,
    Role.TECHNICIAN: Task.TECHNICAL,
    Role.EDITOR: Task.EDITING,
    Role.INTERVIEWER: Task.INTERVIEW,
    Role.WELCOME: Task.WELCOME,
    Role.CONTRIBUTOR: Task.PREPARATION,
}
"""The task that a volunteer's role stands for; guests and musicians give no volunteer hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursLine:
    """Hours that one person gave to one task.

    Attributes:
        id: slug, unique in the file.
        name: who, as in the team.
        task: to what.
        duration: how long.
        date: the day; None, beside a show, for the day of the show.
        notes: anything to know.
    """

    id: str
    name: str
    task: Task
    duration: timedelta
    date: date | None = None
    notes: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HourlyRate:
    """The value of a volunteer's hour from a day on.

    Attributes:
        start: first day; the rate holds until the next one's.
        euros: for one hour.
        source: what it is taken from.
    """

    start: date
    euros: float
    source: str = ""

    def __str__(self) -> str:
        return f"{self.euros:.2f} € dès {self.start}".replace(".", ",")

    @property
    def cents(self) -> int:
        """The rate in whole cents."""
        return round(self.euros * 100)


def rate_on(rates: Iterable[HourlyRate], day: date) -> HourlyRate | None:
    """The rate that holds on a day: the last one begun; None before the first."""
    begun = [rate for rate in rates if rate.start <= day]
    return max(begun, key=lambda rate: rate.start, default=None)
