"""Run one job a segment over the cores, longest first, with progress and a way to stop."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextvars import ContextVar
from typing import TypeVar

from bobine.errors import Interrupted

Key = TypeVar("Key")
Value = TypeVar("Value")

Progress = Callable[[str, float], None]
"""Told what is being done, in French, and how much of the whole is done, from 0 to 1."""

_cores: ContextVar[int | None] = ContextVar("_cores", default=None)


_most: list[int] = []


def limit_cores(count: int) -> None:
    """Use no more than so many cores from now on; what this program starts uses the very same ones, where Linux is."""
    _most[:] = [count]
    with contextlib.suppress(AttributeError, OSError):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-count:])


def cores() -> int:
    """The cores that the work of this thread may use: those of this program, unless ``on_cores`` says otherwise."""
    try:
        found = len(os.sched_getaffinity(0))
    except AttributeError:
        found = os.cpu_count() or 2
    return min([found, *_most, _cores.get() or found])


@contextlib.contextmanager
def on_cores(count: int) -> Iterator[None]:
    """Have the work of this thread use so many cores (at least 1) at most: others are at work beside it."""
    before = _cores.set(count)
    try:
        yield
    finally:
        _cores.reset(before)


class Gauge:
    """The progress of the work: seconds of sound treated, over those to treat; any thread may add to it."""

    def __init__(self, report: Progress) -> None:
        self._report = report
        self._lock = threading.Lock()
        self._label = ""
        self._start = self._share = 0.0
        self._done = self._total = 0.0

    def step(self, label: str, share: float, seconds: float) -> None:
        """Begin a step worth ``share`` of the whole (0 to 1), in which ``seconds`` of sound are treated."""
        with self._lock:
            self._label, self._done, self._total = label, 0.0, max(seconds, 0.001)
            self._start, self._share = self._start + self._share, share
        self.add(0.0)

    def add(self, seconds: float) -> None:
        """Count some more sound as treated."""
        with self._lock:
            self._done = min(self._done + seconds, self._total)
            done = self._start + self._share * self._done / self._total
            self._report(self._label, min(done, 1.0))


def shares(lengths: Mapping[Key, float], most: int, each: int = 1, least: float = 0) -> list[list[Key]]:
    """The jobs in shares of about the same length: so many for each core to use, or as many as there must be.

    Args:
        lengths: each job's length (any unit).
        most: jobs in a share.
        each: shares for a core.
        least: the mean length, in that unit, below which there are fewer shares: to begin one has its cost.
    """
    worth = max(1, int(sum(lengths.values()) // least)) if least else len(lengths)
    count = max(min(each * cores(), len(lengths), worth), -(-len(lengths) // most))
    found: list[list[Key]] = [[] for _ in range(count)]
    sizes = [0.0] * count
    for key in sorted(lengths, key=lambda one: -lengths[one]):
        n = min((k for k in range(count) if len(found[k]) < most), key=sizes.__getitem__)
        found[n].append(key)
        sizes[n] += lengths[key]
    return found


def spread_over_cores(
    jobs: Iterable[tuple[Key, float]], work: Callable[[Key], Value], cancel: threading.Event
) -> dict[Key, Value]:
    """Do every job, the longest first, as many at a time as there are cores to use.

    Args:
        jobs: each job's key and its length (any unit).
        work: what is done for a key; runs in threads, and stops soon once ``cancel`` is set.
        cancel: set when one job fails or the user interrupts, so that the others stop too.

    Raises:
        Exception: the first failure.
    """
    ordered = sorted(jobs, key=lambda job: -job[1])
    with ThreadPoolExecutor(max_workers=cores()) as pool:
        futures = {pool.submit(work, key): key for key, _ in ordered}
        try:
            pending = set(futures)
            while pending:
                done, pending = wait(pending, timeout=0.2)
                for future in done:
                    future.result()
        except BaseException:
            cancel.set()
            for future in futures:
                future.cancel()
            wait(futures)
            _raise_first_failure([future.exception() for future in futures if not future.cancelled()])
            raise
    return {key: future.result() for future, key in futures.items()}


def _raise_first_failure(failures: list[BaseException | None]) -> None:
    """One failure interrupts the other jobs: report the failure, not the interruptions that it caused."""
    for failure in failures:
        if failure is not None and not isinstance(failure, Interrupted):
            raise failure
