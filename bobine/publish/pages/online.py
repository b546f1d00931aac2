"""A show's pages at its destination: what changed is made and sent, the rest is left as it is."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Container, Mapping, Sequence
from datetime import date

from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.destinations.asking import fetch_confirmed, write_and_read_back
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.layout import IMMUTABLE, MAX_FEED_BYTES, PAGE_CACHE, RECORD_CACHE
from bobine.publish.media_types import JSON, media_type
from bobine.publish.memory.uncollected import set_aside, uncollected
from bobine.publish.pages import keys
from bobine.publish.pages.frame import Site
from bobine.publish.pages.site import Group, groups_of
from bobine.publish.pages.templating import rendered
from bobine.store.codec.json_text import JsonFault, json_text, read_json

_FORMAT = 1


class OnlinePages:
    """One show's pages, kept equal to what the releases say.

    A note at the destination holds the print of each page, so that neither pages nor what they are made from need be
    read again. Whoever changes the feed after a listing brings the pages up to date from that same listing: of two
    publishers, the one whose feed comes second does both again, with what the other one recorded.

    Attributes:
        written: the keys that were written, in order.
        unchanged: the keys of pages that were looked at and stood as they should.
    """

    def __init__(
        self, store: Store, show: Show, own: date | None = None, on_page: Callable[[int, int], None] | None = None
    ) -> None:
        """Nothing is asked yet.

        Args:
            store: the destination.
            show: the show.
            own: the episode that is published now; the pages that tell of it are looked at whatever the note says.
            on_page: told how many pages are done, and out of how many.
        """
        self.written: dict[str, None] = {}
        self.unchanged: dict[str, None] = {}
        self._store = store
        self._show = show
        self._own = own
        self._on_page = on_page or (lambda _done, _total: None)

    def bring_up_to_date(self, releases: Sequence[Release], listing: Mapping[str, Listed]) -> None:
        """Send the pages that are not as the releases want them.

        Args:
            releases: all releases of the show.
            listing: what the destination lists of the show.

        Raises:
            PublishError: if the destination fails or refuses; what was sent stays, and the next run finishes.
        """
        with uncollected():
            groups = groups_of(self._show, releases, self._store.public_url, TextsThere(self._store))
        self._bring_up_to_date(groups, listing)

    @set_aside()
    def _bring_up_to_date(self, groups: Sequence[Group], listing: Mapping[str, Listed]) -> None:
        for attempt in range(ATTEMPTS):
            found = fetch_confirmed(self._store, keys.state_key(self._show.slug))
            known = _prints(found.content) if found else {}
            self._send([group for group in groups if self._is_stale(group, known, listing)], listing)
            prints = {group.keys[0]: group.print for group in groups}
            left = [key for key in {**known, **dict.fromkeys(filter(keys.episode_of, listing))} if key not in prints]
            self._send([self._gone(key) for key in left if _may_go(key, prints)], listing)
            content = _note(prints)
            if found is not None and found.content == content:
                return
            key = keys.state_key(self._show.slug)
            if write_and_read_back(self._store, key, content, JSON, RECORD_CACHE, found):
                return
            let_others_finish(attempt)
        raise too_many(self._store, keys.state_key(self._show.slug))

    def _is_stale(self, group: Group, known: Mapping[str, str], listing: Mapping[str, Listed]) -> bool:
        as_noted = known.get(group.keys[0]) == group.print and all(key in listing for key in group.keys)
        return not as_noted or self._own in group.days

    def _send(self, groups: Sequence[Group], listing: Mapping[str, Listed]) -> None:
        for number, group in enumerate(groups):
            self._on_page(number, len(groups))
            for key, content in group.make().items():
                if self._put(key, content, listing):
                    self.unchanged.pop(key, None)
                    self.written[key] = None
                elif key not in self.written:
                    self.unchanged[key] = None
        if groups:
            self._on_page(len(groups), len(groups))

    def _put(self, key: str, content: bytes, listing: Mapping[str, Listed]) -> bool:
        """Write a page unless it is so already, and tell whether it was written."""
        cache = IMMUTABLE if keys.is_immutable(key) else PAGE_CACHE
        look = key in listing
        for attempt in range(ATTEMPTS):
            found = self._store.fetch(key) if look else None
            if found is not None and found.content == content:
                return False
            if write_and_read_back(self._store, key, content, media_type(key), cache, found):
                return True
            look = True  # the listing did not know it, or somebody changed it
            let_others_finish(attempt)
        raise too_many(self._store, key)

    def _gone(self, key: str) -> Group:
        """A page that nothing leads to any more: it must not go on naming anybody."""
        site = Site(show=self._show, base_url=self._store.public_url)
        if key.endswith(".json"):
            content = b'{"episodes":[]}'
        else:
            content = rendered("gone.html", **site.frame(key), heading="Cette page n’existe plus")
        return Group(keys=(key,), print="", days=frozenset(), make=lambda: {key: content})


class TextsThere:
    """The transcripts that a destination has, each read once."""

    def __init__(self, store: Store) -> None:
        """Nothing is asked yet."""
        self._store = store
        self._found: dict[str, bytes | None] = {}

    def __call__(self, file: StoredFile) -> bytes | None:
        """A transcript; None where it is not there as it was sent."""
        if file.key not in self._found:
            found = fetch_confirmed(self._store, file.key) if file.bytes <= MAX_FEED_BYTES else None
            is_it = found is not None and hashlib.sha256(found.content).hexdigest() == file.sha256
            self._found[file.key] = found.content if found is not None and is_it else None
        return self._found[file.key]


def _may_go(key: str, prints: Container[str]) -> bool:
    """Whether a page may lose its content: a list's, and a transcript's that its episode has no more.

    An episode's own page stays: its record may only be unreadable for a while.
    """
    is_list = keys.is_page_key(key) and key.split("/")[1] in ("saisons", "chroniques", "personnes")
    return is_list or keys.episode_of(key) in prints


def _prints(content: bytes) -> dict[str, str]:
    """The prints that a note holds; none where it is not one, so that every page is looked at."""
    try:
        document = read_json(content)
    except JsonFault:
        return {}
    if (
        not isinstance(document, dict)
        or document.get("format") != _FORMAT
        or not isinstance(document.get("pages"), dict)
    ):
        return {}
    return {key: print_ for key, print_ in document["pages"].items() if isinstance(print_, str)}


def _note(prints: Mapping[str, str]) -> bytes:
    return (json_text({"format": _FORMAT, "pages": dict(prints)}, compact=True, ordered=True) + "\n").encode()
