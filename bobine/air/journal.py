"""The journal of a show, ``journal.jsonl``: events appended one by one, on the disk before anybody says so.

Nothing in it is ever rewritten. A line that a power cut tore is left out when it is read, and closed when the next
event is written, so that it stays what it was.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from bobine.air.events import Event
from bobine.air.journal_lines import event_of, line_of
from bobine.store.files import disk_errors, locked, sync_folder

JOURNAL_FILE = "journal.jsonl"
"""Its name in the episode's folder."""


class Journal:
    """A journal that is read and appended to; several programs may do so at once.

    Attributes:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read_to = 0
        self._events: list[Event] = []

    def append(self, event: Event) -> None:
        """Write an event: when this returns, a power cut does not lose it.

        Raises:
            DiskError: if the disk is full or the place cannot be written; the file is as it was, or ends with a torn
                line that readers leave out.
            WorkspaceError: if another program holds the journal's lock for seconds.
        """
        with locked(self.path, timeout_s=3), disk_errors(self.path):
            new = not self.path.exists()
            handle = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                torn = not new and not _ends_whole(self.path)
                content = (("\n" if torn else "") + line_of(event)).encode()
                written = os.write(handle, content)
                if written < len(content):
                    os.write(handle, content[written:])
                os.fsync(handle)
            finally:
                os.close(handle)
            if new:
                sync_folder(self.path.parent)

    def read(self) -> tuple[Event, ...]:
        """Every event so far, in order; only what was added since the last time is read from the disk.

        A line that is not an event, torn or damaged, is left out.
        """
        for event in self._fresh():
            self._events.append(event)
        return tuple(self._events)

    def _fresh(self) -> Iterator[Event]:
        try:
            size = self.path.stat().st_size
        except FileNotFoundError:
            size = 0
        if size < self._read_to:
            self._read_to = 0
            self._events.clear()
        if size == self._read_to:
            return
        with self.path.open("rb") as stream:
            stream.seek(self._read_to)
            content = stream.read()
        whole = content[: content.rfind(b"\n") + 1]
        self._read_to += len(whole)
        for line in whole.splitlines():
            try:
                yield event_of(line.decode())
            except ValueError:
                continue  # torn by a power cut: it was never acknowledged


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as stream:
        stream.seek(0, os.SEEK_END)
        if not stream.tell():
            return True
        stream.seek(-1, os.SEEK_END)
        return stream.read(1) == b"\n"
