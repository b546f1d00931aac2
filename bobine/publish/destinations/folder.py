"""The destination that is a folder: written whole or not at all, changed under a lock, confined to itself."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import secrets
import stat
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from io import BufferedReader
from pathlib import Path

from bobine.errors import DiskError, PublishError
from bobine.model.destination import FolderDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.folder_unfinished import left_in
from bobine.publish.destinations.store import Fetched, Listed, OnWait, StoredObject
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import MAX_FEED_BYTES, is_key
from bobine.publish.media_types import media_type
from bobine.store.files import atomic_write, locked, replacing
from bobine.store.opening import UnusableFileError

_CHUNK = 1 << 20
_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REASONS = {
    errno.EACCES: "accès refusé",
    errno.EEXIST: "un fichier porte le nom d'un dossier",
    errno.EINVAL: "ce n'est pas un fichier ordinaire",
    errno.EIO: "erreur du disque",
    errno.EISDIR: "un dossier porte le nom d'un fichier",
    errno.ENOENT: "il n'existe pas",
    errno.ENOTDIR: "un fichier porte le nom d'un dossier",
    errno.EPERM: "accès refusé",
    errno.EROFS: "disque en lecture seule",
}


_TRIAL = ".bobine-essai-"
_TRIAL_S = 3600
"""No check takes so long, in seconds: what is older was left behind."""


class FolderStore:
    """A folder laid out like the bucket (see ``Store`` for the methods).

    Media types are not kept: they follow from the suffix, here as in the local server. A version is the content's
    SHA-256.
    """

    def __init__(self, destination: FolderDestination, folder: Path) -> None:
        self._destination = destination
        self._folder = folder
        self._skew: timedelta | None = None

    @property
    def name(self) -> str:
        """The key in ``shows.toml``."""
        return self._destination.name

    @property
    def public_url(self) -> str:
        """The public address of the folder's root."""
        return self._destination.public_url

    def location(self, key: str) -> str:
        """The file's path."""
        return str(self._folder / key)

    def check(self) -> None:
        """Write a file there, and remove it."""
        trial = self._folder / f"{_TRIAL}{secrets.token_hex(4)}"  # others may try at the same time
        with self._failures("écrite", trial):
            try:
                with replacing(trial) as temporary:
                    temporary.write_bytes(b"bobine\n")
                    self._skew = timedelta(seconds=temporary.stat().st_mtime - time.time())
            finally:
                with contextlib.suppress(OSError):
                    trial.unlink()
            trial.unlink(missing_ok=True)
            self._sweep_trials()

    def _sweep_trials(self) -> None:
        """Remove what a check that was killed left."""
        for left in self._folder.glob(f"{_TRIAL}*"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _TRIAL_S:
                    left.unlink()

    def tell_waits(self, on_wait: OnWait) -> None:
        """Nothing: the folder's lock is held for an instant alone."""

    def skew(self) -> timedelta | None:
        """The lead of the folder's clock, by the date it gave the check's file; that clock may be another machine's."""
        return self._skew

    def enforces_conditions(self) -> bool:
        """Always: a lock stands around each change."""
        return True

    def head(self, key: str) -> StoredObject | None:
        """Size, type and digest of a file; reads it whole."""
        path = self._path(key)
        with self._failures("lue", path):
            try:
                with _opened(path) as stream:
                    digest = hashlib.file_digest(stream, "sha256").hexdigest()
                    size = stream.tell()
            except FileNotFoundError:
                return None
            except UnusableFileError:
                if path.is_dir() or not path.parent.is_dir():
                    return None
                raise
        return StoredObject(key=key, media_type=media_type(key), bytes=size, version=digest, sha256=digest)

    def fetch(self, key: str) -> Fetched | None:
        """A file's content."""
        path = self._path(key)
        with self._failures("lue", path):
            try:
                with _opened(path) as stream:
                    content = stream.read(MAX_FEED_BYTES + 1)
            except (FileNotFoundError, NotADirectoryError):
                return None
        if len(content) > MAX_FEED_BYTES:
            raise PublishError(f"« {path} » est bien trop gros pour ce qu'il devrait être : regardez ce que c'est.")
        return Fetched(content, hashlib.sha256(content).hexdigest())

    def read(self, key: str, start: int, length: int) -> bytes:
        """A stretch of a file."""
        path = self._path(key)
        with self._failures("lue", path), _opened(path) as stream:
            stream.seek(start)
            return stream.read(length)

    def listing(self, prefix: str) -> dict[str, Listed]:
        """The files under a folder, hidden and temporary ones left out."""
        found: dict[str, Listed] = {}
        top = self._path(prefix.removesuffix("/"))
        with self._failures("lue", top):
            for inside, path in _visible_files(top):
                with contextlib.suppress(FileNotFoundError):  # replaced or removed since it was listed
                    about = os.stat(path)  # noqa: PTH116 - there are thousands, and a Path takes longer than its file
                    if stat.S_ISREG(about.st_mode):
                        found[prefix + inside] = Listed(bytes=about.st_size)
        return found

    def put(
        self, file: StoredFile, source: Path, cache_control: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """Copy a file in."""
        del cache_control  # the local server sets it
        target = self._path(file.key)
        with (
            source.open("rb") as stream,
            self._failures("écrite", target),
            replacing(target) as temporary,
            temporary.open("wb") as copy,
        ):
            tell = on_bytes or (lambda _count: None)
            try:
                while chunk := stream.read(_CHUNK):
                    copy.write(chunk)
                    tell(len(chunk))
            except BaseException:
                tell(-stream.tell())
                raise

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """Replace a file under the folder's lock, if it still is what was seen."""
        del media_type, cache_control  # they follow from the key
        path = self._path(key)
        with self._failures("écrite", path), locked(self._folder / "publication"):
            found = self.fetch(key)
            if (found.version if found else None) != expected:
                return False
            atomic_write(path, content)
        return True

    def delete(self, key: str) -> None:
        """Remove a file; a folder of that name is refused."""
        path = self._path(key)
        with self._failures("changée", path):
            path.unlink(missing_ok=True)

    def unfinished(self, slug: str, day: date) -> tuple[Unfinished, ...]:
        """Temporary files, and one episode's files."""
        top = self._path(slug)
        with self._failures("lue", top):
            return tuple(left_in(self._folder, slug, day, (self._skew or timedelta()).total_seconds()))

    def clear(self, one: Unfinished) -> None:
        """Remove a file."""
        path = self._path(one.key).with_name(Path(one.place).name)
        with self._failures("changée", path):
            path.unlink(missing_ok=True)

    def probe_public(self, file: StoredFile) -> None:
        """Nothing: the folder may be served later, or by another machine."""

    def _path(self, key: str) -> Path:
        path = self._folder / key
        if not is_key(key) or not path.resolve().is_relative_to(self._folder.resolve()):
            raise PublishError(
                f"« {key} » ne peut pas être un fichier de la destination « {self.name} » : un nom n'y a que des "
                "lettres sans accent, des chiffres, des points et des tirets, et reste dans le dossier."
            )
        return path

    @contextlib.contextmanager
    def _failures(self, done: str, path: Path) -> Iterator[None]:
        """Tell the failures of the folder as the destination's; a full disk stays a ``DiskError``."""
        try:
            yield
        except (DiskError, OSError) as error:
            cause = error.__cause__ if isinstance(error, DiskError) else error
            number = (cause.errno if isinstance(cause, OSError) else None) or 0
            if isinstance(error, DiskError) and number in _NO_ROOM:
                raise
            reason = _REASONS.get(number, errno.errorcode.get(number, "erreur inconnue"))
            if isinstance(error, UnusableFileError):
                reason = error.reason
            raise PublishError(
                f"La destination « {self.name} » ne peut pas être {done} à « {path} » ({reason}) : vérifiez les droits "
                "du dossier, ou donnez-lui un autre chemin (path, dans shows.toml)."
            ) from error


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[BufferedReader]:
    """A file to read; a pipe or a device is refused, and never waited for."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise OSError(errno.EINVAL, "not a regular file")
        yield stream


def _visible_files(top: Path) -> Iterator[tuple[str, str]]:
    """The files under a folder: each one's place in it, with ``/``, and its path."""

    def fail(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            raise error

    for folder, subfolders, names in os.walk(top, onerror=fail):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        inside = Path(folder).relative_to(top).as_posix()
        before = "" if inside == "." else f"{inside}/"
        yield from ((before + name, f"{folder}{os.sep}{name}") for name in names if not name.startswith("."))
