"""The memory of how this computer made the further pages of feeds, in its own state: losing it only costs time."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.metadata import version
from pathlib import Path

from bobine import publish
from bobine.errors import BobineError
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key, public_address
from bobine.publish.memory.feed_memory import FeedMemory
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.files import atomic_write
from bobine.store.local_state import state_folder
from bobine.store.opening import read_bounded

_MOST_BYTES = 4 << 20
_NOTHING: Mapping[str, str] = {}


@contextmanager
def remembered(
    store: Store, slug: str, online: Mapping[str, bytes], standing: Mapping[str, str] = _NOTHING
) -> Iterator[FeedMemory]:
    """Give the memory of a feed's pages, and keep what was learnt.

    Args:
        store: the destination.
        slug: the show's.
        online: what is online of the feed, by key.
        standing: digests of the further pages that are online and were not read, by key.
    """
    place = f"{store.location(feed_key(slug))} {public_address(store.public_url, feed_key(slug))}"
    path = state_folder() / "feeds" / f"{hashlib.sha256(place.encode('utf-8', 'surrogatepass')).hexdigest()}.json"
    before = _read(path)
    memory = FeedMemory(online, dict(before), standing)
    yield memory
    if memory.made != before:
        table = {"made_by": _making_digest(), "pages": {key: [*pair] for key, pair in memory.made.items()}}
        with contextlib.suppress(OSError, BobineError):
            atomic_write(path, json_text(table, compact=True).encode())


def _read(path: Path) -> dict[str, tuple[str, str]]:
    """The pages known, if this version of the program made them."""
    try:
        table = read_json(read_bounded(path, _MOST_BYTES))
    except (OSError, BobineError, JsonFault):
        return {}
    if not isinstance(table, dict) or table.get("made_by") != _making_digest():
        return {}
    pages = table.get("pages")
    found = pages.items() if isinstance(pages, dict) else ()
    return {key: (pair[0], pair[1]) for key, pair in found if isinstance(pair, list) and len(pair) == 2}


@cache
def _making_digest() -> str:
    """A digest of the code that writes feeds: another version makes the pages again."""
    whole = hashlib.sha256(" ".join(version(name) for name in ("feedgen", "lxml")).encode())
    room = Path(publish.__file__).parent
    for path in sorted([*room.glob("*.py"), *(room / "feed").glob("*.py")]):
        whole.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()
