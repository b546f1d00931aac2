"""Orders given to workers, and again where a worker was lost: each episode ends in one outcome."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import replace
from typing import Protocol

from bobine.children import LostError
from bobine.evening.archive.orders import AGAIN, Fate, Order, Outcome
from bobine.store.codec.json_text import JsonFault

_ROUNDS = 3
_LOOK_EVERY_S = 1.0


class Workers(Protocol):
    """Those who do the work.

    Attributes:
        count: how many episodes they master at a time.
    """

    count: int

    def submit(self, order_text: str) -> Future[str]:
        """Have an order done; the outcome's text, or an error if nobody did it to the end."""

    def check(self) -> None:
        """See whether any outcome may still be waited for.

        Raises:
            ClusterError: if not.
        """

    def again(self) -> None:
        """Be ready for another round: only workers that are fit get its orders.

        Raises:
            ClusterError: if there are none.
        """


def remaster_all(orders: Sequence[Order], workers: Workers, tell: Callable[[Outcome], None]) -> tuple[Outcome, ...]:
    """Have every episode mastered; what may go better another time is tried again when the others are done.

    Args:
        orders: in the order in which they are begun.
        workers: who does it.
        tell: told each outcome when it is final, in this thread.

    Returns:
        The final outcomes, in the order of ``orders``; none of them has a fate of ``AGAIN``.

    Raises:
        ClusterError: if all workers are gone.
    """
    found: dict[str, Outcome] = {}
    left = list(orders)
    for turn in range(1, _ROUNDS + 1):
        later = []
        for order, outcome in _as_done(left, workers):
            if outcome.fate in AGAIN and turn < _ROUNDS:
                later.append(order)
                continue
            final = replace(outcome, fate=Fate.ERROR) if outcome.fate in AGAIN else outcome
            found[order.episode] = final
            tell(final)
        left = later
        if not left:
            break
        workers.again()
    return tuple(found[order.episode] for order in orders)


def _as_done(orders: Sequence[Order], workers: Workers) -> Iterator[tuple[Order, Outcome]]:
    """Give orders to the workers, and each with its outcome as it comes."""
    done: queue.SimpleQueue[tuple[Order, Future[str]]] = queue.SimpleQueue()
    for order in orders:
        future = workers.submit(order.text())
        future.add_done_callback(lambda ended, order=order: done.put((order, ended)))  # type: ignore[misc]
    left = len(orders)
    while left:
        try:
            order, future = done.get(timeout=_LOOK_EVERY_S)
        except queue.Empty:
            workers.check()
            continue
        left -= 1
        yield order, _outcome(order, future)


def _outcome(order: Order, future: Future[str]) -> Outcome:
    try:
        return Outcome.read(future.result())
    except (LostError, CancelledError):
        reason = ""
    except (JsonFault, KeyError, ValueError):
        reason = " (réponse illisible)"
    except Exception as error:  # noqa: BLE001 - a cluster's own error, of any class: the worker is lost all the same
        reason = f" ({type(error).__name__})"
    sentence = (
        f"Ce qui montait {order.episode} s'est arrêté en plein travail, plusieurs fois{reason} : vérifiez la mémoire "
        "et la place sur le disque, puis relancez la même commande."
    )
    return Outcome(order.episode, Fate.LOST, sentence=sentence)
