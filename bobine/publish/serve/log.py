"""The log of the local server: a few French lines a minute at most, however many faults there are."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable

from bobine.french import others

LINES = 5
"""Lines written in a minute, at most."""

_MINUTE_S = 60.0


class FewLines(logging.Handler):
    """Says the first faults of each minute, in one line each, and how many more there were before the next."""

    def __init__(self, say: Callable[[str], object], clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(logging.WARNING)
        self._say = say
        self._clock = clock
        self._since = float("-inf")
        self._said = self._kept_back = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Say a fault, or count it."""
        now = self._clock()
        if now - self._since >= _MINUTE_S:
            if self._kept_back:
                self._say(f"Serveur : {others(self._kept_back, 'incident')}, sans détail.\n")
            self._since, self._said, self._kept_back = now, 0, 0
        if self._said >= LINES:
            self._kept_back += 1
            return
        self._said += 1
        self._say(f"Serveur : {_words(record)}\n")


def quiet() -> None:
    """Hand the faults of the server and of its event loop to a ``FewLines``, which shows no traceback."""
    handler = FewLines(sys.stderr.write)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logger = logging.getLogger(name)
        logger.handlers = [handler] if name in ("uvicorn", "asyncio") else []
        logger.propagate = name.startswith("uvicorn.")
        logger.setLevel(logging.WARNING)


def _words(record: logging.LogRecord) -> str:
    error = record.exc_info[1] if record.exc_info else None
    if isinstance(error, OSError):
        return f"une connexion n'a pas pu être prise ou servie ({error.strerror or type(error).__name__})."
    if error is not None:
        return f"une requête n'a pas pu être servie ({type(error).__name__})."
    return "une requête mal formée a été refusée."
