"""A copy of a podcast in a folder: each file whole or not there, continued by the next run, and a manifest of digests.

A run that was killed leaves finished files, and parts that the next one goes on with; the manifest comes last.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bobine.errors import DiskError, PublishError
from bobine.french import size
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.store import Store
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.files import atomic_write, disk_errors, sync_folder
from bobine.store.opening import file_digest

MANIFEST = "manifeste.json"
"""Name of the manifest; a folder without one is not finished."""

MARK = ".export-bobine"
"""Name of the file that marks a folder as an export, from its first moment."""

_LOCK = f".{MANIFEST}.lock"
_PIECE = 4 << 20
_ROOM = 64 << 20
_MOST_MANIFEST_BYTES = 64 << 20

Local = Callable[[StoredFile], Path | None]
"""Gives a file of this machine with the same content, which need not be fetched; None for none."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A file of the export: its size and the digest of its content (SHA-256, hexadecimal)."""

    bytes: int
    sha256: str


class Mirror:
    """A folder that becomes a copy.

    Args:
        folder: new, empty, or one that an earlier run began.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Raises:
            PublishError: if something else is in it.
            DiskError: if it cannot be written.
        """
        self._folder = folder
        self._files: dict[str, Copied] = {}
        with disk_errors(folder):
            folder.mkdir(parents=True, exist_ok=True)
            is_other = not (folder / MARK).exists() and any(not one.name.startswith(".") for one in folder.iterdir())
        if is_other:
            raise PublishError(f"« {folder} » contient autre chose qu'un export : donnez un nouveau dossier.")
        atomic_write(folder / MARK, b"")
        with disk_errors(folder):
            (folder / MANIFEST).unlink(missing_ok=True)

    @property
    def count(self) -> int:
        """The number of files so far."""
        return len(self._files)

    @property
    def size(self) -> int:
        """Their size, bytes."""
        return sum(one.bytes for one in self._files.values())

    def check_room(self, files: Mapping[str, StoredFile]) -> None:
        """Make sure that the disk has room for what is not there yet; ``DiskError`` if not."""
        needed = sum(file.bytes for path, file in files.items() if not (self._folder / path).exists())
        with disk_errors(self._folder):
            free = shutil.disk_usage(self._folder).free
        if needed + _ROOM > free:
            raise DiskError(
                f"L'export demande {size(needed)}, et il en reste {size(free)} sur le disque de « {self._folder} » : "
                "libérez de la place, ou donnez un dossier d'un autre disque."
            )

    def copy(self, store: Store, file: StoredFile, path: str, local: Local, on_bytes: Callable[[int], None]) -> bool:
        """Bring one file of the destination; tells whether it is there now as its record says.

        Args:
            store: the destination.
            file: which; its digest may be empty.
            path: its place in the folder.
            local: a copy of it on this machine.
            on_bytes: told of each number of bytes that came.

        Raises:
            PublishError: if the destination fails.
        """
        target = self._folder / path
        if target.exists():
            found = file_digest(target)
            if found == file.sha256 or (not file.sha256 and target.stat().st_size == file.bytes):
                on_bytes(file.bytes)
                self._files[path] = Copied(file.bytes, found)
                return True
        part = target.with_name(f".{target.name}.part")
        with disk_errors(target):
            target.parent.mkdir(parents=True, exist_ok=True)
        near = local(file)
        for _ in range(2):
            if near is not None:
                with disk_errors(part):
                    shutil.copyfile(near, part)
            else:
                _fetch(store, file, part, on_bytes)
            digest = file_digest(part)
            if part.stat().st_size == file.bytes and digest == (file.sha256 or digest):
                with disk_errors(target):
                    part.replace(target)
                    sync_folder(target.parent)
                self._files[path] = Copied(file.bytes, digest)
                return True
            part.unlink(missing_ok=True)  # it went on from something else: once more, from its beginning
            near = None
        target.unlink(missing_ok=True)
        return False

    def write(self, path: str, content: bytes) -> None:
        """Write a small file, unless it is there already."""
        target = self._folder / path
        with contextlib.suppress(OSError):
            if target.read_bytes() == content:
                self._files[path] = Copied(len(content), hashlib.sha256(content).hexdigest())
                return
        atomic_write(target, content)
        self._files[path] = Copied(len(content), hashlib.sha256(content).hexdigest())

    def finish(self, about: Mapping[str, str]) -> tuple[str, ...]:
        """Remove what the podcast no longer has, verify all that is there, and write the manifest.

        Args:
            about: further entries of the manifest.

        Returns:
            The paths whose content is not what was written; the manifest is then not there.
        """
        for path in list(_inside(self._folder)):
            if path not in self._files and path not in (MARK, MANIFEST, _LOCK):
                with disk_errors(self._folder / path):
                    (self._folder / path).unlink()
        files = {path: {"bytes": one.bytes, "sha256": one.sha256} for path, one in sorted(self._files.items())}
        content = json_text({"format": 1, **about, "files": files}, indent=1, ordered=True) + "\n"
        wrong = _wrong(self._folder, self._files)
        if not wrong:
            atomic_write(self._folder / MANIFEST, content.encode())
        return wrong


def verified(folder: Path) -> tuple[str, ...]:
    """The paths of an export whose content is not what its manifest says.

    Raises:
        PublishError: if there is no manifest that can be read: the export is not finished.
    """
    try:
        with (folder / MANIFEST).open("rb") as stream:
            document = read_json(stream.read(_MOST_MANIFEST_BYTES))
        files = {path: Copied(one["bytes"], one["sha256"]) for path, one in document["files"].items()}
    except (OSError, JsonFault, KeyError, TypeError, AttributeError) as error:
        raise PublishError(f"« {folder} » n'est pas un export fini : relancez « bobine exporter ».") from error
    return _wrong(folder, files)


def _wrong(folder: Path, files: Mapping[str, Copied]) -> tuple[str, ...]:
    def is_right(path: str, one: Copied) -> bool:
        try:
            return (folder / path).stat().st_size == one.bytes and file_digest(folder / path) == one.sha256
        except (OSError, DiskError):
            return False

    return tuple(path for path, one in sorted(files.items()) if not is_right(path, one))


def _fetch(store: Store, file: StoredFile, part: Path, on_bytes: Callable[[int], None]) -> None:
    """Go on with a file from where it stands."""
    with disk_errors(part), part.open("ab") as stream:
        start = stream.tell()
        if start > file.bytes:
            stream.truncate(0)
            start = 0
        on_bytes(start)
        while start < file.bytes:
            piece = store.read(file.key, start, min(_PIECE, file.bytes - start))
            if not piece:
                break
            stream.write(piece)
            start += len(piece)
            on_bytes(len(piece))
        stream.flush()
        os.fsync(stream.fileno())


def _inside(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if not path.is_dir() or path.is_symlink():
            yield path.relative_to(folder).as_posix()
