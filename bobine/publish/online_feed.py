"""A show's feed at its destination: always what the records found there say, whoever wrote them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterable, Mapping, Sequence

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.release import Release, StoredFile
from bobine.publish import media_types
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.layout import FEED_CACHE, feed_key, record_key, records_prefix
from bobine.publish.records import decode, stored_files

WriteFeed = Callable[[Sequence[Release]], bytes]
"""Gives the feed's bytes for all the releases of a show, in order of date."""

ATTEMPTS = 12
"""How often a feed or record that others keep changing is tried before giving up."""


class OnlineFeed:
    """One show's feed, kept equal to what the records say.

    Attributes:
        key: key of the feed.
        own_record: key of the record that the caller has just written.
    """

    def __init__(
        self, store: Store, slug: str, write_feed: WriteFeed, channel_files: Sequence[StoredFile], own_record: str
    ) -> None:
        self.key = feed_key(slug)
        self.own_record = own_record
        self._store = store
        self._slug = slug
        self._write_feed = write_feed
        self._channel_files = channel_files
        self._read: dict[str, tuple[str, Release]] = {}

    def bring_up_to_date(self) -> bool:
        """Write the feed if need be, and tell whether it was.

        Raises:
            PublishError: if the destination fails, a record cannot be read, or a file that one names is missing.
        """
        written = False
        for attempt in range(ATTEMPTS):
            online = self._store.fetch(self.key)  # before the records: one that comes later makes the swap fail
            listing = self._store.listing(f"{self._slug}/")
            releases = self._releases(listing)
            content = self._write_feed(releases)
            if online is not None and online.content == content:
                return written
            self._refuse_missing(releases, listing)
            version = online.version if online else None
            if self._store.swap(self.key, content, media_types.FEED, FEED_CACHE, version):
                written = True
                if self._store.enforces_conditions():
                    return True
                continue  # another publisher may have come between: what it recorded must be in the feed as well
            let_others_finish(attempt)
        raise too_many(self._store, self.key)

    def _releases(self, listing: Mapping[str, Listed]) -> list[Release]:
        prefix = records_prefix(self._slug)
        listed = {key: entry.version for key, entry in listing.items() if key.startswith(prefix)}
        for key in sorted({*listed, self.own_record}):  # a listing may be late to show what was just written
            version = listed.get(key, "")
            if not version or self._read.get(key, ("",))[0] != version:
                self._read_record(key, version)
        return sorted((release for _, release in self._read.values()), key=lambda release: release.date)

    def _read_record(self, key: str, version: str) -> None:
        found = self._store.fetch(key)
        if found is None:
            self._read.pop(key, None)
            return
        place = self._store.location(key)
        release = decode(found.content, place)
        if key != record_key(self._slug, release.date):
            raise PublishError(f"« {place} » parle d'un autre jour que son nom : renommez-le, ou supprimez-le.")
        self._read[key] = (version, release)

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
