"""Digests of sent files, noted beside them at the destination, so that none need be sent or read again to be known."""

from __future__ import annotations

import contextlib
import re

from bobine.errors import PublishError
from bobine.publish.destinations.remote.files import Entry, RemoteFiles, beside, name_of, write_small

_NOTE = re.compile(rb"([0-9a-f]{64}) (\d+) (\S*)\n")
_MOST_BYTES = 300


def noted_digest(files: RemoteFiles, path: str, entry: Entry) -> str:
    """The SHA-256 noted of a file, in hexadecimal; empty where none is, or the file was changed since."""
    content = files.read(_note_of(path), 0, _MOST_BYTES)
    found = _NOTE.fullmatch(content or b"")
    if found is None or (int(found[2]), found[3].decode()) != (entry.bytes, _tag(entry)):
        return ""
    return found[1].decode()


def note_digest(files: RemoteFiles, path: str, sha256: str, entry: Entry) -> None:
    """Note the SHA-256 of a file that was written as a whole; where that fails, the file itself is read back later."""
    with contextlib.suppress(PublishError):  # another publisher of the file notes it at the same instant
        write_small(files, _note_of(path), f"{sha256} {entry.bytes} {_tag(entry)}\n".encode())


def forget_digest(files: RemoteFiles, path: str) -> None:
    """Forget what was noted of a file, before it changes or goes."""
    files.remove(_note_of(path))


def _note_of(path: str) -> str:
    return beside(path, f".{name_of(path)}.sha256")


def _tag(entry: Entry) -> str:
    return re.sub(r"\s", "", entry.tag)[:100]
