"""Work without the search for cycles among thousands of values that all live on: it takes as long as to make them."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Make values that stay: none of them is looked at by the collector before all are there."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def set_aside() -> Iterator[None]:
    """Make values that come and go: the collector looks at them alone, and not at what is there before.

    Where somebody has set values aside already, it is left to them.
    """
    is_own = gc.get_freeze_count() == 0
    if is_own:
        gc.freeze()
    try:
        yield
    finally:
        if is_own:
            gc.unfreeze()
