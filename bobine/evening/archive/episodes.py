"""The episodes of a workspace that can be mastered, the longest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bobine.errors import BobineError
from bobine.model.show import Show
from bobine.store.opening import is_regular
from bobine.store.pieces import pieces_of
from bobine.store.records.keeping import purged_path, read_purged
from bobine.store.records.recordings import read_as_run
from bobine.store.workspace import EpisodeFolder, Workspace


@dataclass(frozen=True, slots=True)
class Recorded:
    """An episode that has a recording.

    Attributes:
        folder: where it is.
        sound_s: length of its recording, seconds; 0 where it cannot be read: whoever masters it tells why.
    """

    folder: EpisodeFolder
    sound_s: float


@dataclass(frozen=True, slots=True)
class Archive:
    """The episodes of a workspace, or of one show of it.

    Attributes:
        recorded: those to master, the longest first: none is waited for long at the end.
        unrecorded: names of those that have no recording.
        purged: names of those whose recording was purged, whole or in part: nothing new can be made of them.
    """

    recorded: tuple[Recorded, ...]
    unrecorded: tuple[str, ...]
    purged: tuple[str, ...]


def archive_of(workspace: Workspace, shows: Sequence[Show]) -> Archive:
    """Find the episodes of some shows that have a recording.

    Raises:
        UnusableFileError: if the folder of a show's episodes cannot be read.
    """
    recorded: list[Recorded] = []
    unrecorded: list[str] = []
    purged: list[str] = []
    for show in shows:
        for day in workspace.episode_dates(show):
            folder = workspace.folder(show, day)
            if not folder.as_run.exists():
                unrecorded.append(folder.reference)
                continue
            length_s = _sound_s(folder)
            if length_s is None:
                purged.append(folder.reference)
            else:
                recorded.append(Recorded(folder, length_s))
    recorded.sort(key=lambda one: (-one.sound_s, one.folder.reference))
    return Archive(tuple(recorded), tuple(unrecorded), tuple(purged))


def _sound_s(folder: EpisodeFolder) -> float | None:
    """Length of a recording, seconds; None if it was purged."""
    try:
        recording = read_as_run(folder.as_run).recording
        noted = read_purged(purged_path(folder.recording))
        missing = [one.path.name for one in pieces_of(recording, folder.recording) if not is_regular(one.path)]
    except BobineError:
        return 0.0
    if noted is not None and any(noted.names(name) for name in missing):
        return None
    return recording.samples / recording.rate
