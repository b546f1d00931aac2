"""A show's feed at its destination: always what the records there say, by any publisher.

No listing and no single answer is taken as truth: an episode that the feed names, a record or this machine knows of
stays, unless a record says that it was withdrawn.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.episode import EpisodeType
from bobine.model.published.release import Release, StoredFile
from bobine.publish import media_types
from bobine.publish.destinations import asking
from bobine.publish.destinations.asking import named_but_absent, patiently, write_and_read_back
from bobine.publish.destinations.store import Fetched, Listed, Store
from bobine.publish.feed.online_items import KeptItem, items_online, live_items
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.feed.records_online import RecordsOnline
from bobine.publish.feed.standing import Standing
from bobine.publish.feed_stamp import is_of_others, stamped
from bobine.publish.layout import FEED_CACHE, RECORD_CACHE, feed_key, feed_page, foreign_key, is_serial_feed
from bobine.publish.memory.further_pages import FurtherPages
from bobine.publish.memory.prints import bare_digest

SendPages = Callable[[Sequence[Release], Mapping[str, Listed]], None]
"""Sends what must be online before a feed of these releases; told what the destination lists of the show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContent:
    """All that a show's feed is written from, besides the show.

    Attributes:
        releases: what the records say, in order of day.
        kept: items that no record tells of, as they are in the feed.
        left_out: guids of releases whose files are lost.
        live: elements of the live items that are in the feed.
        online: what is online of the feed and its further pages, by key, as far as it was read.
        standing: digests of the further pages that are online and were not read, by key.
    """

    releases: Sequence[Release]
    kept: Sequence[KeptItem] = ()
    left_out: frozenset[str] = frozenset()
    live: Sequence[bytes] = ()
    online: Mapping[str, bytes] = field(default_factory=dict)
    standing: Mapping[str, str] = field(default_factory=dict)


_SERIALS_FIRST = 10**6
"""The feeds of chroniques are written before all pages of the show's own."""

WriteFeed = Callable[[FeedContent], Mapping[str, bytes]]
"""Gives the bytes of the feed and of its further pages, by key, the main feed last.

It may leave out a page of ``FeedContent.standing`` that is to stay as it is."""


class OnlineFeed:
    """One show's feed, kept equal to what the records say.

    Attributes:
        key: key of the feed.
        own_record: key of the record that the caller has just written.
    """

    def __init__(
        self,
        store: Store,
        slug: str,
        write_feed: WriteFeed,
        channel_files: Sequence[StoredFile],
        own_record: str,
        redated: Callable[[Release], Release] = lambda release: release,
        known: Sequence[Release] = (),
        own_guid: str = "",
        send_pages: SendPages | None = None,
    ) -> None:
        self.key = feed_key(slug)
        self.own_record = own_record
        self._store = store
        self._slug = slug
        self._write_feed = write_feed
        self._channel_files = channel_files
        self._own_guid = own_guid
        self._send_pages = send_pages
        self._records = RecordsOnline(store, slug, own_record, redated, known, self._say)
        self._said: dict[str, None] = {}
        self._pages = FurtherPages(store, slug)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings for the publisher, in French, each once."""
        return (*self._records.unreadable, *self._said)

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release whose record was read, withdrawn ones included, in order of date."""
        return self._records.read

    @property
    def let_out(self) -> tuple[Release, ...]:
        """The releases that were held until now, and are in the feed."""
        return tuple(self._records.let_out)

    def bring_up_to_date(self) -> dict[str, bool]:
        """Write the feed and its pages if need be, and tell of each by its key whether it was written.

        An episode whose record cannot be read, or is gone, stays in the feed as it is there.

        Raises:
            PublishError: if the destination fails, names what it does not give, or lacks a file of the episode that is
                being published.
        """
        written, listing, files = self._brought_up_to_date()
        self._records.keep_index()
        try:
            self._pages.keep_index(listing, files)
        except PublishError as error:
            self._say(
                f"l'index des pages du flux n'a pas pu être mis à jour ({error}) : rien n'y manque, la prochaine "
                "publication sera seulement plus longue."
            )
        return written

    def _brought_up_to_date(self) -> tuple[dict[str, bool], Mapping[str, Listed], Mapping[str, bytes]]:
        """Keys that were written or not, the last listing, and the files that were to be online, read or made anew."""
        written: dict[str, bool] = {}
        for attempt in range(ATTEMPTS):
            self._pages.look()  # before the records: one that comes later makes the swap of the main feed fail
            online = dict(self._pages.online)
            listing = self._store.listing(f"{self._slug}/")
            if not self._pages.confirm(listing):
                continue
            if self.key not in online and self.key in listing:
                if patiently(lambda: self._store.fetch(self.key)) is None:
                    raise named_but_absent(self._store, self.key)
                continue
            content = self._content(listing, online, sure=attempt >= len(asking.WAITS_S))
            if content is None:
                time.sleep(asking.WAITS_S[min(attempt, len(asking.WAITS_S) - 1)])
                continue
            if self._send_pages is not None:
                self._send_pages(content.releases, listing)
            files = {key: stamped(page) for key, page in self._write_feed(content).items()}
            online |= self._serials(files, online)
            changed = self._changed(files, online)
            written |= {key: written.get(key, False) for key in (*self._pages.standing, *files)}
            if not changed:
                return written, listing, files
            done = self._replaced(changed, files, online)
            written |= dict.fromkeys(done, True)
            if len(done) == len(changed):
                if self._store.enforces_conditions():
                    return written, listing, files
                continue  # another publisher may have come between: what it recorded must be in the feed as well
            let_others_finish(attempt)
        raise too_many(self._store, self.key)

    def _serials(self, files: Mapping[str, bytes], online: Mapping[str, Fetched]) -> dict[str, Fetched]:
        """The feeds of chroniques that are online, of those to be written."""
        asked = [key for key in files if is_serial_feed(key) and key not in online]
        found = {key: self._store.fetch(key) for key in asked}
        return {key: one for key, one in found.items() if one is not None}

    def _content(
        self, listing: Mapping[str, Listed], online: Mapping[str, Fetched], *, sure: bool
    ) -> FeedContent | None:
        """The content that the feed is to have; None where an episode lacks its record: the listing is asked again."""
        releases = self._records.releases(listing)
        named = {release.guid for release in releases}
        before: dict[str, KeptItem] = {}
        for key in sorted(online, key=lambda key: feed_page(self._slug, key) or 0):  # however they came to be read
            if not self._pages.guids[key] <= named:
                before |= items_online(online[key].content, named)
        unread = [key for key, page in self._pages.standing.items() if not page.guids <= named]
        if unread:
            self._pages.doubt(unread)  # what no record tells of is kept as it stands there
            return None
        if before and not self._records.unreadable and not sure:
            return None
        standing = Standing(self._store, self._slug, listing, self._say)
        for file in self._channel_files:
            if not standing.stands(file):
                raise PublishError(f"Destination « {self._store.name} » : il manque « {file.key} » ; recommencez.")
        whole, gone = standing.whole(releases, self._own_guid)
        kept = [item for item in before.values() if self._is_kept(item, standing)]
        self._say_numbers(whole)
        whole = [release for release in whole if release.held_until is None]
        main = online.get(self.key)
        return FeedContent(
            releases=whole,
            kept=kept,
            left_out=gone,
            live=live_items(main.content) if main is not None else (),
            online={key: page.content for key, page in online.items()},
            standing={key: page.digest for key, page in self._pages.standing.items()},
        )

    def _is_kept(self, item: KeptItem, standing: Standing) -> bool:
        is_heard = standing.is_heard(item)
        if not is_heard:
            self._say(f"« {item.title} » n'est plus dans le flux : son fichier audio n'est plus à la destination.")
        elif not self._records.unreadable:
            self._say(
                f"« {item.title} » n'a plus de fiche à la destination « {self._store.name} » : il reste dans le flux "
                "comme il y est. Publiez de nouveau cet épisode, ou retirez-le (bobine retirer)."
            )
        return is_heard

    def _changed(self, files: Mapping[str, bytes], online: Mapping[str, Fetched]) -> list[str]:
        """Keys of what is not online as it should be, the main feed last, after the pages that it leads to."""
        changed = [
            key
            for key, content in files.items()
            if (
                bare_digest(content) != self._pages.standing[key].digest
                if key in self._pages.standing
                else key not in online or online[key].content != content
            )
        ]
        return sorted(changed, key=lambda key: -(feed_page(self._slug, key) or _SERIALS_FIRST))

    def _replaced(self, changed: Sequence[str], files: Mapping[str, bytes], online: Mapping[str, Fetched]) -> list[str]:
        """The keys that were replaced; it stops at the first that is somebody else's meanwhile."""
        done = []
        for key in changed:
            before = online.get(key) or (self._store.fetch(key) if key != self.key else None)
            if key in self._pages.standing and not self._pages.is_as_seen(key, before):
                break
            if before is not None and before.content == files[key]:
                done.append(key)
                continue
            if before is not None and is_of_others(before.content):
                self._keep(key, before.content)
            if not write_and_read_back(self._store, key, files[key], media_types.FEED, FEED_CACHE, before):
                break
            done.append(key)
        return done

    def _keep(self, key: str, content: bytes) -> None:
        """Keep a feed that somebody else wrote, before it is replaced, and say so."""
        kept = foreign_key(self._slug, content)
        if self._store.fetch(kept) is None:
            self._store.swap(kept, content, media_types.FEED, RECORD_CACHE, None)
        if self._store.fetch(kept) is None:
            raise named_but_absent(self._store, kept)
        self._say(
            f"« {key} » n'était plus en ligne comme Bobine l'avait écrit : quelqu'un l'a modifié, ou une version plus "
            f"ancienne l'a écrit. Il est gardé tel qu'il était (« {self._store.location(kept)} »), et refait d'après "
            "les réglages et les émissions : ce qui doit y changer se change là."
        )

    def _say_numbers(self, releases: Sequence[Release]) -> None:
        """Name the episodes of a season that share a number: apps show one of the two."""
        heard = [one for one in releases if one.withdrawn is None and one.stated_number is not None]
        full = [one for one in heard if one.kind is EpisodeType.FULL]
        count = Counter((one.season, one.number) for one in full)
        for season, number in [place for place, times in count.items() if times > 1]:
            days = [long_date(one.date) for one in full if (one.season, one.number) == (season, number)]
            self._say(
                f"les épisodes du {' et du '.join(days[:3])} ont le même numéro, {number}, dans la saison "
                f"{season} : donnez à chacun le sien."
            )

    def _say(self, sentence: str) -> None:
        self._said[sentence] = None
