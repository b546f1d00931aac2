"""The beat of a live view: it falls where the system clock's seconds do, so that the hour changes when they do."""

from __future__ import annotations

import time
from collections.abc import Callable

from textual.message_pump import MessagePump

TICK_S = 0.1
"""How often the hour is looked at, in seconds; every figure is recomputed from it, none is counted."""

_SURELY_S = 0.002
"""A timer may fire a moment early, and would still see the second before."""


def beat(view: MessagePump, tick: Callable[[], None], goes_on: Callable[[], bool] = lambda: True) -> None:
    """Call ``tick`` at each tenth of the system clock's seconds, as long as the view lives and ``goes_on`` says so."""

    def again() -> None:
        if not goes_on():
            return
        tick()
        wait()

    def wait() -> None:
        view.set_timer(TICK_S - time.time() % TICK_S + _SURELY_S, again)

    wait()
