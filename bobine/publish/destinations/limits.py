"""The promises that a destination cannot keep, for people: said at each check and each publication."""

from __future__ import annotations

from bobine.publish.destinations.remote.store import RemoteStore
from bobine.publish.destinations.store import Store

UNGUARDED = "ce stockage n'impose pas l'écriture conditionnelle : ne publiez pas depuis deux ordinateurs à la fois"


def limits_of(store: Store) -> tuple[str, ...]:
    """Promises that a destination cannot keep, in French, without capital or full stop; ask after ``check``."""
    if isinstance(store, RemoteStore):
        return store.limits()
    if not store.enforces_conditions():
        return (UNGUARDED,)
    return ()
