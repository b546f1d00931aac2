"""Where a live show plays: its journal, its recorder, and whether it is the real one or a rehearsal."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Protocol

from bobine.air.live.held_journal import forget_spare
from bobine.air.live.journal import JOURNAL_FILE
from bobine.errors import SoundError
from bobine.model.recording import InputKind, RecordingSettings
from bobine.model.show import Show
from bobine.store.opening import confined
from bobine.store.workspace import Workspace
from bobine.tui.onair.recorder import ProcessRecorder, stop_recorder
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

    def interrupted(self) -> bool:
        """Whether it was recording and nobody stopped it, yet nothing runs."""

    def from_elsewhere(self) -> bool:
        """Whether what was being recorded was begun on another computer or in another folder."""

    def await_stopped(self) -> bool:
        """Wait until it has ended; whether it has."""

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
        """Nothing to start.

        Raises:
            SoundError: always; it says how to have something recorded.
        """
        raise SoundError("Cette répétition n'enregistre pas : relancez-la avec --source FICHIER, qui en joue un.")

    def interrupted(self) -> bool:
        """Nothing was going on."""
        return False

    def from_elsewhere(self) -> bool:
        """Nothing was going on."""
        return False

    def await_stopped(self) -> bool:
        """Nothing to wait for."""
        return True

    def ask_stop(self) -> None:
        """Nothing to stop."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One playing of a show.

    Attributes:
        journal: the file of its events.
        recorder: its recording.
        recording: the folder that it records into; None where nothing is recorded.
        rehearsal: what the screen says of a rehearsal; empty for the real show.
    """

    journal: Path
    recorder: RecorderLink
    recording: Path | None = None
    rehearsal: str = ""


def real_stage(workspace: Workspace, show: Show, day: date) -> Stage:
    """The real show of an episode, with its recorder."""
    folder = workspace.folder(show, day)
    journal = folder.path / JOURNAL_FILE
    second = Path(show.slug) / day.isoformat()
    recorder = ProcessRecorder(folder.recording, journal, show.recording, workspace.root, second)
    return Stage(journal, recorder, folder.recording)


def rehearsal_stage(episode_folder: Path, settings: RecordingSettings, speed: int, source: Path | None = None) -> Stage:
    """A rehearsal, in a folder of its own: what the last one left is thrown away.

    Args:
        episode_folder: the episode's.
        settings: how the show is recorded.
        speed: how many times faster than life it runs.
        source: a sound file that is played to the recorder in place of the input; without it nothing is recorded.

    Raises:
        SoundError: if the recorder of the last rehearsal still runs and does not stop.
        OSError: if the episode's folder cannot be written.
    """
    folder = confined(episode_folder / REHEARSAL)
    folder.mkdir(exist_ok=True)
    journal, recording = folder / JOURNAL_FILE, folder / "recording"
    stop_recorder(recording)
    journal.unlink(missing_ok=True)
    forget_spare(journal)
    if confined(recording).exists():
        shutil.rmtree(recording)
    words = f"RÉPÉTITION ×{speed}" if speed > 1 else "RÉPÉTITION"
    if source is None:
        return Stage(journal, NoRecorder(), None, words)
    played = replace(settings, input=f"{InputKind.FILE}:{source.resolve()}", second="", pair=())
    recorder = ProcessRecorder(recording, journal, played, folder, None, speed=speed)
    return Stage(journal, recorder, recording, words)


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
