"""A new head before sound that is there: a destination does it by itself, and only the head goes over the line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from bobine.model.published.release import StoredFile
from bobine.publish.destinations.growing import OnBytes


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a file that is at the destination: its key, first byte, and number of bytes."""

    key: str
    start: int
    bytes: int


@runtime_checkable
class Grafts(Protocol):
    """A destination that may copy a stretch of what it has."""

    def graft(self, file: StoredFile, head: bytes, body: Stretch, cache_control: str, on_bytes: OnBytes) -> bool:
        """Make a file of a head and of what is there: whole, or not at all.

        Args:
            file: its key, type, size and digest.
            head: what it begins with, at least a byte.
            body: the rest of it.
            cache_control: the header it is served with.
            on_bytes: called with each number of bytes that are sent or found there.

        Returns:
            False where the destination does not do that: the file is to be sent whole, and no byte was told.

        Raises:
            PublishError: if the destination fails.
        """
