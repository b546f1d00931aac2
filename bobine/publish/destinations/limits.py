"""What a destination cannot promise, for people: said where it is checked and whenever something is published."""

from __future__ import annotations

from bobine.publish.destinations.remote.store import RemoteStore
from bobine.publish.destinations.store import Store

UNGUARDED = "ce stockage n'impose pas l'écriture conditionnelle : ne publiez pas depuis deux ordinateurs à la fois"


def limits_of(store: Store) -> tuple[str, ...]:
    """What a destination cannot promise, in French, without capital or full stop; ask after ``check``."""
    if isinstance(store, RemoteStore):
        return store.limits()
    if not store.enforces_conditions():
        return (UNGUARDED,)
    return ()
