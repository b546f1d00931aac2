"""The destination that is a folder of another machine: written whole or not at all, changed under a lock."""

from __future__ import annotations

import contextlib
import hashlib
import secrets
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.destination import SftpDestination, WebdavDestination
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.asking import patiently
from bobine.publish.destinations.grafting import Stretch
from bobine.publish.destinations.own_sending import OwnSending
from bobine.publish.destinations.remote.clock import ServerClock
from bobine.publish.destinations.remote.files import (
    Entry,
    LineCutError,
    OnBytes,
    RemoteFiles,
    beside,
    name_of,
    write_small,
)
from bobine.publish.destinations.remote.limits import limits_told
from bobine.publish.destinations.remote.lock import RemoteLock
from bobine.publish.destinations.remote.notes import forget_digest, note_digest, noted_digest
from bobine.publish.destinations.remote.sending import named, own_part, send_whole, whole
from bobine.publish.destinations.remote.trial import sweep, try_replacing
from bobine.publish.destinations.remote.unfinished import left_in_folder
from bobine.publish.destinations.store import Fetched, Listed, OnWait, StoredObject
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import MAX_FEED_BYTES, is_key, public_address
from bobine.publish.media_types import media_type

_TRIAL = ".bobine-essai-"
_TRIAL_S = 3600
"""No check takes so long, in seconds: what is older was left behind."""

_PART_S = 7 * 86400
"""A part of a file that nobody went on with for so long is given up, in seconds."""


class RemoteStore:
    """A remote folder laid out like the bucket (see ``Store`` for the methods).

    Media types are not kept: the web server gives them by the suffix. A version is the content's SHA-256, read back,
    so that no ETag is believed.
    """

    def __init__(
        self, destination: SftpDestination | WebdavDestination, files: RemoteFiles, place: str, state: Path
    ) -> None:
        """Nothing is asked yet.

        Args:
            destination: as ``shows.toml`` describes it.
            files: the remote folder.
            place: its address, for people; ends with ``/``.
            state: the folder of this computer's own state.
        """
        self._destination = destination
        self._files = files
        self._place = place
        self._clock = ServerClock()
        self._own = OwnSending(state, place)
        self._lock = RemoteLock(files, destination.name, place, state, self._clock.now)
        self._folders: set[str] = set()

    @property
    def name(self) -> str:
        """The key in ``shows.toml``."""
        return self._destination.name

    @property
    def public_url(self) -> str:
        """The public address of the folder's root."""
        return self._destination.public_url

    def location(self, key: str) -> str:
        """The file's address there, without any password."""
        return f"{self._place}{key}"

    def check(self) -> None:
        """Make the folder, and write, replace and remove files in it as a publication does."""
        self._make_root()
        first, second = (f"{_TRIAL}{secrets.token_hex(6)}" for _ in range(2))
        try:
            write_small(self._files, first, b"bobine\n")
            sent = time.time()
            entry = self._files.look(first)
            if entry is None or self._files.read(first, 0, 20) != b"bobine\n":
                raise PublishError(
                    f"Destination « {self.name} » : un fichier envoyé et accepté n'y est pas, ou pas comme il a été "
                    f"envoyé ; vérifiez l'adresse du dossier ({self._place})."
                )
            if entry.modified is not None:
                self._clock.skew = timedelta(seconds=entry.modified - sent)
            write_small(self._files, second, b"BOBINE\n")
            try_replacing(self._files, self.name, first, second)
        finally:
            with contextlib.suppress(PublishError):
                self._files.remove(first)
                self._files.remove(second)
        entries = sweep(self._files, "", self._clock.now(), _TRIAL, _TRIAL_S)
        self._lock.clear_away(entries, _TRIAL_S)

    def tell_waits(self, on_wait: OnWait) -> None:
        """Have waits for the lock told."""
        self._lock.on_wait = on_wait

    def skew(self) -> timedelta | None:
        """The lead of the server's clock, by the date it gave the check's file."""
        return self._clock.skew

    def enforces_conditions(self) -> bool:
        """Always, among publishers: they hold a lock around each change (:meth:`limits` says what it cannot do)."""
        return True

    def limits(self) -> tuple[str, ...]:
        """Sentences on what this destination cannot promise, in French, as :meth:`check` found."""
        return limits_told(self._files)

    def head(self, key: str) -> StoredObject | None:
        """Size of a file, and its digest as it was noted when it was sent."""
        path = self._path(key)
        entry = self._files.look(path)
        if entry is None or entry.is_folder:
            return None
        digest = noted_digest(self._files, path, entry)
        return StoredObject(
            key=key, media_type=media_type(key), bytes=entry.bytes, version=digest or entry.tag, sha256=digest
        )

    def fetch(self, key: str) -> Fetched | None:
        """A file's content."""
        content = self._files.read(self._path(key), 0, MAX_FEED_BYTES + 1)
        if content is None:
            return None
        if len(content) > MAX_FEED_BYTES:
            raise PublishError(f"« {self.location(key)} » est bien trop gros pour ce qu'il devrait être.")
        return Fetched(content, hashlib.sha256(content).hexdigest())

    def read(self, key: str, start: int, length: int) -> bytes:
        """A stretch of a file."""
        path = self._path(key)
        content = patiently(lambda: self._files.read(path, start, length))
        if content is None:
            raise PublishError(f"Destination « {self.name} » : « {key} » n'y est plus ; recommencez.")
        return content

    def listing(self, prefix: str) -> dict[str, Listed]:
        """The files under a folder, hidden ones left out; parts of files that were given up are removed."""
        found: dict[str, Listed] = {}
        waiting = [self._path(prefix.removesuffix("/"))]
        while waiting:
            folder = waiting.pop()
            for entry in sweep(self._files, f"{folder}/", self._clock.now(), ".", _PART_S, ".part"):
                path = f"{folder}/{entry.name}"
                if entry.name.startswith(".") or not is_key(path):
                    continue
                if entry.is_folder:
                    waiting.append(path)
                else:
                    found[path] = Listed(bytes=entry.bytes, version=entry.tag)
        return found

    def put(
        self, file: StoredFile, source: Path, cache_control: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """Send a file under a hidden name, going on after what an earlier run sent, then give it its own."""
        del cache_control  # the web server sets it
        with self._own_part(file) as (path, part):
            sent = send_whole(self._files, part, source, file, on_bytes or (lambda _count: None))
            self._put_in_place(file, path, part, sent)

    def graft(self, file: StoredFile, head: bytes, body: Stretch, cache_control: str, on_bytes: OnBytes) -> bool:
        """Send a head under a hidden name, have the server put the stretch behind it, then give it its own."""
        del cache_control  # the web server sets it
        with self._own_part(file) as (path, part):
            try:
                write_small(self._files, part, head)
                done = self._files.append_copy(part, len(head), self._path(body.key), body.start, body.bytes)
                sent = self._files.look(part) if done else None
            except LineCutError:
                return False  # to be sent whole is more patient
            if sent is None or sent.bytes != file.bytes:
                self._files.remove(part)
                return False
            self._put_in_place(file, path, part, sent)
        on_bytes(file.bytes)
        return True

    @contextlib.contextmanager
    def _own_part(self, file: StoredFile) -> Iterator[tuple[str, str]]:
        """The path of a file, and the hidden one that it is written under, in a folder that is there."""
        path = self._path(file.key)
        self._make_parents(path)
        with own_part(self._files, path, file, self._own) as part:
            yield path, part

    def _put_in_place(self, file: StoredFile, path: str, part: str, sent: Entry | None) -> None:
        """Give a file that was written under a hidden name its own, and check that it stands there whole."""
        if sent is None or sent.bytes != file.bytes:
            raise self._not_there(file.key)
        forget_digest(self._files, path)
        is_ours = named(self._files, part, path, file)
        there = whole(self._files, path, file)
        if there is None:
            raise self._not_there(file.key)
        if is_ours:
            note_digest(self._files, path, file.sha256, there)

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """Replace a file under the destination's lock, if it still is what was seen."""
        del media_type, cache_control  # the web server sets them
        path = self._path(key)
        self._make_parents(path)
        new = beside(path, f".{name_of(path)[:100]}.{secrets.token_hex(6)}.part")
        write_small(self._files, new, content)  # before the lock is taken: it may take long
        done = False
        try:
            with self._lock.held() as lock:
                tag = self._tag_if_as_expected(key, path, expected)
                if tag is not None and lock.is_still_ours():
                    done = self._files.rename(new, path, over=expected is not None, tag=tag)
        finally:
            if not done:
                with contextlib.suppress(PublishError):
                    self._files.remove(new)
        return done

    def _tag_if_as_expected(self, key: str, path: str, expected: str | None) -> str | None:
        """The tag of a file, empty where there is none; None if its content is not of the version that is expected."""
        entry = self._files.look(path)
        found = self.fetch(key)
        if (found.version if found else None) != expected:
            return None
        return entry.tag if entry is not None else ""

    def delete(self, key: str) -> None:
        """Remove a file, and what was noted of it."""
        path = self._path(key)
        forget_digest(self._files, path)
        self._files.remove(path)

    def unfinished(self, slug: str, day: date) -> tuple[Unfinished, ...]:
        """Hidden parts, and one episode's files."""
        return tuple(left_in_folder(self._files, self._path(slug), day, self._own, self._clock.now()))

    def clear(self, one: Unfinished) -> None:
        """Remove a file."""
        self._files.remove(one.place)

    def probe_public(self, file: StoredFile) -> None:
        """HEAD and a range GET at the public address."""
        from bobine.publish.destinations.remote.public_types import probe_public_of_host  # HTTP is slow to import

        probe_public_of_host(public_address(self.public_url, file.key), file)

    def _path(self, key: str) -> str:
        if not is_key(key):
            raise PublishError(
                f"« {key} » ne peut pas être un fichier de la destination « {self.name} » : un nom n'y a que des "
                "lettres sans accent, des chiffres, des points et des tirets, et reste dans le dossier."
            )
        return key

    def _make_root(self) -> None:
        self._folders.add("")
        if self._files.look("") is None:
            self._files.make_folder("")
            if self._files.look("") is None:
                raise PublishError(
                    f"Destination « {self.name} » : le dossier {self._place} n'existe pas et ne peut pas être créé ; "
                    "créez-le, ou corrigez son adresse dans shows.toml."
                )

    def _make_parents(self, path: str) -> None:
        if not self._folders:
            self._make_root()
        parts = path.split("/")[:-1]
        for count in range(1, len(parts) + 1):
            folder = "/".join(parts[:count])
            if folder not in self._folders:
                self._files.make_folder(folder)
                self._folders.add(folder)

    def _not_there(self, key: str) -> PublishError:
        return PublishError(
            f"Destination « {self.name} » : « {key} », envoyé et accepté, n'y est pas entier ; vérifiez la place qui y "
            "reste, puis recommencez."
        )
