"""This computer's own mark on what it sends, so that a later run of it knows what one that was killed left."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

from bobine.errors import BusyError
from bobine.store.files import atomic_write, locked

_COMPUTER_CHARS = 16
MARK_CHARS = 8
"""Length of a computer's mark."""


class OwnSending:
    """The mark of what this computer sends to one destination."""

    def __init__(self, state: Path, place: str) -> None:
        """Nothing is locked yet.

        Args:
            state: the folder of this computer's own state.
            place: what tells the destination from all others: its address.
        """
        self._state = state
        self._place = place_mark(place)

    @contextlib.contextmanager
    def marked(self) -> Iterator[str]:
        """Give the computer's mark, kept from its other programs meanwhile; one that nobody else has if another has it.

        Raises:
            DiskError: if this computer's own state cannot be written.
        """
        with contextlib.ExitStack() as held:
            mark = secrets.token_hex(MARK_CHARS // 2)
            with contextlib.suppress(BusyError):
                held.enter_context(locked(self._state / f"envoi-{self._place}", 0))
                mark = computer_of(self._state)[:MARK_CHARS]
            yield mark


def place_mark(place: str) -> str:
    """A short mark of a destination, by its address."""
    return hashlib.sha256(place.encode()).hexdigest()[:16]


def computer_of(state: Path) -> str:
    """A number of this computer's own, made up once and kept in its state; it tells nothing about it.

    Raises:
        DiskError: if it is new and cannot be kept.
    """
    path = state / "ordinateur"
    with contextlib.suppress(OSError, UnicodeDecodeError):
        known = path.read_text("utf-8").strip()
        if len(known) == _COMPUTER_CHARS and known.isalnum():
            return known
    made = secrets.token_hex(_COMPUTER_CHARS // 2)
    atomic_write(path, made.encode())
    return made
