"""Fetching a large file of another host: continued where it was cut, whole or not there, and never beyond a size."""

from __future__ import annotations

import contextlib
import os
import re
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bobine.errors import PublishError
from bobine.french import size
from bobine.publish.check.asking import Answer, Listener, UnreachableError
from bobine.store.files import atomic_write, disk_errors, sync_folder

WAITS_S: Sequence[float] = (1, 5, 15)
"""Waits before a host is asked again, in seconds; one that sends something each time is asked on."""

FILE_LIMIT_S = 12 * 3600.0
"""Longest time of one request for a file, in seconds: some lines are slow."""

_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class _Cut(Exception):
    """An answer that does not go on from what is there: begin again, or give up for a reason."""

    def __init__(self, reason: str = "", *, is_for_now: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.is_for_now = is_for_now


class FileFetcher:
    """A fetcher of files into one folder.

    Args:
        listener: who asks.
        folder: where the files and what is there of unfinished ones are kept.
        waits_s: waits before each further try, in seconds.
        on_bytes: told of each number of bytes that came.
    """

    def __init__(
        self,
        listener: Listener,
        folder: Path,
        waits_s: Sequence[float] = WAITS_S,
        on_bytes: Callable[[int], None] = lambda _count: None,
    ) -> None:
        self._listener = listener
        self._folder = folder
        self._waits_s = waits_s
        self._on_bytes = on_bytes

    def fetch(self, address: str, name: str, most_bytes: int) -> Path:
        """The file of an address; one that is there is not asked for again.

        Args:
            address: where it is.
            name: what it is called here.
            most_bytes: a larger one is refused.

        Raises:
            UnreachableError: if it cannot be had whole; what came stays for the next time.
            DiskError: if the disk is full.
        """
        target = self._folder / name
        if target.exists():
            return target
        part, note = self._folder / f"{name}.part", self._folder / f"{name}.note"
        with disk_errors(part):
            self._folder.mkdir(parents=True, exist_ok=True)
        failures = 0
        while True:
            before = _bytes_of(part)
            try:
                self._try(address, part, note, most_bytes)
                break
            except RefusedError:
                raise
            except UnreachableError:
                failures = failures + 1 if _bytes_of(part) <= before else 1
                if failures > len(self._waits_s):
                    raise
                time.sleep(self._waits_s[failures - 1])
        with disk_errors(target):
            part.replace(target)
            note.unlink(missing_ok=True)
            sync_folder(self._folder)
        return target

    def _try(self, address: str, part: Path, note: Path, most_bytes: int) -> None:
        """Go on once; returns when the file is whole."""
        start = _bytes_of(part)
        known = note.read_text("utf-8") if start and note.exists() else ""
        if not known:
            start = 0
        whole: list[bool] = []

        def take(answer: Answer, chunks: Iterator[bytes]) -> None:
            place, total = _placed(answer, start, known)
            _check_size(total, most_bytes)
            atomic_write(note, _mark(answer, total).encode())
            whole.append(self._write(part, place, total, chunks, most_bytes))

        try:
            self._listener.receive(address, {"Range": f"bytes={start}-"} if start else {}, take)
        except _Cut as cut:
            if cut.reason:
                raise (UnreachableError if cut.is_for_now else RefusedError)(cut.reason) from cut
            part.unlink(missing_ok=True)
            raise UnreachableError("le fichier a changé entre-temps") from cut
        if not all(whole) or not whole:
            raise UnreachableError("le fichier n'est pas arrivé en entier")

    def _write(self, part: Path, place: int, total: int | None, chunks: Iterator[bytes], most_bytes: int) -> bool:
        """Write what comes at its place; tells whether the file is whole then."""
        with disk_errors(part):
            handle = os.open(part, os.O_CREAT | os.O_RDWR | getattr(os, "O_BINARY", 0), 0o666)
        done = place
        with os.fdopen(handle, "r+b") as stream:
            with disk_errors(part):
                stream.truncate(place)
                stream.seek(place)
            for chunk in chunks:
                done += len(chunk)
                _check_size(done, most_bytes)
                with disk_errors(part):
                    stream.write(chunk)
                self._on_bytes(len(chunk))
            with disk_errors(part):
                stream.flush()
                os.fsync(stream.fileno())
        return done > 0 and (total is None or done == total)


def _placed(answer: Answer, start: int, known: str) -> tuple[int, int | None]:
    """The start of an answer's content, and the length of the whole; raises ``_Cut`` for a useless answer."""
    extent = re.fullmatch(r"bytes (\d{1,15})-\d{1,15}/(\d{1,15})", answer.headers.get("content-range", ""))
    if answer.status == 206 and extent is not None:
        total = int(extent[2])
        if int(extent[1]) != start or _mark(answer, total) != known:
            raise _Cut
        return start, total
    if answer.status == 416 and start:
        raise _Cut
    if answer.status != 200:
        is_for_now = answer.status in _AGAIN
        told = "ne répond pas pour l'instant" if is_for_now else "n'est pas donné"
        raise _Cut(f"le fichier {told} (réponse {answer.status})", is_for_now=is_for_now)
    stated = answer.headers.get("content-length", "")
    is_plain = answer.headers.get("content-encoding", "identity").lower() in ("", "identity")
    return 0, int(stated) if is_plain and re.fullmatch(r"\d{1,15}", stated) else None


def _mark(answer: Answer, total: int | None) -> str:
    """A mark of a file's state; empty where the host gives none, so that nothing can be continued."""
    marks = [answer.headers.get(name, "") for name in ("etag", "last-modified")]
    return f"{total} {' '.join(marks)}" if any(marks) and total is not None else ""


def _check_size(count: int | None, most_bytes: int) -> None:
    if count is not None and count > most_bytes:
        raise TooLargeError(f"le fichier dépasse {size(most_bytes)}")


class RefusedError(UnreachableError):
    """A file that its host does not give, now or in a while."""


class TooLargeError(PublishError):
    """A file that is larger than such a file may be."""


def _bytes_of(path: Path) -> int:
    with contextlib.suppress(OSError):
        return path.stat().st_size
    return 0
