"""The pace of the process that masters ahead: its share of one core, and its signs of life."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable

MOST_SHARE = 0.6
"""Of one core, on the average since it began."""

BEAT_S = 0.5
_LONGEST_REST_S = 5.0


def cpu_s() -> float:
    """Processor time of this process and of those it has waited for, seconds."""
    spent = os.times()
    return spent.user + spent.system + spent.children_user + spent.children_system


class Pace:
    """A limit on processor time: called often during work, it rests after too much, and stops what became useless.

    Attributes:
        hurries: whether it may use all of its core: the show is over.
    """

    def __init__(
        self,
        beat: Callable[[], None],
        is_useless: Callable[[], bool],
        cancel: threading.Event,
        clock: Callable[[], float] = time.monotonic,
        spent: Callable[[], float] = cpu_s,
    ) -> None:
        """Begin.

        Args:
            beat: called every half second.
            is_useless: asked as often.
            cancel: set once it is.
            clock: seconds.
            spent: processor time, seconds; what was spent before is not counted.
        """
        self._beat, self._is_useless, self._cancel = beat, is_useless, cancel
        self._clock, self._spent = clock, spent
        self._began = self._beaten = clock()
        self._spent_before = spent()
        self.hurries = False

    def excess_s(self) -> float:
        """Time to rest until the share is kept, seconds."""
        spent = self._spent() - self._spent_before
        return max(0.0, spent / MOST_SHARE - (self._clock() - self._began))

    def progress(self, _what: str, _share: float) -> None:
        """Rest until the share is kept; called as work goes on."""
        self.live()
        until = self._clock() + min(self.excess_s(), _LONGEST_REST_S)
        while not self.hurries and not self._cancel.is_set() and self._clock() < until:
            self._cancel.wait(min(BEAT_S, max(0.0, until - self._clock())))
            self.live()

    def live(self) -> None:
        """Publish a sign of life, if one is due."""
        if self._clock() - self._beaten >= BEAT_S:
            self._beaten = self._clock()
            self._beat()
            if self._is_useless():
                self._cancel.set()
