"""Several publishers at one feed or record: how often each tries, and how long it lets the others go first."""

from __future__ import annotations

import secrets
import time

from bobine.errors import PublishError
from bobine.publish.destinations.store import Store

ATTEMPTS = 12
"""Attempts at a feed or record that others keep changing, before giving up."""


def let_others_finish(attempt: int) -> None:
    """Wait a moment, longer after each attempt, so that publishers do not come between one another for ever."""
    time.sleep(secrets.randbelow(50 * (attempt + 1)) / 1000)


def too_many(store: Store, key: str) -> PublishError:
    """The error of a key that others keep changing."""
    return PublishError(
        f"Destination « {store.name} » : « {key} » ne cesse de changer ; quelqu'un d'autre publie, recommencez dans un "
        "instant."
    )
