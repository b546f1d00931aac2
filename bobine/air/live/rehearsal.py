"""A rehearsal: a stage that touches nothing of the real show, and a clock that may run faster than life."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from bobine.air.live.held_journal import forget_spare
from bobine.air.live.journal import JOURNAL_FILE
from bobine.air.live.recorder_link import ProcessRecorder, stop_recorder
from bobine.air.live.stage import Stage
from bobine.air.live.state.sound import Sound
from bobine.errors import SoundError
from bobine.model.recording import InputKind, RecordingSettings
from bobine.store.opening import confined

REHEARSAL = "repetition"
"""The folder, in the episode's, that a rehearsal has to itself: it can never touch the real journal."""


class NoRecorder:
    """The recorder of a rehearsal that records nothing."""

    def sound(self) -> Sound:
        """The state of no recording at all."""
        return Sound()

    def position(self) -> int | None:
        """None: nothing is recorded."""
        return None

    def start(self) -> None:
        """Refuse: there is nothing to start.

        Raises:
            SoundError: always; it says how to have something recorded.
        """
        raise SoundError("Cette répétition n'enregistre pas : relancez-la avec --source FICHIER, qui en joue un.")

    def interrupted(self) -> bool:
        """No: nothing was going on."""
        return False

    def from_elsewhere(self) -> bool:
        """No: nothing was going on."""
        return False

    def stop(self) -> bool:
        """Done at once: there is nothing to stop."""
        return True


def rehearsal_stage(episode_folder: Path, settings: RecordingSettings, speed: int, source: Path | None = None) -> Stage:
    """Set up a rehearsal in a folder of its own; what the last one left is thrown away.

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
    journal, recording, master = folder / JOURNAL_FILE, folder / "recording", folder / "master"
    stop_recorder(recording)
    journal.unlink(missing_ok=True)
    forget_spare(journal)
    if confined(recording).exists():
        shutil.rmtree(recording)
    # whoever fills it still sees that it is gone, and ends
    shutil.rmtree(confined(master), ignore_errors=True)
    words = f"RÉPÉTITION ×{speed}" if speed > 1 else "RÉPÉTITION"
    if source is None:
        return Stage(journal, NoRecorder(), None, words)
    played = replace(settings, input=f"{InputKind.FILE}:{source.resolve()}", second="", pair=())
    recorder = ProcessRecorder(recording, journal, played, folder, None, speed=speed)
    return Stage(journal, recorder, recording, words, master)


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
        """The instant that it shows at a real one."""
        return self.start + timedelta(seconds=(real - self.made).total_seconds() * self.speed)
