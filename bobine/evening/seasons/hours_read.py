"""Read hours: of the shows just before one, which tell how long a task usually takes, and of a season."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable
from datetime import date

from bobine.errors import BobineError
from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.plan.paper.hours import SignedLine
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import read_hours, read_other_hours
from bobine.store.workspace import Workspace

SHOWS_BEFORE = 8
"""Shows that are looked at."""


def hours_before(workspace: Workspace, show: Show, day: date) -> tuple[HoursLine, ...]:
    """The lines of the shows before a day, the oldest first; a file that cannot be read tells nothing.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    found: list[HoursLine] = []
    for one in [one for one in workspace.episode_dates(show) if one < day][-SHOWS_BEFORE:]:
        with contextlib.suppress(BobineError):
            found += read_hours(workspace, show, one)
    return tuple(found)


def season_lines(workspace: Workspace, show: Show, number: int) -> dict[date | None, tuple[HoursLine, ...]]:
    """The lines of a season, by the day of the show that they go to; under None those that go to none in particular.

    Each episode of the season is there, whether anything is noted or not.

    Raises:
        PlanError: if a file of hours cannot be read as it stands.
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    days = [day for day in workspace.episode_dates(show) if show.season.number(day) == number]
    found: dict[date | None, tuple[HoursLine, ...]] = {day: read_hours(workspace, show, day) for day in days}
    others = read_other_hours(workspace, show)
    found[None] = tuple(line for line in others if line.date and show.season.number(line.date) == number)
    return found


def signed_lines(
    workspace: Workspace, show: Show, rows: Iterable[tuple[date | None, HoursLine]]
) -> tuple[SignedLine, ...]:
    """The lines of a season's sheet, in order of day; an episode that cannot be read goes by its day.

    Args:
        workspace: where.
        show: whose.
        rows: each line after the day of its show, or None.
    """
    titles: dict[date | None, str] = {None: ""}
    found = []
    for day, line in rows:
        if day is not None and day not in titles:
            titles[day] = f"émission du {day:%d/%m/%Y}"
            with contextlib.suppress(BobineError):
                titles[day] = read_episode(workspace, show, day).title
        when = line.date or day
        if when is not None:
            found.append(SignedLine(line=line, day=when, show=titles[day]))
    return tuple(sorted(found, key=lambda one: one.day))
