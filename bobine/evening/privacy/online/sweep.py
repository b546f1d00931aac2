"""Texts online that name somebody, ours or not: found, and written again without the name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bobine.evening.privacy.changes import Wanted
from bobine.evening.privacy.words.search import NameSearch
from bobine.evening.privacy.words.texts import read_text
from bobine.publish.destinations.asking import write_and_read_back
from bobine.publish.destinations.store import Fetched, Store
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.feed_stamp import stamped_like
from bobine.publish.layout import (
    FEED_CACHE,
    MAX_FEED_BYTES,
    PAGE_CACHE,
    RECORD_CACHE,
    RECORDS,
    feed_page,
    foreign_key,
    is_content_key,
    is_foreign_key,
    is_serial_feed,
)
from bobine.publish.media_types import media_type
from bobine.publish.outgoing.sending import OnProgress

_TEXTS = (".xml", ".html", ".json", ".vtt", ".srt", ".txt", ".svg", ".js", ".css")


def naming_keys(
    store: Store,
    slug: str,
    search: NameSearch,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> tuple[str, ...]:
    """The keys of a show's texts at a destination that name somebody, in order.

    Raises:
        PublishError: if the destination fails.
    """
    listing = store.listing(f"{slug}/")
    keys = sorted(key for key, one in listing.items() if key.endswith(_TEXTS) and one.bytes <= MAX_FEED_BYTES)
    found = []
    for number, key in enumerate(keys):
        on_progress("Recherche en ligne", number, len(keys))
        content = store.fetch(key)
        text = read_text(content.content) if content is not None else None
        if text is not None and search.holds(text.text):
            found.append(key)
    return tuple(found)


def sweep(store: Store, slug: str, wanted: Wanted, keys: Sequence[str]) -> tuple[str, ...]:
    """Write texts at a destination without a name; gives the keys that were written or deleted.

    A feed keeps being ours, or somebody else's, as it was. A feed of somebody else's that is kept among the records is
    kept under the name of its new content. A file that is known by the hash of its content, and that no text names any
    more, is deleted.

    Args:
        store: the destination, whose feed is up to date.
        slug: the show's.
        wanted: who.
        keys: those that name the person.

    Raises:
        PublishError: if the destination fails or refuses.
    """
    done: list[str] = []
    for key in keys:
        if is_foreign_key(key):
            done += _move(store, slug, key, wanted)
        elif is_content_key(key, slug):
            done += _drop(store, slug, key)
        else:
            done += _rewrite(store, slug, key, wanted)
    return tuple(done)


def _rewritten(found: Fetched, wanted: Wanted) -> bytes:
    text = read_text(found.content)
    return text.encoded(wanted.search.replaced(text.text, wanted.pseudonym)) if text is not None else found.content


def _rewrite(store: Store, slug: str, key: str, wanted: Wanted) -> Iterator[str]:
    is_feed = feed_page(slug, key) is not None or is_serial_feed(key)
    cache = FEED_CACHE if is_feed else RECORD_CACHE if key.split("/")[1] == RECORDS else PAGE_CACHE
    for attempt in range(ATTEMPTS):
        found = store.fetch(key)
        if found is None:
            return
        content = _rewritten(found, wanted)
        content = stamped_like(content, found.content) if is_feed else content
        if content == found.content:
            return
        if write_and_read_back(store, key, content, media_type(key), cache, found):
            yield key
            return
        let_others_finish(attempt)
    raise too_many(store, key)


def _move(store: Store, slug: str, key: str, wanted: Wanted) -> Iterator[str]:
    found = store.fetch(key)
    if found is None:
        return
    content = _rewritten(found, wanted)
    new = foreign_key(slug, content)
    if store.fetch(new) is None:
        store.swap(new, content, media_type(new), RECORD_CACHE, None)
        yield new
    if new != key and store.fetch(new) is not None:
        store.delete(key)
        yield key


def _drop(store: Store, slug: str, key: str) -> Iterator[str]:
    name = key.encode()
    if not any(name in content for content in _naming_files(store, slug)):
        store.delete(key)
        yield key


def _naming_files(store: Store, slug: str) -> Iterable[bytes]:
    """The texts that may name a file of a show: its records, feeds and pages."""
    for key in store.listing(f"{slug}/"):
        if key.endswith((".xml", ".json", ".html")) and not is_content_key(key, slug):
            found = store.fetch(key)
            if found is not None:
                yield found.content
