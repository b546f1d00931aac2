"""Notes on keeping an episode: a hold that somebody asked for, and the files that were purged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """A request that a show be kept, until it is lifted.

    Attributes:
        by: who asked.
        at: when; aware.
        reason: why; empty where nobody said.
    """

    by: str
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PurgedFile:
    """A file that was purged: its name in ``recording/``, and its size in bytes."""

    file: str
    bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """The files of an episode that were purged, and when the last purge was (aware)."""

    at: datetime
    files: tuple[PurgedFile, ...] = ()

    def names(self, file: str) -> bool:
        """Whether a file of that name was purged."""
        return any(one.file == file for one in self.files)
