"""The instant at which something was done: that of its key, though the key waited a moment before it acted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime


class Instants:
    """The clock and the recording's position, as of a key while it acts.

    Args:
        now: tells the present instant, aware.
        position: tells how many samples are recorded by now; None while nothing records.
    """

    def __init__(self, now: Callable[[], datetime], position: Callable[[], int | None]) -> None:
        self._now = now
        self._position = position
        self._pressed: tuple[datetime, int | None] | None = None
        self._acting = False

    def pressed(self) -> None:
        """Remember the instant of a key that acts a moment later."""
        self._pressed = self._now(), self._position()

    @contextmanager
    def as_pressed(self) -> Iterator[None]:
        """Date what is done meanwhile at the instant of the last key."""
        self._acting = True
        try:
            yield
        finally:
            self._acting, self._pressed = False, None

    def now(self) -> datetime:
        """The instant at which something is done."""
        return self._pressed[0] if self._acting and self._pressed is not None else self._now()

    def position(self) -> int | None:
        """The position in the recording at that instant."""
        return self._pressed[1] if self._acting and self._pressed is not None else self._position()
