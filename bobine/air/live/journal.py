"""The journal of a show, ``journal.jsonl``: events are appended one by one, and acknowledged once on the disk.

Nothing in it is ever rewritten. A line that a power cut tore is left out when it is read, and closed when the next
event is written, so that it stays what it was. What was read once is known for good: where the file loses lines, it
was put back by something else, and they are missing from it, not from the show.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bobine.air.live.journal_lines import event_of, line_of
from bobine.air.live.own_files import open_own, refuse_link
from bobine.air.live.state.events import Event
from bobine.errors import DiskError, JournalError
from bobine.store.files import disk_errors, locked, sync_folder
from bobine.store.reasons import reason_of

JOURNAL_FILE = "journal.jsonl"
"""Its name in the episode's folder."""

MOST_BYTES = 64 << 20
"""A journal that is longer is not one: a show writes a few hundred kilobytes."""

LOCK_WAIT_S = 3.0
"""Time that an event waits for another program that is writing in the journal, seconds."""


class Journal:
    """A journal that is read and appended to; several programs may do so at once.

    Attributes:
        path: the file; it need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._there: list[bytes] = []
        self._missing: list[bytes] = []
        self._events: tuple[Event, ...] = ()
        self._unread: list[int] = []
        self._read_to = 0
        self._sign: tuple[int, ...] = ()
        self._guard = threading.RLock()

    @property
    def missing(self) -> int:
        """The number of known events that are not in the file: something put an older file in its place."""
        return len(self._missing)

    @property
    def left_out(self) -> tuple[int, ...]:
        """Numbers, from 1, of the lines that are no events, as far as it was read."""
        return tuple(self._unread)

    def append(self, event: Event) -> None:
        """Write an event: when this returns, a power cut does not lose it.

        Raises:
            JournalError: if the event is out of bounds.
            DiskError: if the disk is full, or the place cannot be written or is not there; the file is as it was, or
                ends with a torn line that readers leave out.
            BusyError: if another program holds the journal's lock for seconds.
        """
        line = line_of(event).encode()
        with self._to_write():
            self._write([line])

    def restore(self) -> None:
        """Write what is known and is missing from the file; raises as ``append`` does."""
        with self._to_write():
            with self._guard:
                self._look()
                lines = list(self._missing)
            self._write(lines)

    @contextlib.contextmanager
    def _to_write(self) -> Iterator[None]:
        refuse_link(self.path)
        with _told(self.path):
            is_there = self.path.parent.is_dir()
        if not is_there:
            # made again, it would be another disk's folder, and the journal would be two
            raise DiskError(f"« {self.path.parent} » n'est plus là : rebranchez ce disque, ou ce dossier partagé.")
        with _told(self.path), locked(self.path, timeout_s=LOCK_WAIT_S), disk_errors(self.path):
            yield

    def _write(self, lines: list[bytes]) -> None:
        new = not self.path.exists()
        handle = open_own(self.path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
        try:
            torn = not new and not _ends_whole(handle)
            left = memoryview((b"\n" if torn else b"") + b"".join(lines))
            while left:
                left = left[os.write(handle, left) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        if new:
            sync_folder(self.path.parent)

    def read(self) -> tuple[Event, ...]:
        """Every event known so far, in order; only what was added since the last time is read from the disk.

        A line that is not an event, torn or damaged, is left out (see ``left_out``); what the file held once and holds
        no more stays known (see ``missing``).

        Raises:
            DiskError: if it cannot be read; what was known stays known.
        """
        with self._guard, _told(self.path):
            self._look()
        return self._events

    def _look(self) -> None:
        if self._is_as_read():
            return
        try:
            handle = open_own(self.path, os.O_RDONLY)
        except FileNotFoundError:
            if self._there:
                self._learn([])
            self._sign, self._read_to = (), 0
            return
        with os.fdopen(handle, "rb") as stream:
            found = os.fstat(stream.fileno())
            sign = _sign_of(found)
            if found.st_size > MOST_BYTES:
                raise DiskError(f"« {self.path} » est bien trop gros pour un journal : mettez-le de côté.")
            last = self._there[-1] if self._there else b""
            grown = self._sign[:2] == sign[:2] and found.st_size >= self._read_to
            stream.seek(self._read_to - len(last) if grown else 0)
            content = stream.read(MOST_BYTES)
            if grown and not content.startswith(last):
                grown = False
                stream.seek(0)
                content = stream.read(MOST_BYTES)
        whole = content[: content.rfind(b"\n") + 1]
        lines = _lines(whole)
        if grown:
            self._grow(lines[1:] if last else lines)
            self._read_to += len(whole) - len(last)
        else:
            self._learn(lines)
            self._read_to = len(whole)
        self._sign = sign

    def _is_as_read(self) -> bool:
        """Whether the file stands as it was read last: a screen looks ten times a second, and opens it for a change."""
        try:
            return bool(self._sign) and _sign_of(self.path.lstat()) == self._sign
        except (OSError, ValueError):
            return False  # opening it tells why

    def _grow(self, lines: list[bytes]) -> None:
        """Take note of lines that came after those that were there."""
        if self._missing:
            self._learn([*self._there, *lines])
            return
        events = self._decoded(lines, len(self._there))
        self._there += lines
        if events:
            self._events = (*self._events, *events)

    def _learn(self, lines: list[bytes]) -> None:
        """Take note of the lines in the file; known lines that are not among them are missing."""
        left = Counter(lines)
        missing = []
        for line in (*self._there, *self._missing):
            if left[line]:
                left[line] -= 1
            else:
                missing.append(line)
        self._there, self._unread = lines, []
        events = self._decoded(lines, 0)
        # a line that is no event is nobody's loss
        self._missing = [line for line in missing if _is_event(line)]
        self._events = (*events, *(event_of(line) for line in self._missing))

    def _decoded(self, lines: list[bytes], before: int) -> list[Event]:
        events = []
        for number, line in enumerate(lines, before + 1):
            try:
                events.append(event_of(line))
            except JournalError:
                if line.strip():
                    self._unread.append(number)
        return events


def _sign_of(found: os.stat_result) -> tuple[int, ...]:
    """The identity and state of a file; it changes when anything is done to it."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


@contextlib.contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say in French why a journal's disk refuses something.

    Raises:
        DiskError: in place of any ``OSError``.
    """
    try:
        yield
    except OSError as error:
        raise DiskError(
            f"Le journal « {path} » n'est pas accessible ({reason_of(error)}) : vérifiez son disque."
        ) from error


def _is_event(line: bytes) -> bool:
    try:
        event_of(line)
    except JournalError:
        return False
    return True


def _lines(content: bytes) -> list[bytes]:
    """Lines that end with a line feed; a carriage return belongs to its line."""
    return [line + b"\n" for line in content.split(b"\n")[:-1]]


def _ends_whole(handle: int) -> bool:
    if not os.fstat(handle).st_size:
        return True
    os.lseek(handle, -1, os.SEEK_END)
    return os.read(handle, 1) == b"\n"
