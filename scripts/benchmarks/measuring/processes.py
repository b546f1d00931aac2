"""What commands take, and what all processes of a workspace hold while something goes on."""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of wall clock and of CPU, and the peak memory of all its processes in MB."""

    wall_s: float
    cpu_s: float
    peak_mb: float


def timed(command: Sequence[str], output: Path) -> Cost:
    """Run a command to its end, its standard output to a file, and watch its processes."""
    peaks, ended = [0.0], threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            peaks.append(held_by([watched, *_children(watched)]).memory_mb)

    start = time.monotonic()
    with output.open("wb") as stdout:
        process = subprocess.Popen(command, stdout=stdout, stdin=subprocess.DEVNULL)
        watched = psutil.Process(process.pid)
        watcher = threading.Thread(target=watch)
        watcher.start()
        # of this command alone: what else ends meanwhile, such as what masters ahead, is not its own
        _, status, spent = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - start
    ended.set()
    watcher.join()
    if process.returncode:
        raise SystemExit(f"{command[0]} failed with code {process.returncode}")
    return Cost(wall, spent.ru_utime + spent.ru_stime, max(peaks))


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children(recursive=True)
    except psutil.Error:
        return []


@dataclass(frozen=True)
class Held:
    """What some processes hold at an instant: memory in MB, and numbers."""

    memory_mb: float = 0.0
    files: int = 0
    threads: int = 0
    processes: int = 0

    def highest(self, other: Held) -> Held:
        """The higher of each."""
        return Held(
            max(self.memory_mb, other.memory_mb),
            max(self.files, other.files),
            max(self.threads, other.threads),
            max(self.processes, other.processes),
        )


def held_by(processes: Sequence[psutil.Process]) -> Held:
    """Look at some processes; those that are gone meanwhile hold nothing."""
    memory, files, threads, count = 0.0, 0, 0, 0
    for one in processes:
        with contextlib.suppress(psutil.Error), one.oneshot():
            memory += one.memory_info().rss / 1e6
            files += one.num_fds()
            threads += one.num_threads()
            count += 1
    return Held(memory, files, threads, count)


def cpu_by(processes: Sequence[psutil.Process]) -> float:
    """Processor time of some processes, and of the children that they waited for, seconds."""
    spent = 0.0
    for one in processes:
        with contextlib.suppress(psutil.Error):
            times = one.cpu_times()
            spent += times.user + times.system + times.children_user + times.children_system
    return spent


def words_of(process: psutil.Process) -> list[str]:
    """The words of its command; none of one that is gone."""
    try:
        return list(process.cmdline())
    except psutil.Error:
        return []


def of_workspace(root: Path) -> list[psutil.Process]:
    """The processes whose command names a workspace, and their children: some of ours belong to no terminal."""
    found: dict[int, psutil.Process] = {}
    for one in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if one.pid not in found and any(str(root) in word for word in words_of(one)):
                found[one.pid] = one
                found |= {child.pid: child for child in one.children(recursive=True)}
    return list(found.values())


class Watch:
    """Looks at a workspace's processes again and again, in a thread; keeps the peaks since it was last asked.

    Attributes:
        all: the peak of them all together.
        one: the peak of the one process that is looked at by itself.
    """

    def __init__(self, root: Path, pid: int = 0, every_s: float = 1.0) -> None:
        """Begin with ``with``.

        Args:
            root: the workspace.
            pid: a process that is looked at by itself as well; 0 for none.
            every_s: time between two looks, seconds.
        """
        self._root, self._every_s = root, every_s
        self._one = psutil.Process(pid) if pid else None
        self._lock = threading.Lock()
        self._left = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.all = self.one = Held()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._left.set()
        self._thread.join()

    def peaks(self) -> tuple[Held, Held]:
        """Peaks of all, and of the one, since the last time."""
        with self._lock:
            found = self.all, self.one
            self.all = self.one = Held()
            return found

    def _run(self) -> None:
        while not self._left.wait(self._every_s):
            now = held_by(of_workspace(self._root))
            alone = held_by([self._one]) if self._one is not None else Held()
            with self._lock:
                self.all, self.one = self.all.highest(now), self.one.highest(alone)


def bytes_in(folder: Path) -> int:
    """Bytes of all files below a folder, as their directory says."""
    return sum(_size(path) for path in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
