"""The rehearsals that the screens offer: each begins anew, with the slot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bobine.air.live.rehearsal import FastClock, rehearsal_stage
from bobine.air.live.stage import Stage
from bobine.store.files import disk_errors
from bobine.tui.documents.desk import Desk


@dataclass(frozen=True, slots=True)
class Rehearsals:
    """The rehearsals of an episode: each begins anew.

    Attributes:
        desk: the workspace, with the real clock.
        day: the episode's.
        speed: how many times faster than life they run.
        source: a sound file that is played in place of the input; without it nothing is recorded.
    """

    desk: Desk
    day: date
    speed: int = 1
    source: Path | None = None

    def begin(self) -> tuple[Desk, Stage]:
        """Begin one, at the hour of the slot: its clock and its stage; what the last one left is thrown away.

        Raises:
            SoundError: if the recorder of the last rehearsal does not stop.
            DiskError: if the episode's folder cannot be written.
        """
        desk = self.desk
        folder = desk.workspace.folder(desk.show, self.day).path
        with disk_errors(folder):
            stage = rehearsal_stage(folder, desk.show.recording, self.speed, self.source)
        clock = FastClock(desk.show.slot.bounds(self.day)[0], desk.now(), self.speed)
        return Desk(desk.workspace, desk.show, lambda: clock.at(desk.now())), stage
