"""Copy a sound file into an episode: piece by piece, hashed on the way, never half."""

from __future__ import annotations

import filecmp
import hashlib
import os
import re
import secrets
import shutil
import stat
import threading
from collections.abc import Callable
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import BinaryIO

from bobine.errors import DiskError, Interrupted, SoundError
from bobine.french import printable, size
from bobine.store.files import disk_errors, replacing, sync_folder
from bobine.store.opening import UnusableFileError, confined, file_digest, listed, open_named

_CHUNK = 1 << 20
_ROOM_TO_SPARE = 16_000_000
INCOMING = ".incoming"
"""Prefix of files that exist only during an import."""

OWN_INCOMING = f"{INCOMING}-{secrets.token_hex(6)}"
"""Prefix of those that this process copies ahead, which are no leftovers of another."""


@dataclass(frozen=True, slots=True)
class AheadCopy:
    """A copy that was made ahead: whole and synced, under a temporary name.

    Attributes:
        path: where it lies, in the folder that it is for.
        digest: SHA-256 of its content, hexadecimal.
        state: what the file was when it was copied.
    """

    path: Path
    digest: str
    state: os.stat_result


def copy_recording(
    source: Path,
    surveyed: os.stat_result,
    folder: Path,
    on_share: Callable[[float], None],
    cancel: threading.Event | None,
    ahead: AheadCopy | None = None,
) -> tuple[Path, str, bool]:
    """Copy a file to ``recording-<beginning of its digest><suffix>`` in a folder, which is made where it is missing.

    What the folder holds stays: a file of the same content, under whatever name, is the copy, and nothing is written;
    one of other content that has the name makes the new name longer.

    Args:
        source: a file, or a link to one; it may lie in ``folder`` itself.
        surveyed: what the file was when it was judged.
        folder: where to copy it.
        on_share: told how much is copied, from 0 to 1.
        cancel: once set, the copy stops.
        ahead: a copy of that state that lies in the folder already, to be given its name.

    Returns:
        The copy, the SHA-256 of its content in hexadecimal, and whether it was made now.

    Raises:
        Interrupted: if ``cancel`` was set.
        SoundError: if the source cannot be read, or has changed since it was judged.
        DiskError: if there is no room, the folder cannot be written, or a link leads it out of the workspace.
    """
    folder = confined(folder)
    sweep_incoming(folder)
    there = kept_copy(source, surveyed, folder)
    if there is not None:
        digest = file_digest(there)
        on_share(1.0)
        return there, digest, False
    if ahead is not None and ahead.path.parent == folder and _is_there(ahead.path):
        incoming, digest = ahead.path, ahead.digest
        with opened(source) as stream:
            _check_unchanged(stream, source, surveyed)
        on_share(1.0)
    else:
        incoming = folder / f"{INCOMING}{suffix_of(source)}"
        digest = _copied(source, surveyed, incoming, on_share, cancel)
    names = (folder / f"recording-{digest[:length]}{incoming.suffix}" for length in (8, 16, 32, 64))
    longest = folder / f"recording-{digest}-{secrets.token_hex(4)}{incoming.suffix}"
    copy = next((name for name in names if not os.path.lexists(name)), longest)
    with disk_errors(copy):
        incoming.replace(copy)
        sync_folder(folder)
    return copy, digest, True


def _copied(
    source: Path,
    surveyed: os.stat_result,
    incoming: Path,
    on_share: Callable[[float], None],
    cancel: threading.Event | None,
) -> str:
    """Copy a file to a temporary name, and give its digest."""
    with opened(source) as stream:
        check_room(incoming.parent, surveyed.st_size)
        with replacing(incoming) as temporary:
            with temporary.open("wb") as copy:
                digest = copy_hashed(stream, copy, source, lambda done: on_share(done / surveyed.st_size), cancel)
            _check_unchanged(stream, source, surveyed)
    return digest


def _check_unchanged(stream: BinaryIO, source: Path, surveyed: os.stat_result) -> None:
    """Pass where a file is as it was when it was judged."""
    found = os.fstat(stream.fileno())
    if (found.st_size, found.st_mtime_ns) != (surveyed.st_size, surveyed.st_mtime_ns):
        raise SoundError(
            f"« {printable(source.name)} » change encore : attendez que l'enregistrement soit fini, puis recommencez."
        )


def _is_there(path: Path) -> bool:
    """Whether a copy made ahead is still there: another import may have taken it for a leftover."""
    return path.is_file() and not path.is_symlink()


def kept_copy(source: Path, state: os.stat_result, folder: Path) -> Path | None:
    """The file of a folder that holds the same bytes as another file; None where there is none.

    Args:
        source: the file.
        state: what it was when it was judged.
        folder: where to look.
    """
    for path in listed(folder):
        try:
            found = path.lstat()
            alike = stat.S_ISREG(found.st_mode) and found.st_size == state.st_size and not path.name.startswith(".")
            if alike and filecmp.cmp(source, path, shallow=False):
                return path
        except OSError:
            continue
    return None


def sweep_incoming(folder: Path) -> None:
    """Remove what an import that was killed left, and spare what this process is copying."""
    with disk_errors(folder):
        for left in folder.glob(f".*{INCOMING.strip('.')}*"):
            if not left.name.startswith(OWN_INCOMING):
                left.unlink()


def copy_hashed(
    stream: BufferedReader,
    copy: BinaryIO,
    source: Path,
    on_bytes: Callable[[int], None],
    cancel: threading.Event | None,
) -> str:
    """Copy a file from where it stands, and give the SHA-256 of what was copied, in hexadecimal.

    Args:
        stream: the file, opened.
        copy: where to write.
        source: its path, for errors.
        on_bytes: told how many bytes are copied.
        cancel: once set, the copy stops.

    Raises:
        SoundError: if it cannot be read.
        OSError: if the copy cannot be written.
        Interrupted: if ``cancel`` was set.
    """
    digest = hashlib.sha256()
    # one memory for all pieces: being given it anew for each costs as much as copying it
    room = memoryview(bytearray(_CHUNK))
    done = 0
    while count := _read(stream, source, room):
        if cancel is not None and cancel.is_set():
            raise Interrupted
        digest.update(room[:count])
        copy.write(room[:count])
        done += count
        on_bytes(done)
    return digest.hexdigest()


def opened(source: Path) -> BufferedReader:
    """Open a sound file to read it.

    Raises:
        SoundError: if it cannot be.
    """
    try:
        return open_named(source)
    except (FileNotFoundError, UnusableFileError) as error:
        raise _unreadable(source) from error


def _read(stream: BufferedReader, source: Path, room: memoryview) -> int:
    """Read as much as there is room for, and give how much that is."""
    try:
        return stream.readinto(room)
    except OSError as error:
        raise _unreadable(source) from error


def _unreadable(source: Path) -> SoundError:
    return SoundError(f"« {printable(source.name)} » ne peut pas être lu : vérifiez ses droits et son support.")


def suffix_of(source: Path) -> str:
    """The file's suffix where it is a plain one; players choose by it, ffmpeg does not need it."""
    suffix = source.suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""


def check_room(folder: Path, needed: int) -> None:
    """Pass where a folder's disk has room for so many bytes and some to spare.

    Raises:
        DiskError: if it has not.
    """
    existing = next((place for place in (folder, *folder.resolve().parents) if place.is_dir()), None)
    if existing is None:
        return
    with disk_errors(folder):
        free = shutil.disk_usage(existing).free
    if free < needed + _ROOM_TO_SPARE:
        raise DiskError(
            f"Il faut {size(needed + _ROOM_TO_SPARE)} pour copier l'enregistrement dans « {folder} », et il n'y a que "
            f"{size(free)} de libre : libérez de la place, puis recommencez."
        )
