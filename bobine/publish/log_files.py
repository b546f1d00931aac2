"""Access logs as files: plain or compressed, read as a stream of lines of bounded length."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from bobine.errors import DiskError
from bobine.publish.listening.lines import LONGEST
from bobine.store.opening import UnusableFileError, listed, open_named

_GZIP = b"\x1f\x8b"
_DEEPEST = 4
"""Folders below the one that is named in which logs are looked for: buckets sort them by day."""


def logs_named(paths: list[Path]) -> list[Path]:
    """The files that paths name: themselves, and those in folders, hidden ones left out, in the order of their names.

    Raises:
        UnusableFileError: if a folder cannot be read.
    """
    return [file for path in paths for file in _files(path, _DEEPEST)]


def _files(path: Path, deep: int) -> Iterator[Path]:
    if not path.is_dir():
        yield path
        return
    for inside in sorted(listed(path)):
        if not inside.name.startswith(".") and not inside.is_symlink() and (deep or not inside.is_dir()):
            yield from _files(inside, deep - 1)


class LogFile:
    """An access log.

    Attributes:
        path: where it is.
        is_unfinished: whether its last line has no end yet, and so was left for the next time; known once it was read.
        is_damaged: whether it could not be read, or not to its end.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.is_unfinished = self.is_damaged = False

    def lines(self) -> Iterator[bytes]:
        """Its lines with their ends; of one that is longer than a line may be, its start."""
        try:
            with open_named(self.path) as plain:
                is_packed = plain.peek(2)[:2] == _GZIP
                if is_packed:
                    with gzip.GzipFile(fileobj=plain) as unpacked:
                        yield from self._read(unpacked, is_packed=True)
                else:
                    yield from self._read(plain, is_packed=False)
        except (EOFError, zlib.error, OSError, UnusableFileError, DiskError):
            self.is_damaged = True

    def _read(self, stream: BinaryIO | gzip.GzipFile, *, is_packed: bool) -> Iterator[bytes]:
        while line := stream.readline(LONGEST + 1):
            while not line.endswith(b"\n") and len(line) > LONGEST:
                rest = stream.readline(LONGEST + 1)
                if not rest or rest.endswith(b"\n"):
                    break
            if not line.endswith(b"\n") and len(line) <= LONGEST and not is_packed:
                self.is_unfinished = True
                return
            yield line
