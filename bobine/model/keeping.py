"""What is said of keeping an episode: that somebody wants it kept, and what was purged of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Somebody asked that a show be kept, until it is lifted.

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
    """What was purged of an episode, and when last (aware)."""

    at: datetime
    files: tuple[PurgedFile, ...] = ()

    def names(self, file: str) -> bool:
        """Whether a file is one of those."""
        return any(one.file == file for one in self.files)
