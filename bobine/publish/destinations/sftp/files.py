"""Files of a folder over SFTP, version 3, as OpenSSH and most hosts speak it."""

from __future__ import annotations

import contextlib
import errno
import stat
from collections.abc import Iterator
from typing import Any, BinaryIO

from bobine.model.destination import SftpDestination
from bobine.publish.destinations.remote.files import Entry, LineCutError, OnBytes
from bobine.publish.destinations.sftp.connection import Connection
from bobine.publish.destinations.sftp.copying import copy_data
from bobine.publish.destinations.sftp.errors import told_in_french

_BATCH = 256 << 10
_REQUEST = 32 << 10
"""Bytes of one request, as every server takes them."""


class SftpFiles:
    """See ``RemoteFiles``. The connection is made when it is needed, and again after it was cut."""

    def __init__(self, destination: SftpDestination) -> None:
        """Nothing is asked yet."""
        self.resumes = True
        self.tells_tags = False
        self.replaces_at_once = True
        self._destination = destination
        self._root = destination.path.removesuffix("/") if destination.path != "/" else "/."
        self._connection: Connection | None = None

    def close(self) -> None:
        """End the connection, if there is one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def look(self, path: str) -> Entry | None:
        """A file or folder, links followed."""
        with self._session("de regarder", path) as sftp:
            try:
                about = sftp.stat(self._at(path))
            except FileNotFoundError:
                return None
            return _entry(path.rpartition("/")[2], about)

    def entries(self, path: str) -> list[Entry] | None:
        """The files and folders of a folder."""
        with self._session("de lister", path) as sftp:
            try:
                return [
                    _entry(about.filename, about)
                    for about in sftp.listdir_attr(self._at(path))
                    if about.filename not in (".", "..")
                ]
            except FileNotFoundError:
                return None

    def read(self, path: str, start: int, length: int) -> bytes | None:
        """A stretch of a file, asked for in one go."""
        with self._session("de lire", path) as sftp:
            try:
                with sftp.open(self._at(path), "r") as stream:
                    size = stream.stat().st_size or 0
                    length = min(length, max(0, size - start))
                    content: bytes = next(iter(stream.readv([(start, length)]))) if length else b""
                    return content
            except FileNotFoundError:
                return None

    def send(self, path: str, source: BinaryIO, size: int, start: int, on_bytes: OnBytes) -> None:
        """Write a file; each quarter of a megabyte is answered for before the next one goes."""
        with self._session("d'écrire", path) as sftp, self._writable(sftp, path, start) as stream:
            stream.seek(start)
            source.seek(start)
            left = size - start
            while left > 0:
                batch = source.read(min(_BATCH, left))
                if not batch:
                    break
                last = max(0, len(batch) - _REQUEST)
                stream.set_pipelined(True)
                stream.write(batch[:last])
                stream.set_pipelined(False)  # waits for the answers to all of them, and raises what they say
                stream.write(batch[last:])
                on_bytes(len(batch))
                left -= len(batch)

    @contextlib.contextmanager
    def _writable(self, sftp: Any, path: str, start: int) -> Iterator[Any]:
        try:
            stream = sftp.open(self._at(path), "r+" if start else "w")
        except FileNotFoundError:
            if not start:
                raise
            raise LineCutError(f"« {path} » a disparu pendant l'envoi.") from None
        with stream:
            yield stream

    def append_copy(self, path: str, size: int, source: str, start: int, count: int) -> bool:
        """Copy on the server, by the extension ``copy-data`` (OpenSSH 9.0 and later have it)."""
        with self._session("de copier", source) as sftp:
            return copy_data(sftp, self._at(source), start, count, self._at(path), size)

    def rename(self, path: str, target: str, *, over: bool, tag: str = "") -> bool:
        """Give another name; over a file, by OpenSSH's extension where the server has it, else in two steps."""
        del tag
        with self._session("de renommer", path) as sftp:
            if not over:
                return self._rename_unless_there(sftp, path, target)
            try:
                sftp.posix_rename(self._at(path), self._at(target))
            except FileNotFoundError:
                return False
            except OSError as error:
                if error.errno is not None or not _is_there(sftp, self._at(path)):
                    raise
                return self._rename_in_two_steps(sftp, path, target)
            return True

    def _rename_unless_there(self, sftp: Any, path: str, target: str) -> bool:
        """Give another name; another program may take the old one, or take and leave the new one, in between."""
        for tries_left in (2, 1, 0):
            try:
                sftp.rename(self._at(path), self._at(target))
            except FileNotFoundError:
                return False
            except OSError:
                if _is_there(sftp, self._at(target)) or not _is_there(sftp, self._at(path)):
                    return False
                if not tries_left:
                    raise
            else:
                return True
        raise AssertionError

    def _rename_in_two_steps(self, sftp: Any, path: str, target: str) -> bool:
        with contextlib.suppress(FileNotFoundError):
            sftp.remove(self._at(target))
            self.replaces_at_once = False
        return self._rename_unless_there(sftp, path, target)

    def make_folder(self, path: str) -> bool:
        """Make a folder; the root with the folders around it."""
        with self._session("de créer", path) as sftp:
            if not path:
                return _make_all(sftp, self._root)
            return _make(sftp, self._at(path))

    def remove(self, path: str) -> None:
        """Remove a file."""
        with self._session("de supprimer", path) as sftp, contextlib.suppress(FileNotFoundError):
            sftp.remove(self._at(path))

    def remove_folder(self, path: str) -> None:
        """Remove an empty folder."""
        with self._session("de supprimer", path) as sftp, contextlib.suppress(FileNotFoundError):
            sftp.rmdir(self._at(path))

    def _at(self, path: str) -> str:
        if not path:
            return self._root or "."
        return f"{self._root}/{path}" if self._root else path

    @contextlib.contextmanager
    def _session(self, doing: str, path: str) -> Iterator[Any]:
        try:
            with told_in_french(self._destination, "de se connecter"):
                if self._connection is None or not self._connection.is_open:
                    self.close()
                    self._connection = Connection(self._destination)
            with told_in_french(self._destination, f"{doing} « {path or self._destination.path or '.'} »"):
                yield self._connection.sftp
        except LineCutError:
            self.close()
            raise


def _entry(name: str, about: Any) -> Entry:
    is_folder = stat.S_ISDIR(about.st_mode or 0)
    modified = about.st_mtime
    return Entry(
        name=name,
        is_folder=is_folder,
        bytes=0 if is_folder else about.st_size or 0,
        modified=float(modified) if modified is not None else None,
        tag=str(modified or ""),
    )


def _is_there(sftp: Any, place: str) -> bool:
    try:
        sftp.stat(place)
    except FileNotFoundError:
        return False
    return True


def _make(sftp: Any, place: str) -> bool:
    """Make a folder; whether it is new. Another program may make it, and take it away again, in between."""
    for tries_left in (2, 1, 0):
        try:
            sftp.mkdir(place)
        except OSError as error:
            if error.errno == errno.ENOENT:
                raise
            if _is_there(sftp, place):
                return False
            if not tries_left:
                raise
        else:
            return True
    raise AssertionError


def _make_all(sftp: Any, place: str) -> bool:
    """Make a folder and those around it; whether the last one is new."""
    parts = place.split("/")
    made = False
    for count in range(1, len(parts) + 1):
        folder = "/".join(parts[:count])
        if folder and not _is_there(sftp, folder):
            made = _make(sftp, folder)
    return made
