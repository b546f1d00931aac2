"""The processes of this computer as workers, an episode each at a time; a lost one's work is done again."""

from __future__ import annotations

import contextlib
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from bobine.children import Answering, LostError, module_command

_MODULE = "bobine.evening.archive.worker"
_TRIES = 3
_GRACE_S = 10.0
"""Seconds that a worker has to stop by itself; it looks for the run's beacon twice a second."""


class LocalWorkers:
    """So many processes, started when they are needed; they end with this program, however it ends."""

    def __init__(self, count: int, cores: int = 0) -> None:
        """No process is started yet.

        Args:
            count: how many, at least 1.
            cores: how many of this computer's cores all of them share, where the system lets us choose; 0 for all.
        """
        self.count = count
        self._command = [*module_command(_MODULE), str(cores)]
        self._pool = ThreadPoolExecutor(count, thread_name_prefix="worker")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._running: set[Answering] = set()
        self._over = False

    @property
    def pids(self) -> tuple[int, ...]:
        """The numbers of the processes that run."""
        with self._lock:
            return tuple(one.pid for one in self._running)

    def submit(self, order_text: str) -> Future[str]:
        """Have an order done.

        Returns:
            Its outcome, as the worker gave it; ``LostError`` if one process after another ended over it.
        """
        return self._pool.submit(self._done, order_text)

    def check(self) -> None:
        """Nothing can be wrong that the outcomes do not tell."""

    def again(self) -> None:
        """Be ready for another round: processes that ended are started when they are needed."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Give no more orders, and let the processes end."""
        with self._lock:
            self._over = True
            running = tuple(self._running)
        self._pool.shutdown(wait=False, cancel_futures=True)
        for one in running:
            one.end(_GRACE_S)

    def _done(self, order_text: str) -> str:
        for _ in range(_TRIES):
            worker = self._mine()
            try:
                return worker.ask(order_text)
            except LostError:
                self._forget(worker)
        raise LostError

    def _mine(self) -> Answering:
        """The process of this thread."""
        worker: Answering | None = getattr(self._own, "worker", None)
        if worker is None:
            with self._lock:
                if self._over:
                    raise LostError
                try:
                    worker = Answering(self._command)
                except OSError as error:
                    raise LostError from error
                self._running.add(worker)
            self._own.worker = worker
        return worker

    def _forget(self, worker: Answering) -> None:
        self._own.worker = None
        with self._lock:
            self._running.discard(worker)
        with contextlib.suppress(OSError):
            worker.end(0)
