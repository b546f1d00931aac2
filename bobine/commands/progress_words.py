"""The progress of a publication in words: bytes on their way, and the time that they still need."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

from bobine.french import decimal
from bobine.publish.outgoing.sending import SENDING

_WINDOW_S = 30.0
_LEAST_S = 3.0


class PublicationProgress:
    """Shows how far a publication is; called as ``OnProgress`` is."""

    def __init__(self, show: Callable[[str, float], None], clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing is shown yet.

        Args:
            show: takes a label and a fraction from 0 to 1.
            clock: gives the time in seconds, from any origin.
        """
        self._show = show
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def __call__(self, label: str, done: int, total: int) -> None:
        """Show what is being done, how much of it is done, and out of how much."""
        words = self._bytes(done, total) if label == SENDING else label
        self._show(words, done / max(total, 1))

    def _bytes(self, done: int, total: int) -> str:
        left_s = self._left_s(done, total)
        words = f"{SENDING} : {decimal(done / 1e6)} sur {decimal(total / 1e6)} Mo"
        if left_s is None or done >= total:
            return words
        return f"{words}, encore {f'{left_s:.0f} s' if left_s < 90 else f'{left_s / 60:.0f} min'}"

    def _left_s(self, done: int, total: int) -> float | None:
        """Seconds that the rest needs at the pace of the last half minute; None while that is not known."""
        now = self._clock()
        self._seen.append((now, done))
        while len(self._seen) > 2 and now - self._seen[1][0] > _WINDOW_S:
            self._seen.popleft()
        since, before = self._seen[0]
        if now - since < _LEAST_S or done <= before:
            return None
        return (total - done) * (now - since) / (done - before)
