"""The workers of a Dask cluster: each machine sees the workspace at the same path, and has the same versions.

What goes to them is a function of this package, by its name, and one text. The rest (who does what, what a lost worker
leaves) is Dask's own: ``Client.get_executor`` gives an executor as ``concurrent.futures`` has them.
"""

from __future__ import annotations

import logging
import time
import warnings
from concurrent.futures import Future
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from bobine.errors import ClusterError
from bobine.evening.archive.makers import makers
from bobine.evening.archive.worker import inspect, remaster
from bobine.french import others, printable
from bobine.store.codec.json_text import JsonFault, json_text, read_json

if TYPE_CHECKING:
    from distributed import Client

_CONNECT_S = 10.0
_PATIENCE_S = 60.0
"""Seconds without any worker after which none is waited for any more."""

_CLOSE_S = 5.0
_MANY = 5
"""Workers that a message names at most."""


class ClusterWorkers:
    """All the workers of a cluster, looked at before any work is given to them.

    Attributes:
        count: how many episodes they master at a time.
    """

    def __init__(self, address: str, root: str, beacon: str, patience_s: float = _PATIENCE_S) -> None:
        """Reach the cluster.

        Args:
            address: of its scheduler: ``tcp://…``, or ``tls://…`` with the certificates of Dask's configuration.
            root: the workspace, whose lock this run holds.
            beacon: the name of the run's beacon.
            patience_s: how long to wait for a worker when there is none left, seconds.

        Raises:
            ClusterError: if it cannot be reached, has no workers, or some that are not fit.
        """
        self._address = printable(address)
        self._patience_s = patience_s
        self._gone_since: float | None = None
        self._question = json_text({"root": root, "beacon": beacon, "makers": dict(makers())})
        self._client = _connected(address)
        try:
            fit, faults = self._inspected()
            if faults:
                raise ClusterError(_faults_words(faults))
            if not fit:
                raise ClusterError(
                    f"La grappe {self._address} n'a aucun ouvrier : lancez-en sur ses machines (« dask worker "
                    f"{self._address} »)."
                )
            self.count = sum(fit.values())
        except BaseException:
            self._client.close(timeout=_CLOSE_S)
            raise
        self._executor = self._client.get_executor(pure=False)

    def submit(self, order_text: str) -> Future[str]:
        """Have an order done by any worker; Dask gives it to another one where that one is lost."""
        future: Future[str] = self._executor.submit(remaster, order_text)
        return future

    def check(self) -> None:
        """See whether there are workers, or were a moment ago.

        Raises:
            ClusterError: if there is none and has been none for long, or the scheduler is gone.
        """
        there = self._client.status == "running" and bool(self._threads())
        if there:
            self._gone_since = None
            return
        now = time.monotonic()
        self._gone_since = self._gone_since or now
        if self._client.status != "running" or now - self._gone_since > self._patience_s:
            raise ClusterError(
                f"La grappe {self._address} ne répond plus, ou n'a plus d'ouvriers : ce qui est monté le reste ; "
                "relancez la même commande quand elle est revenue."
            )

    def again(self) -> None:
        """Look at the workers again, and give what is left to those that are fit.

        Raises:
            ClusterError: if there are none.
        """
        fit, faults = self._inspected()
        if not fit:
            self.check()
            raise ClusterError(_faults_words(faults) or f"La grappe {self._address} n'a plus d'ouvriers.")
        self._executor = self._client.get_executor(pure=False, workers=list(fit))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take back what nobody has begun, and leave."""
        self._executor.shutdown(wait=False)
        self._client.close(timeout=_CLOSE_S)

    def _inspected(self) -> tuple[dict[str, int], dict[str, str]]:
        """The workers that are fit, with how much each does at a time, and the faults of the others."""
        threads = self._threads()
        answers: dict[str, Any] = self._client.run(inspect, self._question, on_error="return") if threads else {}
        faults = {worker: _fault(answer) for worker, answer in answers.items()}
        fit = {worker: threads[worker] for worker, fault in faults.items() if not fault and worker in threads}
        return fit, {worker: fault for worker, fault in faults.items() if fault}

    def _threads(self) -> dict[str, int]:
        """The number of episodes that each worker masters at a time, by address; none without a scheduler's answer."""
        try:
            return dict(self._client.nthreads())
        except (OSError, TimeoutError, RuntimeError):
            return {}


def _connected(address: str) -> Client:
    """A client of a cluster.

    Raises:
        ClusterError: if the package is missing, or the cluster cannot be reached.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "--grappe a besoin du paquet Python « distributed », qui n'est pas installé : pip install 'bobine[grappe]'."
        ) from error
    for name in ("distributed", "distributed.client", "tornado", "tornado.application"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what a user must know is told here, in French
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Client(address, timeout=_CONNECT_S, set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(
            f"La grappe {printable(address)} ne répond pas : vérifiez l'adresse, et que son « dask scheduler » tourne."
        ) from error
    except Exception as error:  # certificates that are missing, an address of another form: Dask has many classes
        raise ClusterError(
            f"La grappe {printable(address)} n'est pas joignable ({printable(str(error))[:200]}) : vérifiez l'adresse "
            "et, pour tls://, les certificats de la configuration de Dask."
        ) from error


def _fault(answer: object) -> str:
    """The fault of a worker, by what it answered."""
    if isinstance(answer, ModuleNotFoundError):
        return "bobine n'y est pas installé, ou pas dans cette version ; installez la même qu'ici"
    if isinstance(answer, str):
        try:
            return str(read_json(answer)["fault"])
        except (JsonFault, KeyError, TypeError):
            pass
    return f"il ne répond pas comme il faudrait ({type(answer).__name__})"


def _faults_words(faults: dict[str, str]) -> str:
    lines = [f"Ouvrier {printable(worker)} : {fault}." for worker, fault in sorted(faults.items())]
    more = [f"Et {others(len(lines) - _MANY, 'ouvrier')}."] if len(lines) > _MANY else []
    return "\n".join(lines[:_MANY] + more)
