"""Asking a destination without believing it at once: what is named and absent is asked again, what is written is read.

Hosts may be late in showing what they took; an answer that stays wrong is an error, never a fact.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.s3.tags import is_tag_of
from bobine.publish.destinations.store import Fetched, Store, StoredObject

WAITS_S = (0.1, 0.3, 0.9)
"""Waits before each further attempt at a question, in seconds."""

_PIECE = 8 << 20

_T = TypeVar("_T")


def patiently(ask: Callable[[], _T | None]) -> _T | None:
    """Ask until there is an answer, a few times within two seconds."""
    found = ask()
    for wait_s in WAITS_S:
        if found is not None:
            break
        time.sleep(wait_s)
        found = ask()
    return found


def fetch_confirmed(store: Store, key: str) -> Fetched | None:
    """A small object, whole; None only if its folder's listing does not name it either.

    Raises:
        PublishError: if the destination names it and does not give it.
    """
    found = store.fetch(key)
    if found is None and key in store.listing(key.rpartition("/")[0] + "/"):
        found = patiently(lambda: store.fetch(key))
        if found is None:
            raise named_but_absent(store, key)
    return found


def write_and_read_back(
    store: Store, key: str, content: bytes, media_type: str, cache_control: str, before: Fetched | None
) -> bool:
    """Replace a small object if it still is what was seen, and read it back.

    Args:
        store: the destination.
        key: the object.
        content: its new content.
        media_type: what it is served as.
        cache_control: the header it is served with.
        before: what was seen there; None if nothing was.

    Returns:
        False if it is somebody else's meanwhile, before or after: look again.

    Raises:
        PublishError: if the destination took it and still has what was there before.
    """
    if not store.swap(key, content, media_type, cache_control, before.version if before else None):
        return False
    for wait_s in (0.0, *WAITS_S):
        if wait_s:
            time.sleep(wait_s)
        after = store.fetch(key)
        if after is not None and after.content == content:
            return True
        if after is not None and (before is None or after.content != before.content):
            return False
    raise PublishError(
        f"Destination « {store.name} » : « {key} », envoyé et accepté, n'y est pas ; rien n'est donc en ligne de ce "
        "changement : vérifiez la destination, puis recommencez."
    )


def named_but_absent(store: Store, key: str) -> PublishError:
    """The error about an object that a listing names and that cannot be fetched."""
    return PublishError(
        f"Destination « {store.name} » : « {key} » est dans sa liste et ne peut pas être lu ; le flux n'est pas "
        "changé : recommencez dans un instant."
    )


def holds(store: Store, found: StoredObject, file: StoredFile, source: Path) -> bool:
    """Whether an object is a file, of which the destination may have kept no digest: then its ETag or content tells.

    Args:
        store: the destination.
        found: what it says of the object.
        file: what it should be.
        source: the local file.

    Raises:
        PublishError: if the destination fails.
    """
    if found.sha256 or (found.key, found.media_type, found.bytes) != (file.key, file.media_type, file.bytes):
        return found.is_identical_to(file)
    if is_tag_of(found.version, source):
        return True
    with source.open("rb") as stream:  # reading back is far quicker than a weak line sends
        return all(store.read(file.key, start, _PIECE) == stream.read(_PIECE) for start in range(0, file.bytes, _PIECE))
