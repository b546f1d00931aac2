"""Opening of files, all of it here: regular ones only, without waiting, without following a link out of the workspace.

A workspace travels on sticks and shared folders, so a name in it may be a link to somebody's papers, a pipe that never
ends, or a device. What somebody names in a command may be a link, and is a regular file all the same.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path

from bobine.errors import DiskError
from bobine.french import printable, size
from bobine.store.reasons import reason_of

WORKSPACE_MARK = "shows.toml"
"""The file that makes a folder a workspace."""

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_FOLLOW = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class UnusableFileError(DiskError):
    """A file that cannot be opened, or is of another kind than it should be.

    Attributes:
        path: the file.
        reason: why, a French clause without a capital or a full stop.
        is_outside: whether it lies out of the workspace.
    """

    def __init__(self, path: Path, reason: str, *, is_outside: bool = False) -> None:
        self.path, self.reason, self.is_outside = path, reason, is_outside
        super().__init__(f"« {printable(str(path))} » ne peut pas être ouvert : {reason}.")


def confined(path: Path, within: Path | None = None) -> Path:
    """The real path of a file, all links followed; refused where it lies outside the workspace.

    Args:
        path: the file, or folder; it does not need to exist.
        within: the folder that it must lie in; by default every workspace that it is written to lie in, if any.

    Raises:
        UnusableFileError: if it is elsewhere, or if links go round in circles.
    """
    absolute = Path(os.path.abspath(path))  # noqa: PTH100 - ".." is taken away, links are not followed yet
    folders = [within] if within is not None else workspaces_around(absolute)
    try:
        real = Path(os.path.realpath(absolute))
        _check_no_loop(absolute, real)
        homes = [Path(os.path.realpath(folder)) for folder in folders]
    except OSError as error:
        raise UnusableFileError(path, reason_of(error)) from error
    except ValueError as error:
        raise UnusableFileError(path, "ce nom de fichier est impossible") from error
    if not all(real.is_relative_to(home) for home in homes):
        reason = "il mène hors de l'atelier ; mettez le fichier lui-même à sa place"
        raise UnusableFileError(path, reason, is_outside=True)
    return real


def workspaces_around(path: Path) -> list[Path]:
    """The folders above an absolute path that are workspaces, the nearest first."""
    return [folder for folder in path.parents if os.path.lexists(folder / WORKSPACE_MARK)]


def open_handle(path: Path, flags: int, *, within: Path | None = None, mode: int = 0o666) -> int:
    """Open a regular file of the workspace, never waiting; the descriptor is the caller's to close.

    Args:
        path: the file.
        flags: as ``os.open`` takes them.
        within: as ``confined`` takes it.
        mode: permissions of a file that is made.

    Raises:
        FileNotFoundError: if there is none, and the flags do not make one.
        UnusableFileError: if it lies elsewhere, is no regular file, or cannot be opened for another reason.
    """
    return _open(path, confined(path, within), flags | _NO_FOLLOW, mode)


def open_regular(path: Path, *, within: Path | None = None) -> BufferedReader:
    """Open a regular file of the workspace to read it.

    Args:
        path: the file.
        within: as ``confined`` takes it.

    Raises:
        FileNotFoundError: if there is none.
        UnusableFileError: if it cannot be opened, lies elsewhere, or is no regular file.
    """
    return os.fdopen(open_handle(path, os.O_RDONLY, within=within), "rb")


def open_named(path: Path) -> BufferedReader:
    """Open a regular file that somebody named in a command, wherever it lies, to read it.

    Raises:
        FileNotFoundError: if there is none.
        UnusableFileError: if it cannot be opened, or is no regular file.
    """
    return os.fdopen(_open(path, path, os.O_RDONLY, 0), "rb")


def read_bounded(path: Path, most: int, *, within: Path | None = None, named: bool = False) -> bytes:
    """The content of a regular file.

    Args:
        path: the file.
        most: bytes that it may hold.
        within: as ``confined`` takes it.
        named: whether somebody named it in a command: it may lie anywhere.

    Raises:
        FileNotFoundError: if there is none.
        UnusableFileError: if it cannot be read, lies elsewhere, is no regular file, or is longer.
    """
    try:
        with open_named(path) if named else open_regular(path, within=within) as stream:
            content = stream.read(most + 1)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnusableFileError(path, reason_of(error)) from error
    if len(content) > most:
        raise UnusableFileError(path, f"il est trop gros ({size(most)} au plus)")
    return content


def file_digest(path: Path, *, within: Path | None = None) -> str:
    """Hexadecimal SHA-256 of a regular file.

    Raises:
        FileNotFoundError: if there is none.
        UnusableFileError: if it cannot be read to its end, lies elsewhere, or is no regular file.
    """
    try:
        with open_regular(path, within=within) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise UnusableFileError(path, reason_of(error)) from error


def listed(folder: Path, *, within: Path | None = None) -> list[Path]:
    """List a folder of the workspace in order of names; empty where there is no such folder.

    Raises:
        UnusableFileError: if it cannot be read, lies elsewhere, or is no folder.
    """
    real = confined(folder, within)
    try:
        return sorted(folder / name for name in os.listdir(real))  # noqa: PTH208 - the names, under the asked folder
    except FileNotFoundError:
        return []
    except OSError as error:
        raise UnusableFileError(folder, reason_of(error)) from error


def is_regular(path: Path, *, within: Path | None = None) -> bool:
    """Whether a path leads to a regular file; nothing is opened."""
    try:
        return stat.S_ISREG(confined(path, within).lstat().st_mode)
    except (UnusableFileError, OSError):
        return False


def _open(path: Path, real: Path, flags: int, mode: int) -> int:
    handle = -1
    try:
        _check_kind(path, real)
        handle = os.open(real, flags | _NO_WAIT | _BINARY, mode)
        found = os.fstat(handle)
    except FileNotFoundError:
        raise
    except OSError as error:
        if handle >= 0:
            os.close(handle)
        raise UnusableFileError(path, reason_of(error)) from error
    except ValueError as error:
        raise UnusableFileError(path, "ce nom de fichier est impossible") from error
    if not stat.S_ISREG(found.st_mode):
        os.close(handle)
        raise UnusableFileError(path, _kind(found.st_mode))
    return handle


def _check_kind(path: Path, real: Path) -> None:
    """A device may act when it is opened: it is looked at first, and what was opened is looked at again.

    Raises:
        UnusableFileError: if it is there and is no regular file.
    """
    with contextlib.suppress(FileNotFoundError):
        mode = real.stat().st_mode
        if not stat.S_ISREG(mode):
            raise UnusableFileError(path, _kind(mode))


def _check_no_loop(absolute: Path, real: Path) -> None:
    """Links in circles stay unresolved in what ``realpath`` gives.

    Raises:
        OSError: if they are met.
    """
    if real != absolute or absolute.is_symlink():
        try:
            absolute.stat()
        except OSError as error:
            if error.errno == errno.ELOOP:
                raise


def _kind(mode: int) -> str:
    kinds: Sequence[tuple[bool, str]] = (
        (stat.S_ISDIR(mode), "c'est un dossier"),
        (stat.S_ISFIFO(mode), "c'est un tube, pas un fichier ordinaire"),
        (stat.S_ISSOCK(mode), "c'est une prise, pas un fichier ordinaire"),
    )
    return next((words for holds, words in kinds if holds), "c'est un périphérique, pas un fichier ordinaire")
