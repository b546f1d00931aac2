"""The place where a live show plays: its journal, its recorder, and whether it is the real one or a rehearsal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.recorder_link import ProcessRecorder
from bobine.air.live.state.sound import Sound
from bobine.model.show import Show
from bobine.store.workspace import Workspace


class RecorderLink(Protocol):
    """The recorder, a process of its own, as the running show sees it."""

    def sound(self) -> Sound:
        """Its state as it tells it now."""

    def position(self) -> int | None:
        """Samples recorded by now; None while nothing records."""

    def start(self) -> None:
        """Begin to record; nothing where it does already."""

    def interrupted(self) -> bool:
        """Whether a recording has ended that nobody stopped."""

    def from_elsewhere(self) -> bool:
        """Whether what was being recorded was begun on another computer or in another folder."""

    def stop(self) -> bool:
        """Stop it, and wait until it has ended; whether it has."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One playing of a show.

    Attributes:
        journal: the file of its events.
        recorder: its recording.
        recording: the folder that it records into; None where nothing is recorded.
        rehearsal: what the screen says of a rehearsal; empty for the real show.
        master: the folder of the master whose cache is filled meanwhile; None where it is not.
    """

    journal: Path
    recorder: RecorderLink
    recording: Path | None = None
    rehearsal: str = ""
    master: Path | None = None


def real_stage(workspace: Workspace, show: Show, day: date) -> Stage:
    """The real show of an episode, with its recorder."""
    folder = workspace.folder(show, day)
    journal = folder.path / JOURNAL_FILE
    second = Path(show.slug) / day.isoformat()
    recorder = ProcessRecorder(folder.recording, journal, show.recording, workspace.root, second)
    return Stage(journal, recorder, folder.recording, master=folder.master)
