"""A feed and its further pages at its destination: read, or known by the index to stand as they were."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bobine.publish.destinations.s3.tags import bare_tag
from bobine.publish.destinations.store import Fetched, Listed, Store
from bobine.publish.feed.online_items import outline
from bobine.publish.feed_stamp import is_of_others
from bobine.publish.layout import feed_key, feed_page
from bobine.publish.memory.pages_index import PagesIndex, SeenPage
from bobine.publish.memory.prints import bare_digest


class FurtherPages:
    """One show's feed as it is online.

    Each look comes before a listing: what another publisher writes after it makes the swap of what was read fail. A
    page that the index tells of is not read; the listing that follows must name it at the version that it was read at.

    Attributes:
        online: what was read of the feed and its pages, by key.
        guids: the identities of the items of each page that was read, by key.
        standing: the further pages that were not read, by key.
    """

    def __init__(self, store: Store, slug: str) -> None:
        self.online: dict[str, Fetched] = {}
        self.guids: dict[str, frozenset[str]] = {}
        self.standing: dict[str, SeenPage] = {}
        self._store = store
        self._slug = slug
        self._index = PagesIndex(store, slug)
        self._doubted: set[str] = set()

    def look(self) -> None:
        """Read the feed, and the further pages that it leads to and that the index does not tell of.

        Raises:
            PublishError: if the destination fails.
        """
        self.online, self.guids, self.standing = {}, {}, {}
        main = feed_key(self._slug)
        waiting = [main]
        while waiting:
            key = waiting.pop()
            page = self._store.fetch(key)
            if page is None:
                continue
            self.online[key] = page
            # by the name alone: the destination may have had another address
            addresses, self.guids[key] = outline(page.content)
            named = [f"{self._slug}/{address.rpartition('/')[2]}" for address in addresses]
            if key == main:
                named += self._known_below(max((feed_page(self._slug, other) or 0 for other in named), default=1))
            there = (*self.online, *self.standing, *waiting)
            pages = (other for other in dict.fromkeys(named) if feed_page(self._slug, other) is not None)
            waiting += [other for other in pages if other not in there]

    def _known_below(self, last: int) -> list[str]:
        """Keep the pages that the index tells of, up to one; gives those that lie among them and must be read.

        They are not found by the links of others: those that lead to them are not read.
        """
        if last < 2:
            return []
        seen = {key: page for key, page in self._index.seen().items() if (feed_page(self._slug, key) or 0) <= last}
        self.standing = {key: page for key, page in seen.items() if key not in self._doubted}
        highest = max((feed_page(self._slug, key) or 1 for key in seen), default=1)
        among = (feed_key(self._slug, number) for number in range(2, highest + 1))
        return [key for key in among if key not in self.standing]

    def confirm(self, listing: Mapping[str, Listed]) -> bool:
        """Whether a listing names what was not read at its version; else it is read by the next look."""
        stale = [
            key
            for key, page in self.standing.items()
            if key not in listing or bare_tag(listing[key].version) != page.version
        ]
        self.doubt(stale)
        return not stale

    def is_as_seen(self, key: str, now: Fetched | None) -> bool:
        """Whether a page that was not read still is of the version that is known; else the next look reads it."""
        is_same = now is not None and bare_tag(now.version) == self.standing[key].version
        if not is_same:
            self.doubt((key,))
        return is_same

    def doubt(self, keys: Collection[str]) -> None:
        """Have pages read by the next look, whatever the index says."""
        self._doubted.update(keys)

    def keep_index(self, listing: Mapping[str, Listed], files: Mapping[str, bytes]) -> None:
        """Spare the next publisher the reading of the pages that stand as they should.

        Pages are noted where listing and reading gave one version, and nobody else changed them.

        Args:
            listing: what the destination listed after the last look.
            files: what was to be online, by key; of what was not read, only what was made anew.

        Raises:
            PublishError: if the destination fails.
        """
        pages = {
            key: page
            for key, page in self.standing.items()
            if key not in files or bare_digest(files[key]) == page.digest
        }
        for key, page in self.online.items():
            version = bare_tag(page.version)
            is_further = (feed_page(self._slug, key) or 1) > 1
            as_it_should = files.get(key) == page.content and not is_of_others(page.content)
            if is_further and as_it_should and version and key in listing and bare_tag(listing[key].version) == version:
                pages[key] = SeenPage(version, bare_digest(page.content), self.guids[key])
        self._index.keep(pages)
