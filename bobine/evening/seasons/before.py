"""Read the hours of the shows just before one: they tell how long a task usually takes."""

from __future__ import annotations

import contextlib
from datetime import date

from bobine.errors import BobineError
from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.store.documents.hours import read_hours
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
