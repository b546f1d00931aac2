"""Sending a file to a remote folder over a line that may be weak: after a cut, it goes on where it was."""

from __future__ import annotations

import contextlib
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.asking import patiently
from bobine.publish.destinations.own_sending import OwnSending
from bobine.publish.destinations.remote.files import Entry, LineCutError, OnBytes, RemoteFiles, beside, name_of

WAITS_S = (1.0, 3.0, 10.0)
"""Waits before each further attempt after a cut that came without any progress, in seconds."""

_BACK = 1 << 20
"""Bytes before the end of a part that are sent again: a server that fell may have lost them."""

PART = ".part"
"""End of the names of files that are not whole."""

_LOOK = 64 << 10
"""Bytes of a part that are compared with the file before it is gone on with."""


@contextlib.contextmanager
def own_part(files: RemoteFiles, path: str, file: StoredFile, own: OwnSending) -> Iterator[str]:
    """Name what is sent of a file, beside it: two publishers of one file never write in one part.

    It begins with this computer's mark unless another program of it is sending, and is the same each time where a later
    run can go on with it.
    """
    with own.marked() as mark:
        whose = mark if files.resumes else f"{mark}{secrets.token_hex(1)}"
        yield beside(path, f".{name_of(path)[:100]}.{file.sha256[:12]}.{whose}{PART}")


def send_whole(files: RemoteFiles, part: str, source: Path, file: StoredFile, on_bytes: OnBytes) -> Entry | None:
    """Send a file under a name that nobody reads; gives it as it then is there.

    Args:
        files: the destination's.
        part: the name; what an earlier run left there is gone on with.
        source: the local file.
        file: what is known of it.
        on_bytes: told what is there, negative for what is sent again.

    Raises:
        PublishError: if the server refuses, or the line is cut again and again; what was sent stays.
    """
    sent = told = 0

    def tell(now: int) -> None:
        nonlocal told
        if now != told:
            on_bytes(now - told)
            told = now

    def count(more: int) -> None:
        nonlocal sent
        sent += more
        tell(sent)

    waits = iter(WAITS_S)
    while True:
        before = sent
        try:
            sent = _usable(files, part, source, file)
            tell(sent)
            with source.open("rb") as stream:
                files.send(part, stream, file.bytes, sent, count)
            return files.look(part)
        except LineCutError:
            if files.resumes and sent > before + _BACK:
                waits = iter(WAITS_S)
            wait_s = next(waits, None)
            if wait_s is None:
                raise
            time.sleep(wait_s)


def _usable(files: RemoteFiles, part: str, source: Path, file: StoredFile) -> int:
    """The bytes of a part that are there and are this file's, a count; another file's part is removed."""
    entry = files.look(part) if files.resumes else None
    if entry is None:
        return 0
    start = max(0, min(entry.bytes, file.bytes) - _BACK)
    look = max(0, start - _LOOK)
    with source.open("rb") as stream:
        stream.seek(look)
        same = stream.read(start - look)
    if entry.bytes > file.bytes or (start and files.read(part, look, start - look) != same):
        files.remove(part)
        return 0
    return start


def named(files: RemoteFiles, part: str, path: str, file: StoredFile) -> bool:
    """Give a part its name; False where another publisher of the file came between, and the file stands.

    Raises:
        PublishError: if the server refuses, or the line is cut.
    """
    try:
        return files.rename(part, path, over=True)
    except LineCutError:
        raise
    except PublishError:
        if whole(files, path, file) is None:
            raise
        with contextlib.suppress(PublishError):
            files.remove(part)
        return False


def whole(files: RemoteFiles, path: str, file: StoredFile) -> Entry | None:
    """A file of the size that it should have; one that another publisher replaces is absent for an instant."""
    entry = patiently(lambda: files.look(path))
    return entry if entry is not None and entry.bytes == file.bytes else None
