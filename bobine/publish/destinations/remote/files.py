"""The few things that a remote folder can do, by whatever protocol; what is built on them is in ``store``."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from bobine.errors import AwayError


class LineCutError(AwayError):
    """The line or the server went away in the middle of something; trying again may help."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A file or folder of the destination.

    Attributes:
        name: its own name.
        is_folder: whether it is a folder.
        bytes: size of a file; 0 for a folder.
        modified: when it last changed, in seconds since 1970 by the server's clock; None where that is not told.
        tag: changes with the content, as far as the server tells: a strong ETag, or the time of the change.
    """

    name: str
    is_folder: bool
    bytes: int = 0
    modified: float | None = None
    tag: str = ""


OnBytes = Callable[[int], None]
"""Told each number of bytes that went out."""


class RemoteFiles(Protocol):
    """Files of one remote folder.

    Paths are relative to it, made of plain ASCII names; the empty one is the folder itself. Every method raises
    ``PublishError`` where the server fails or refuses, ``LineCutError`` where it went away.

    Attributes:
        resumes: whether :meth:`send` may go on after what is there.
        tells_tags: whether a rename obeys the tag that it is given.
        replaces_at_once: whether a rename over a file is one step, so that its readers always find one.
    """

    resumes: bool
    tells_tags: bool
    replaces_at_once: bool

    def look(self, path: str) -> Entry | None:
        """A file or folder; None if there is none."""

    def entries(self, path: str) -> list[Entry] | None:
        """The files and folders of a folder, in any order; None if there is no such folder."""

    def read(self, path: str, start: int, length: int) -> bytes | None:
        """At most so many bytes of a file from a position on; None if there is no such file."""

    def send(self, path: str, source: BinaryIO, size: int, start: int, on_bytes: OnBytes) -> None:
        """Write a file, or go on after its first ``start`` bytes; what is cut leaves a part of it, or nothing.

        Args:
            path: the file; its folder is there.
            source: the whole content, to be read from ``start`` on.
            size: bytes of the whole content.
            start: bytes that are there and stay; 0 for a new file.
            on_bytes: told what goes out.
        """

    def append_copy(self, path: str, size: int, source: str, start: int, count: int) -> bool:
        """Have the server put a stretch of one file behind another, without a byte of it on the line.

        Args:
            path: the file, which is there.
            size: its bytes.
            source: the other file, which is there.
            start: first byte of the stretch.
            count: number of bytes.

        Returns:
            False where the server does not do that; what is at ``path`` is then anything.
        """

    def rename(self, path: str, target: str, *, over: bool, tag: str = "") -> bool:
        """Give a file or folder another name.

        Args:
            path: as it is called.
            target: as it shall be called; the folder around it is there.
            over: whether a file of that name is replaced.
            tag: of the file that is replaced; where the server can compare it, another file stays.

        Returns:
            False, and nothing is changed, if there is nothing at ``path``, or if the target may not be replaced.
        """

    def make_folder(self, path: str) -> bool:
        """Make a folder, whose own folder is there; False if something has that name."""

    def remove(self, path: str) -> None:
        """Remove a file; nothing happens where there is none."""

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder; nothing happens where there is none."""


def write_small(files: RemoteFiles, path: str, content: bytes) -> None:
    """Write a small file under a name that nobody reads yet."""
    files.send(path, io.BytesIO(content), len(content), 0, lambda _count: None)


def name_of(path: str) -> str:
    """The last name of a path."""
    return path.rpartition("/")[2]


def beside(path: str, name: str) -> str:
    """The path of another name in the same folder."""
    folder = path.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name
