"""Files that a live show writes for itself (journal, status, recording), opened and never through a link."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bobine.store.opening import UnusableFileError, open_handle


def open_own(path: Path, flags: int) -> int:
    """Open a regular file that stands in its folder itself, never waiting; the descriptor is the caller's to close.

    Args:
        path: the file.
        flags: as ``os.open`` takes them.

    Raises:
        FileNotFoundError: if there is none, and the flags do not make one.
        UnusableFileError: if it is a link, a folder, a pipe or a device, or cannot be opened for another reason.
    """
    refuse_link(path)
    return open_handle(path, flags)


def refuse_link(path: Path) -> None:
    """Refuse a path that is a link.

    Raises:
        UnusableFileError: if it is one.
    """
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return
    if stat.S_ISLNK(mode):
        raise UnusableFileError(path, "c'est un lien ; enlevez-le, il n'est pas de Bobine")


def read_own(path: Path, most: int) -> bytes:
    """Read a file that a live show wrote for itself, or its beginning.

    Args:
        path: the file.
        most: bytes that are read at most.

    Raises:
        FileNotFoundError: if there is none.
        UnusableFileError: as ``open_own`` does.
        OSError: if it cannot be read.
    """
    with os.fdopen(open_own(path, os.O_RDONLY), "rb") as stream:
        return stream.read(most)
