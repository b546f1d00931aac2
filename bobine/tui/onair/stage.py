"""Where a live show plays: its journal, its recorder, and whether it is the real one or a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bobine.air.journal import JOURNAL_FILE
from bobine.model.show import Show
from bobine.store.workspace import Workspace
from bobine.tui.onair.recorder import ProcessRecorder
from bobine.tui.onair.words import Sound

REHEARSAL = "repetition"
"""The folder, in the episode's, that a rehearsal has to itself: it can never touch the real journal."""

FASTEST = 20
"""How many times faster than life a rehearsal may run."""


class RecorderLink(Protocol):
    """What the screen knows of the recorder, which is a process of its own."""

    def sound(self) -> Sound:
        """What it says of itself now."""

    def position(self) -> int | None:
        """Samples recorded by now; None while nothing records."""

    def start(self) -> None:
        """Begin to record; nothing where it does already."""

    def ask_stop(self) -> None:
        """Ask it to stop: it does so when it is asked twice, a moment apart."""


class NoRecorder:
    """Where no sound input is configured."""

    def sound(self) -> Sound:
        """That there is none."""
        return Sound()

    def position(self) -> int | None:
        """Nothing is recorded."""
        return None

    def start(self) -> None:
        """Nothing to start."""

    def ask_stop(self) -> None:
        """Nothing to stop."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One playing of a show.

    Attributes:
        journal: the file of its events.
        recorder: its recording.
        rehearsal: what the screen says of a rehearsal; empty for the real show.
    """

    journal: Path
    recorder: RecorderLink
    rehearsal: str = ""


def real_stage(workspace: Workspace, show: Show, day: date) -> Stage:
    """The real show of an episode, with its recorder."""
    folder = workspace.folder(show, day)
    journal = folder.path / JOURNAL_FILE
    second = Path(show.slug) / day.isoformat()
    return Stage(journal, ProcessRecorder(folder.recording, journal, show.recording, workspace.root, second))


def rehearsal_stage(episode_folder: Path, speed: int) -> Stage:
    """A rehearsal, from its own empty journal: what the last one left is thrown away.

    Raises:
        OSError: if the episode's folder cannot be written.
    """
    folder = episode_folder / REHEARSAL
    folder.mkdir(exist_ok=True)
    journal = folder / JOURNAL_FILE
    journal.unlink(missing_ok=True)
    return Stage(journal, NoRecorder(), f"RÉPÉTITION ×{speed}" if speed > 1 else "RÉPÉTITION")


@dataclass(frozen=True, slots=True)
class FastClock:
    """A clock that starts at one instant when it is made, and runs faster than life.

    Attributes:
        start: what it showed when it was made; aware.
        made: the real instant then.
        speed: how many times faster it runs.
    """

    start: datetime
    made: datetime
    speed: int

    def at(self, real: datetime) -> datetime:
        """What it shows at a real instant."""
        return self.start + timedelta(seconds=(real - self.made).total_seconds() * self.speed)
