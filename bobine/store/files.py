"""Files written whole or not at all: temporary names, fsync, rename, locks, and disk failures told in French."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from bobine.errors import BusyError, DiskError
from bobine.store.locks import hold
from bobine.store.opening import confined
from bobine.store.reasons import reason_of

_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_FOLDER_SYNC_UNSUPPORTED = frozenset({errno.EINVAL, errno.ENOTSUP, errno.EBADF})


@contextlib.contextmanager
def disk_errors(path: Path) -> Iterator[None]:
    """Turn the refusals of a disk or a shared folder into errors in French that name ``path``.

    Open what is only read outside of it: its failures would be told as this place's. A reader of our output that has
    gone is no failure of a disk, and passes.

    Raises:
        DiskError: in place of any ``OSError``.
    """
    try:
        yield
    except OSError as error:
        if error.errno == errno.EPIPE:
            raise
        if error.errno in _NO_ROOM:
            raise DiskError(
                f"Il n'y a plus de place sur le disque pour « {path} » : libérez de la place, puis recommencez."
            ) from error
        raise DiskError(
            f"« {path} » ne peut pas être écrit ({reason_of(error)}) : vérifiez les droits de son dossier, ou "
            "choisissez-en un autre."
        ) from error


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary path in the same folder, and move the file written there to ``path`` at the end.

    The temporary file exists, empty, and keeps the suffix of ``path`` (tools choose a format by it). On success it is
    fsynced, takes the permissions of the file it replaces, and is renamed; on any failure, Ctrl-C included, it is
    removed and ``path`` stays as it was. Missing parent folders are made. A symbolic link is written through, but not
    out of the workspace.

    Raises:
        DiskError: if the disk is full, the place cannot be written, or a link leads out of the workspace.
    """
    with disk_errors(path):
        target = confined(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.stem[:100]}.{secrets.token_hex(6)}.tmp{target.suffix}")
        os.close(os.open(temporary, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
        try:
            yield temporary
            _keep_permissions(target, temporary)
            _sync_file(temporary)
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)


def atomic_write(path: Path, content: bytes) -> None:
    """Write a whole file: readers of ``path`` see the old content or the new one, never a part.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    with replacing(path) as temporary:
        temporary.write_bytes(content)


@contextlib.contextmanager
def put_back_on_error(path: Path) -> Iterator[None]:
    """Put a file back as it was, to the byte, if what is done meanwhile fails; call it under the file's lock.

    A second name keeps what is there, so that a full disk has nothing to write when it is brought back.

    Raises:
        DiskError: if what is there cannot be kept: nothing was done yet.
    """
    with disk_errors(path):
        target = confined(path)
        kept = target.with_name(f".{target.stem[:100]}.{secrets.token_hex(6)}.tmp{target.suffix}")
        there = target.exists()
        if there:
            _name_twice(target, kept)
    try:
        yield
    except BaseException:
        with disk_errors(path):
            if there:
                kept.replace(target)
            else:
                target.unlink(missing_ok=True)
        raise
    finally:
        with contextlib.suppress(OSError):
            kept.unlink(missing_ok=True)


def sweep(folder: Path, stem: str = "") -> None:
    """Remove the temporary files that killed processes left; call it under the lock of the file written there.

    Args:
        folder: where; it does not need to exist.
        stem: of the file that they were for; by default, of any.
    """
    of = re.escape(stem[:100]) if stem else ".*"
    with contextlib.suppress(OSError, DiskError):
        for found in confined(folder).iterdir():
            if re.fullmatch(rf"\.{of}\.[0-9a-f]{{12}}\.tmp(\.\w+)?", found.name):
                found.unlink(missing_ok=True)


@contextlib.contextmanager
def locked(path: Path, timeout_s: float = 10) -> Iterator[None]:
    """Hold the lock of ``path`` (a file ``.<name>.lock`` beside it), against other programs and other threads.

    On a disk that has no locks, as network shares and some sticks, a file stands for it (see ``store/locks.py``).
    Not re-entrant: do not nest it for one path.

    Args:
        path: the file, or folder, that is about to be changed.
        timeout_s: how long to wait for another holder, in seconds.

    Raises:
        BusyError: if another program still holds it after ``timeout_s``.
        DiskError: if the lock cannot be written.
    """
    with disk_errors(path):
        target = confined(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            release = hold(target.with_name(f".{target.name}.lock"), timeout_s)
        except TimeoutError as error:
            raise BusyError(
                f"« {path} » est en cours de modification par un autre programme : réessayez dans un instant."
            ) from error
    try:
        yield
    finally:
        # what was written under it is written: a disk that goes away now must not have it told otherwise
        with contextlib.suppress(OSError):
            release()


def _name_twice(path: Path, second: Path) -> None:
    try:
        second.hardlink_to(path)
    except OSError:  # sticks and some shares have no second names
        shutil.copy2(path, second)


def _keep_permissions(target: Path, temporary: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        temporary.chmod(target.stat().st_mode & 0o777)


def _sync_file(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Sync a folder, so that a rename or a new name lasts; nothing happens where the system or disk cannot."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in _FOLDER_SYNC_UNSUPPORTED:
            raise
    finally:
        os.close(handle)
