"""A live show followed from outside: the state of its journal, read again whenever it grows; nothing is written."""

from __future__ import annotations

import contextlib
from datetime import datetime
from pathlib import Path

from bobine.air.live.journal import Journal
from bobine.air.live.state.another_day import began_another_day
from bobine.air.live.state.events import Event, GoneOnWith
from bobine.air.live.state.session import Session, fold
from bobine.errors import BobineError


class FollowedShow:
    """A show that somebody else runs.

    Args:
        journal: the file of its events.
    """

    def __init__(self, journal: Path) -> None:
        self._journal = Journal(journal)
        self._events: tuple[Event, ...] = ()
        self._session = Session()

    def session(self, slot: tuple[datetime, datetime], now: datetime) -> Session:
        """The state of the show; the last one known while the journal cannot be read; an empty one on another day.

        Args:
            slot: start and end of its slot, aware.
            now: the present instant, aware.
        """
        with contextlib.suppress(BobineError):
            events = self._journal.read()
            if events is not self._events:
                self._events, self._session = events, fold(events)
        last = self._events[-1].at if self._events else None
        resumed = any(isinstance(event, GoneOnWith) for event in self._events)
        other = not resumed and began_another_day(self._session, last, slot, now) is not None
        return Session() if other else self._session
