"""Copies of the files of an import: made while these are still being judged, and kept all or none."""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine.air.importing.copying import (
    OWN_INCOMING,
    AheadCopy,
    check_room,
    copy_hashed,
    copy_recording,
    kept_copy,
    opened,
    suffix_of,
)
from bobine.air.importing.several.sources import Source
from bobine.store.files import disk_errors
from bobine.store.opening import confined


class CopiesAhead:
    """Copies that a thread makes; each is for one file, and those that nobody took are removed at the end."""

    def __init__(self, paths: Sequence[Path], folder: Path) -> None:
        self._paths = paths
        self._folder = folder
        self._stop = threading.Event()
        self._made: dict[Path, AheadCopy] = {}
        self._made_folder = False
        self._whole = self._before = self._done = 0  # bytes
        self._worker = threading.Thread(target=self._work, daemon=True)

    def start(self) -> None:
        """Begin to copy."""
        self._worker.start()

    def wait(self, tell: Callable[[float], None], cancel: threading.Event | None) -> None:
        """Wait until all are made, or ``cancel`` is set; ``tell`` is told how much is done, from 0 to 1."""
        while self._worker.is_alive() and not (cancel is not None and cancel.is_set()):
            self._worker.join(0.05)
            tell(min(1.0, self._done / max(1, self._whole)))

    def take(self, source: Path, surveyed: os.stat_result) -> AheadCopy | None:
        """The copy of a file; None where there is none of that state: it must be made as usual."""
        copy = self._made.get(source)
        if copy is None or _state(copy.state) != _state(surveyed):
            return None
        return copy

    def close(self) -> None:
        """Stop, and remove the copies that nobody took, and the folder that was made for them where it is empty."""
        self._stop.set()
        self._worker.join()
        for copy in self._made.values():
            with contextlib.suppress(OSError):
                copy.path.unlink(missing_ok=True)
        if self._made_folder:
            with contextlib.suppress(OSError):
                self._folder.rmdir()

    def _work(self) -> None:
        # whatever goes wrong here is met again, and told, by the copy that is then made as usual
        with contextlib.suppress(Exception):
            folder = confined(self._folder)
            missing = [path for path in self._paths if kept_copy(path, path.stat(), folder) is None]
            self._whole = sum(path.stat().st_size for path in missing)
            check_room(folder, self._whole)
            for path in missing:
                self._copy(path, folder)
                self._before = self._done

    def _copy(self, path: Path, folder: Path) -> None:
        with opened(path) as stream:
            state = os.fstat(stream.fileno())
            if not folder.is_dir():
                folder.mkdir()
                self._made_folder = True
            target = folder / f"{OWN_INCOMING}-{secrets.token_hex(6)}{suffix_of(path)}"
            try:
                with target.open("xb") as copy:
                    digest = copy_hashed(stream, copy, path, self._count, self._stop)
                    copy.flush()
                    os.fsync(copy.fileno())
            except BaseException:
                target.unlink(missing_ok=True)
                raise
            if _state(os.fstat(stream.fileno())) != _state(state):
                target.unlink()
                return
            self._made[path] = AheadCopy(target, digest, state)

    def _count(self, done: int) -> None:
        self._done = self._before + done


@contextlib.contextmanager
def copies_ahead(paths: Sequence[Path], folder: Path) -> Iterator[CopiesAhead]:
    """Copy files in a thread while something else is done; nothing is left of what was not taken.

    Args:
        paths: the files, each once.
        folder: where; where it is missing it is made if its parent is there, and removed again if it stays empty.
    """
    copies = CopiesAhead(paths, folder)
    copies.start()
    try:
        yield copies
    finally:
        copies.close()


@dataclass(frozen=True, slots=True)
class Copy:
    """A file of ``recording/``: its digest, and whether it was made by this import."""

    path: Path
    digest: str
    new: bool


def copy_all(
    sources: Sequence[Source],
    recording_dir: Path,
    ahead: CopiesAhead,
    tell: Callable[[float], None],
    cancel: threading.Event | None,
) -> dict[Path, Copy]:
    """Copy files that are not there yet, all or none: by the path of each source.

    Args:
        sources: the files, as they were judged.
        recording_dir: where to; its lock is held.
        ahead: copies that were made meanwhile.
        tell: told how much is done, from 0 to 1.
        cancel: once set, the work stops.

    Raises:
        Interrupted, SoundError, DiskError: as ``copy_recording`` does.
    """
    wanted = list(dict.fromkeys(sources))
    tell = _forward(tell)
    ahead.wait(tell, cancel)
    made = {one.path: copy for one in wanted if (copy := ahead.take(one.path, one.state)) is not None}
    missing = [one for one in wanted if one.path not in made and kept_copy(one.path, one.state, recording_dir) is None]
    check_room(recording_dir, sum(one.state.st_size for one in missing))
    whole = sum(one.state.st_size for one in wanted)
    copies: dict[Path, Copy] = {}
    done = 0
    try:
        for one in wanted:
            share = functools.partial(_tell_of, tell, done / whole, one.state.st_size / whole)
            copies[one.path] = Copy(
                *copy_recording(one.path, one.state, recording_dir, share, cancel, made.get(one.path))
            )
            done += one.state.st_size
    except BaseException:
        take_back(copies)
        raise
    return copies


def _forward(tell: Callable[[float], None]) -> Callable[[float], None]:
    """Report progress only when it moves forward."""
    told = 0.0

    def further(share: float) -> None:
        nonlocal told
        if share > told:
            told = share
            tell(share)

    return further


def _tell_of(tell: Callable[[float], None], begin: float, part: float, share: float) -> None:
    tell(begin + part * share)


def take_back(copies: dict[Path, Copy]) -> None:
    """Remove what this import added."""
    for copy in copies.values():
        if copy.new:
            with disk_errors(copy.path):
                copy.path.unlink(missing_ok=True)


def _state(found: os.stat_result) -> tuple[int, ...]:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns
