"""Patience with a network that is away when a show ends: what may pass is waited for, and said."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from bobine.errors import AwayError

WAITS_S = (5, 10, 20, 30, 60, 60, 120, 120, 180, 300)
"""Waits before each further attempt, in seconds: a quarter of an hour in all."""

_T = TypeVar("_T")


def until_it_is_back(
    work: Callable[[], _T],
    tell: Callable[[AwayError, float], None],
    sleep: Callable[[float], None] = time.sleep,
) -> _T:
    """Do something, again and again while its destination is away.

    Args:
        work: what is done; done again, it goes on where it was.
        tell: told why it waits, and for how many seconds.
        sleep: waits so many seconds.

    Raises:
        AwayError: if the destination stays away.
        BobineError: as the work does; what does not pass by itself is not tried again.
    """
    for wait_s in WAITS_S:
        try:
            return work()
        except AwayError as away:
            tell(away, wait_s)
            sleep(wait_s)
    return work()
