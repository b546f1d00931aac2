"""The cache of an episode's master: a folder of entries, bounded, that may be deleted at any time.

It never fails: what cannot be read is made again, what cannot be written is made again next time.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import threading
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bobine.master.cache.entries import DamagedEntryError, checked, read_header, write_entry
from bobine.store.opening import UnusableFileError, confined

LIMIT_BYTES = 256 << 20
"""Size over which entries that the last master did not use go, the longest unused first: three masters of an hour."""

FOLDER = ".cache"
"""The name of the cache in the folder of the master."""

AHEAD = "ahead"
"""The name of the folder in it of the process that masters while the show is on air."""

AHEAD_WORK = f"{AHEAD}/work"
"""Where that process has frames on their way into the cache."""

_TAG = "CACHEDIR.TAG"
_TAG_TEXT = (
    "Signature: 8a477f597d28d172789f06886806bc55\n"
    "# Ce dossier accélère « bobine monter » ; il peut être effacé à tout moment. https://bford.info/cachedir/\n"
)
_NAME = re.compile(r"[0-9a-f]{64}")
_LEFTOVER_S = 3600


class Cache:
    """Entries by their keys (64 hexadecimal digits); any thread may use it.

    Attributes:
        reused: segments of the last master, over all formats, that were here.
        encoded: those that were encoded for it.
    """

    def __init__(self, folder: Path | None, most_bytes: int = LIMIT_BYTES) -> None:
        """Open a cache.

        Args:
            folder: where; made when something is kept. None to keep nothing.
            most_bytes: size to which ``trim`` brings it back.
        """
        self.reused = self.encoded = 0
        self._folder = folder
        self._most_bytes = most_bytes
        self._used: set[str] = set()
        self._lock = threading.Lock()

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._folder is not None

    def read(self, key: str) -> bytes | None:
        """The content of an entry; None where there is none that is whole."""
        path = self._usable(key)
        if path is None:
            return None
        with contextlib.suppress(OSError, DamagedEntryError):
            offset = checked(path).offset
            with path.open("rb") as file:
                file.seek(offset)
                return file.read()
        self._drop(path)
        return None

    def write(self, key: str, content: Iterable[bytes], items: Sequence[str] = ()) -> None:
        """Keep an entry, if there is room.

        Args:
            key: its key.
            content: its pieces.
            items: ids of the items whose sound it was made from.
        """
        path = self._place(key)
        if path is not None:
            with contextlib.suppress(OSError):
                write_entry(path, content, items)

    def fetch(self, key: str, target: Path) -> bool:
        """Give an entry another name outside of the cache, so that it stays if the cache goes; tells whether it did."""
        path = self._usable(key)
        if path is None:
            return False
        try:
            _named_again(path, target)
            checked(target)
        except (OSError, DamagedEntryError):
            self._drop(path)
            target.unlink(missing_ok=True)
            return False
        return True

    def keep(self, key: str, source: Path) -> None:
        """Keep an entry that ``write_entry`` wrote elsewhere."""
        path = self._place(key)
        if path is not None:
            with contextlib.suppress(OSError):
                _named_again(source, path)

    def trim(self, *, others: bool = True) -> None:
        """Bring the cache back to its size; what was used since it was opened stays.

        Args:
            others: whether any other entry may stay.
        """
        found = []
        for path in self._listed():
            with contextlib.suppress(OSError):
                state = path.stat()
                if _NAME.fullmatch(path.name):
                    found.append((path.name in self._used, state.st_mtime_ns, state.st_size, path))
                elif path.name != _TAG and time.time() - state.st_mtime > _LEFTOVER_S:
                    self._drop(path)
        size = sum(bytes_ for _, _, bytes_, _ in found)
        for used, _, bytes_, path in sorted(found):
            if not used and (size > self._most_bytes or not others):
                self._drop(path)
                size -= bytes_

    def forget(self, items: Collection[str]) -> None:
        """Remove every entry that was made from the sound of one of these items, and what cannot tell."""
        if items and self._folder is not None:
            shutil.rmtree(self._folder / AHEAD_WORK, ignore_errors=True)
        for path in self._listed() if items else ():
            if not _NAME.fullmatch(path.name):
                continue
            with contextlib.suppress(OSError):
                try:
                    made_from = read_header(path).items
                except DamagedEntryError:
                    self._drop(path)
                    continue
                if not set(items).isdisjoint(made_from):
                    self._drop(path)

    def _listed(self) -> Iterator[Path]:
        if self._folder is not None:
            with contextlib.suppress(OSError):
                yield from list(self._folder.iterdir())

    def _usable(self, key: str) -> Path | None:
        """The file of an entry that is there, noted as used now."""
        if self._folder is None:
            return None
        path = self._folder / key
        with self._lock:
            self._used.add(key)
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def _place(self, key: str) -> Path | None:
        if self._folder is None:
            return None
        with self._lock:
            self._used.add(key)
        with contextlib.suppress(OSError):
            if not (self._folder / _TAG).exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                (self._folder / _TAG).write_text(_TAG_TEXT, encoding="utf-8")
            return self._folder / key
        return None

    def _drop(self, path: Path) -> None:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def cache_of(master: Path) -> Cache:
    """The cache of an episode's master, by the folder of the latter; one that a link leads elsewhere is not used."""
    try:
        return Cache(confined(master / FOLDER, master))
    except UnusableFileError:
        return Cache(None)


def remove_cache(master: Path) -> None:
    """Remove the cache of an episode's master, all of it."""
    folder = master / FOLDER
    if folder.is_symlink():
        folder.unlink(missing_ok=True)
    else:
        shutil.rmtree(folder, ignore_errors=True)


def _named_again(path: Path, target: Path) -> None:
    """Give a file a second name, or copy it where the disk has none; a target that is there is replaced."""
    beside = target.with_name(f".{target.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        beside.unlink(missing_ok=True)
        try:
            beside.hardlink_to(path)
        except OSError:
            shutil.copyfile(path, beside)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
