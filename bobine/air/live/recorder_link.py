"""The recorder as the running show sees it: another process, watched and told what to do."""

from __future__ import annotations

import time
from pathlib import Path

from bobine.air.live.state.sound import Sound
from bobine.air.recorder.link import control
from bobine.air.recorder.link.alarms import alarms, lost
from bobine.air.recorder.link.status import Status
from bobine.errors import SoundError
from bobine.model.recording import RecordingSettings

CLIPPING_S = 3.0
"""How long a sample at full scale is told, seconds."""


class ProcessRecorder:
    """The recorder of one folder.

    Args:
        recording: the folder that it records into.
        journal: the journal that takes its events.
        settings: the show's.
        root: the workspace.
        second: the episode's folder within the second destination, relative.
        speed: how fast a file is played, for a rehearsal.
    """

    def __init__(
        self,
        recording: Path,
        journal: Path,
        settings: RecordingSettings,
        root: Path,
        second: Path | None,
        *,
        speed: float = 1.0,
    ) -> None:
        self._recording = recording
        self._journal = journal
        self._settings = settings
        self._root = root
        self._second = second
        self._speed = speed
        self._watch = control.watch(recording)
        self._clipped: int | None = None
        self._clipped_at_s = -CLIPPING_S

    def sound(self) -> Sound:
        """Its state as it tells it, believed only while its position grows."""
        sight = self._watch.look()
        status = sight.status
        if status is None:
            return Sound()
        levels = status.levels
        if self._clipped is not None and levels.clipped > self._clipped:
            self._clipped_at_s = time.monotonic()
        self._clipped = levels.clipped
        said = alarms(status) if sight.alive else ()
        if sight.alive and time.monotonic() - self._clipped_at_s < CLIPPING_S:
            said = (*said, "Ça sature : baissez le niveau qui entre.")
        return Sound(
            running=sight.recording,
            alive=sight.alive,
            seconds=status.position / status.rate,
            peak_db=max((peak for peak in levels.peaks_dbfs if peak is not None), default=None),
            momentary_lufs=levels.momentary_lufs,
            short_term_lufs=levels.short_term_lufs,
            free_minutes=_least_room(status),
            alarms=said,
            source=status.source_words or status.source,
            lost=lost(status) if sight.alive else "",
        )

    def position(self) -> int | None:
        """The sample that is heard now; None while nothing records."""
        return control.position_now(self._recording)

    def start(self) -> None:
        """Start it, or let it go on with what the folder holds.

        Raises:
            SoundError: if no input is configured.
            ToolError: if it does not start.
            DiskError: if the folder cannot be written.
        """
        control.start(
            self._recording, self._journal, self._settings, root=self._root, second=self._second, speed=self._speed
        )

    def interrupted(self) -> bool:
        """Whether a recording has ended that nobody stopped, by a power cut say; ``start`` continues it."""
        return control.was_interrupted(self._recording)

    def from_elsewhere(self) -> bool:
        """Whether it was recording on another computer, or in another folder: this one is a copy."""
        return control.came_from_elsewhere(self._recording)

    def stop(self) -> bool:
        """Stop it, and wait until it has brought all to the disk and ended; whether it has.

        Raises:
            DiskError: if the disk refuses.
        """
        return control.stop(self._recording)


def _least_room(status: Status) -> int | None:
    rooms = [copy.minutes_left for copy in status.copies if copy.minutes_left is not None]
    return min(rooms, default=None)


def stop_recorder(recording: Path) -> None:
    """Stop the recorder of a folder, if one runs, and wait until it has ended.

    Raises:
        SoundError: if it does not end.
        DiskError: if the disk refuses.
    """
    if control.is_running(recording) and not control.stop(recording):
        raise SoundError("L'enregistreur de la dernière répétition ne s'arrête pas : attendez, puis recommencez.")
