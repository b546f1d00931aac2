"""A show's feed at its destination: always what the records found there say, whoever wrote them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.published.release import Release, StoredFile
from bobine.publish import media_types
from bobine.publish.destinations.asking import WAITS_S, named_but_absent, patiently, write_and_read_back
from bobine.publish.destinations.store import Fetched, Listed, Store
from bobine.publish.feed.online_items import titles_by_guid, with_items_kept
from bobine.publish.feed.write import MAX_ITEMS
from bobine.publish.layout import FEED_CACHE, RECORD_CACHE, feed_key, is_record_key, record_key, records_prefix
from bobine.publish.records import NewerRecordError, UnreadableRecordError, decode, encode, stored_files

WriteFeed = Callable[[Sequence[Release]], bytes]
"""Gives the feed's bytes for all the releases of a show, in order of date."""

ATTEMPTS = 12
"""Attempts at a feed or record that others keep changing, before giving up."""


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
    ) -> None:
        self.key = feed_key(slug)
        self.own_record = own_record
        self._store = store
        self._slug = slug
        self._write_feed = write_feed
        self._channel_files = channel_files
        self._redated = redated
        self._read: dict[str, tuple[str, Release]] = {}
        self._unreadable: dict[str, tuple[str, str]] = {}
        self._said: dict[str, None] = {}

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings for the publisher, in French, each once."""
        return (*(sentence for _, sentence in self._unreadable.values()), *self._said)

    @property
    def releases(self) -> tuple[Release, ...]:
        """Every release whose record was read, withdrawn ones included, in order of date."""
        return tuple(sorted((release for _, release in self._read.values()), key=lambda release: release.date))

    def bring_up_to_date(self) -> bool:
        """Write the feed if need be, and tell whether it was.

        An episode whose record cannot be read stays in the feed as it is there.

        Raises:
            PublishError: if the destination fails, names what it does not give, or lacks a file of an episode.
        """
        written = False
        for attempt in range(ATTEMPTS):
            online = self._store.fetch(self.key)  # before the records: one that comes later makes the swap fail
            listing = self._store.listing(f"{self._slug}/")
            if online is None and self.key in listing:
                online = patiently(lambda: self._store.fetch(self.key))
                if online is None:
                    raise named_but_absent(self._store, self.key)
                continue
            releases = [release for release in self._releases(listing) if release.withdrawn is None]
            content = self._content(releases, online.content if online else b"", sure=attempt >= len(WAITS_S))
            if online is not None and online.content == content:
                return written
            if content is None:
                time.sleep(WAITS_S[attempt])
                continue
            self._refuse_missing(releases, listing)
            if write_and_read_back(self._store, self.key, content, media_types.FEED, FEED_CACHE, online):
                written = True
                if self._store.enforces_conditions():
                    return True
                continue  # another publisher may have come between: what it recorded must be in the feed as well
            let_others_finish(attempt)
        raise too_many(self._store, self.key)

    def _content(self, releases: Sequence[Release], online: bytes, *, sure: bool) -> bytes | None:
        """The feed's bytes; None where an episode would leave it and the listing is to be asked again first."""
        content = self._write_feed(releases)
        if self._unreadable:
            content = with_items_kept(content, online)
        before, after = titles_by_guid(online), titles_by_guid(content)
        withdrawn = {release.guid for release in self.releases if release.withdrawn is not None}
        gone = [title for guid, title in before.items() if guid not in after and guid not in withdrawn]
        if gone and len(releases) < MAX_ITEMS and not sure:
            return None
        for title in gone if len(releases) < MAX_ITEMS else ():
            self._say(
                f"« {title} » n'est plus dans le flux : sa fiche n'est plus à la destination « {self._store.name} ». "
                "Si personne ne l'a retirée, publiez de nouveau cet épisode."
            )
        return content

    def _releases(self, listing: Mapping[str, Listed]) -> list[Release]:
        prefix = records_prefix(self._slug)
        listed = {key: entry.version for key, entry in listing.items() if key.startswith(prefix)}
        for key in [key for key in listed if not is_record_key(key)]:
            self._say(
                f"« {self._store.location(key)} » n'est pas une fiche d'épisode : laissé tel quel, et pas dans le flux."
            )
            del listed[key]
        for key in [key for key in (*self._read, *self._unreadable) if key not in listed and key != self.own_record]:
            self._read.pop(key, None)
            self._unreadable.pop(key, None)
        for key in sorted({*listed, self.own_record}):  # a listing may be late to show what was just written
            version = listed.get(key, "")
            known = self._read.get(key) or self._unreadable.get(key)
            if not version or known is None or known[0] != version:
                self._read_record(key, version)
        return list(self.releases)

    def _read_record(self, key: str, version: str) -> None:
        self._read.pop(key, None)
        self._unreadable.pop(key, None)
        try:
            release, found = self._decoded(key)
        except NewerRecordError:
            raise
        except UnreadableRecordError as error:
            if key == self.own_record:
                raise
            self._unreadable[key] = (version, f"{error} D'ici là, l'épisode reste dans le flux comme il y est.")
            return
        right = self._redated(release)
        if right != release:
            content = encode(right)
            if not write_and_read_back(self._store, key, content, media_types.JSON, RECORD_CACHE, found):
                raise too_many(self._store, key)
            release, version = right, ""
            self._say(f"L'épisode du {long_date(release.date)} portait une date à venir : elle est corrigée.")
        self._read[key] = (version, release)

    def _decoded(self, key: str) -> tuple[Release, Fetched]:
        """A record that the destination names; asked again where it is absent, or is not one."""
        place = self._store.location(key)
        wrong: UnreadableRecordError | None = None
        for wait_s in (0.0, *WAITS_S):
            time.sleep(wait_s)
            found = self._store.fetch(key)
            if found is None:
                wrong = None
                continue
            try:
                release = decode(found.content, place)
                if key != record_key(self._slug, release.date):
                    raise UnreadableRecordError(
                        f"« {place} » parle d'un autre jour que son nom : renommez-le, ou supprimez-le."
                    )
            except UnreadableRecordError as error:
                if wrong is not None:
                    break  # twice the same: it is so
                wrong = error
            else:
                return release, found
        if wrong is not None:
            raise wrong
        raise named_but_absent(self._store, key)

    def _say(self, sentence: str) -> None:
        self._said[sentence] = None

    def _refuse_missing(self, releases: Iterable[Release], listing: Mapping[str, Listed]) -> None:
        for release in releases:
            lost = [file.key for file in stored_files(release) if not self._stands(file, listing)]
            if lost:
                raise PublishError(
                    f"Destination « {self._store.name} » : il manque « {lost[0]} », que l'épisode du "
                    f"{long_date(release.date)} annonce ; publiez de nouveau cet épisode d'abord "
                    f"(bobine publier {self._slug}/{release.date.isoformat()})."
                )
        for file in self._channel_files:
            if not self._stands(file, listing):
                raise PublishError(f"Destination « {self._store.name} » : il manque « {file.key} » ; recommencez.")

    def _stands(self, file: StoredFile, listing: Mapping[str, Listed]) -> bool:
        entry = listing.get(file.key)
        if entry is not None and entry.bytes == file.bytes:
            return True
        found = self._store.head(file.key)  # a listing may be late
        return found is not None and found.bytes == file.bytes


def let_others_finish(attempt: int) -> None:
    """Wait a moment, longer after each attempt, so that publishers do not come between one another for ever."""
    time.sleep(secrets.randbelow(50 * (attempt + 1)) / 1000)


def too_many(store: Store, key: str) -> PublishError:
    """The error of a key that others keep changing."""
    return PublishError(
        f"Destination « {store.name} » : « {key} » ne cesse de changer ; quelqu'un d'autre publie, recommencez dans un "
        "instant."
    )
