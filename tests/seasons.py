"""A season read for a test."""

from __future__ import annotations

from datetime import date

from bobine.model.show import Show
from bobine.plan.files.season_files import read_day
from bobine.plan.season.calendar import DayFacts
from bobine.store.workspace import Workspace


def read_days(workspace: Workspace, show: Show, number: int) -> dict[date, DayFacts]:
    """The facts of each day of a season that has a plan."""
    days = [day for day in workspace.episode_dates(show) if show.season.number(day) == number]
    return {day: read_day(workspace, show, day) for day in days}
