"""Writes the recorder's events to the journal in a thread of its own, and tries again until the disk takes them."""

from __future__ import annotations

import queue
import threading
from pathlib import Path

from bobine.air.live.journal import Journal
from bobine.air.live.state.events import Event
from bobine.errors import BobineError

_RETRY_S = 1.0


class Chronicle:
    """A writer of what happens to the recording."""

    def __init__(self, journal: Path) -> None:
        self._journal = Journal(journal)
        self._queue: queue.SimpleQueue[tuple[Event, threading.Event] | None] = queue.SimpleQueue()
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def write(self, event: Event, wait_s: float) -> None:
        """Queue an event, and wait a moment for it to be written; a disk that refuses it now gets it later."""
        written = threading.Event()
        self._queue.put((event, written))
        written.wait(wait_s)

    def close(self, timeout_s: float) -> None:
        """Write what is left, or give up after a while."""
        self._queue.put(None)
        self._thread.join(timeout_s)
        self._closing.set()

    def _run(self) -> None:
        while (entry := self._queue.get()) is not None:
            event, written = entry
            while not self._closing.is_set():
                try:
                    self._journal.append(event)
                except (OSError, BobineError):
                    self._closing.wait(_RETRY_S)
                else:
                    written.set()
                    break
