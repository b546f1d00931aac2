"""The sounds that are mastered ahead: the recording, which grows, and the takes, decoded once."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable
from pathlib import Path

from bobine.air.recorder.wav import synced
from bobine.errors import SoundError
from bobine.master.cache.digests import file_state
from bobine.master.source import plain
from bobine.store.opening import is_regular
from bobine.store.records.keeping import absence
from bobine.store.sounds import find_file


class ShortNotes:
    """Notes for as long as this process lives: those of one growing file must not outlive it."""

    def __init__(self) -> None:
        self._notes: dict[str, bytes] = {}

    def read(self, key: str) -> bytes | None:
        """The note kept under a key."""
        return self._notes.get(key)

    def write(self, key: str, content: Iterable[bytes]) -> None:
        """Note something."""
        self._notes[key] = b"".join(content)


class Growing:
    """A file of the recording: held open, so that no other can be taken for it.

    Attributes:
        path: the file.
        rate: Hz.
        channels: how many.
        samples: on the disk for good, as it was last looked at.
        notes: digests of what it holds; they stay true, as it only grows.
    """

    def __init__(self, path: Path) -> None:
        """Open it.

        Raises:
            OSError: if it is not there.
        """
        self.path = path
        self.rate = self.channels = self.samples = 0
        self.notes = ShortNotes()
        self._handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))

    def look(self) -> bool:
        """Measure it again; whether it is still that file, and has not shrunk.

        Raises:
            OSError: if it cannot be read.
        """
        held, found = os.fstat(self._handle), self.path.stat()
        known = synced(self.path) if (held.st_ino, held.st_dev) == (found.st_ino, found.st_dev) else None
        if known is None or known[2] < self.samples:
            return False
        self.rate, self.channels, self.samples = known
        return True

    @property
    def state(self) -> str:
        """A text that names this file, however long it has become."""
        held = os.fstat(self._handle)
        return f"growing {held.st_dev} {held.st_ino}"

    def close(self) -> None:
        """Close the file."""
        os.close(self._handle)


class Takes:
    """The sounds that stand in the place of an item's own, as mastering reads them.

    Args:
        folder: where decoded copies are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Path] = {}

    def read(
        self, recording: Path, names: Iterable[str], cancel: threading.Event
    ) -> tuple[dict[str, Path], dict[str, str]]:
        """The files of some takes, and for each a text that changes whenever its sound may.

        Args:
            recording: the episode's ``recording/`` folder.
            names: their names in it.
            cancel: once set, the work stops.

        Raises:
            SoundError: if one is missing, or cannot be decoded.
            OSError, Interrupted, DiskError: as ``master.source.plain`` does.
        """
        files, states = {}, {}
        for name in names:
            path = find_file(recording, name)
            if not is_regular(path):
                raise SoundError(absence(recording, name))
            state = file_state(path)
            if state not in self._known:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._known[state] = plain(path, self._folder / f"take-{len(self._known)}.wav", cancel)
            files[name], states[name] = self._known[state], f"take {state}"
        return files, states
