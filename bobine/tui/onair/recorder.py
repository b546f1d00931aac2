"""The recorder of a show as the live screen sees it: a process of its own, asked what it does and told what to do."""

from __future__ import annotations

from pathlib import Path

from bobine.air.recorder import control
from bobine.air.recorder.status import Status
from bobine.model.recording import RecordingSettings
from bobine.tui.onair.words import Sound


class ProcessRecorder:
    """The recorder of one folder.

    Args:
        recording: the folder that it records into.
        journal: the journal that takes its events.
        settings: the show's.
        root: the workspace.
        second: the episode's folder within the second destination, relative.
    """

    def __init__(
        self, recording: Path, journal: Path, settings: RecordingSettings, root: Path, second: Path | None
    ) -> None:
        self._recording = recording
        self._journal = journal
        self._settings = settings
        self._root = root
        self._second = second
        self._watch = control.watch(recording)

    def sound(self) -> Sound:
        """What it says of itself, believed only while its position grows."""
        sight = self._watch.look()
        status = sight.status
        if status is None:
            return Sound()
        return Sound(
            running=sight.recording,
            seconds=status.position / status.rate,
            peak_db=max((peak for peak in status.levels.peaks_dbfs if peak is not None), default=None),
            free_minutes=_least_room(status),
            fault=_fault(status),
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
        control.start(self._recording, self._journal, self._settings, root=self._root, second=self._second)

    def ask_stop(self) -> None:
        """Ask it to stop; it does when it is asked twice, a moment apart.

        Raises:
            DiskError: if the disk refuses.
        """
        control.request_stop(self._recording)


def _least_room(status: Status) -> int | None:
    rooms = [copy.minutes_left for copy in status.copies if copy.minutes_left is not None]
    return min(rooms, default=None)


def _fault(status: Status) -> str:
    """The most pressing thing that is wrong, in a few words."""
    broken = next((copy for copy in status.copies if copy.fault), None)
    if status.detail:
        return status.detail
    if broken is not None:
        return broken.fault
    return "SILENCE" if status.silent else ""
