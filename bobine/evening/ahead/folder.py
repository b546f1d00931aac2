"""The files of the process that masters ahead: all in the cache, and gone with it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bobine.master.cache.cache import AHEAD, AHEAD_WORK, FOLDER


@dataclass(frozen=True, slots=True)
class AheadFolder:
    """The place where one process works.

    Attributes:
        master: the folder of the master, or of a rehearsal's.
    """

    master: Path

    @property
    def folder(self) -> Path:
        """Its own folder."""
        return self.master / FOLDER / AHEAD

    @property
    def work(self) -> Path:
        """Frames on their way into the cache."""
        return self.master / FOLDER / AHEAD_WORK

    @property
    def sound(self) -> Path:
        """The frames of the MP3 that are known so far; only where some destination takes them before the end."""
        return self.folder / "podcast.mp3"

    @property
    def status(self) -> Path:
        """The file in which it says how far it is."""
        return self.folder / "status.json"

    @property
    def lock(self) -> Path:
        """Held while one works."""
        return self.folder / "lock"

    @property
    def log(self) -> Path:
        """The file of what it prints: nothing, unless it fails."""
        return self.folder / "log"
