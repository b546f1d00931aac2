"""The calls, or requests, that something befalls in turn: each one where that is cheap, each fifth over a network.

The test's name chooses which of five. ``BOBINE_EVERY_REQUEST=1`` takes each one everywhere, 5 each fifth.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

EVERY = int(os.environ.get("BOBINE_EVERY_REQUEST") or 0)
"""The step from one call or request that is tried to the next; 0 where each test has its own."""

_OVER_A_NETWORK = 5


def turns(name: str, *, over_a_network: bool) -> Iterator[int]:
    """Numbers of calls, from 1 on, without end.

    Args:
        name: the test's, with its parameters.
        over_a_network: whether a real server is asked.
    """
    step = EVERY or (_OVER_A_NETWORK if over_a_network else 1)
    return itertools.count(random.Random(name).randint(1, step), step)
