"""Deletion of what no feed names any more: files of earlier states, once their time has come, and never before.

The record tells what may go, and when. A file is deleted only once the feed that is online was read again and does not
name it; then the record forgets it. Killed anywhere, the next run of any publisher does the rest.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bobine.errors import PublishError
from bobine.model.published.release import Release, StoredFile
from bobine.publish import media_types
from bobine.publish.destinations import asking
from bobine.publish.destinations.asking import fetch_confirmed, write_and_read_back
from bobine.publish.destinations.store import Store
from bobine.publish.layout import RECORD_CACHE, SERIALS, feed_key, is_content_key, record_key
from bobine.publish.records import decode, encode, stored_files


@dataclass(frozen=True, slots=True, kw_only=True)
class Removal:
    """The result of looking for files to delete.

    Attributes:
        keys: what was deleted.
        records: the records that were written after it, by key, as they are now.
        failures: what could not be deleted, a French sentence each; a later run tries again.
    """

    keys: tuple[str, ...] = ()
    records: dict[str, Release] = field(default_factory=dict)
    failures: tuple[str, ...] = ()


def remove_due(
    store: Store, slug: str, releases: Iterable[Release], channel_files: Sequence[StoredFile], now: datetime
) -> Removal:
    """Delete the former files whose time has come, of every episode of a show.

    Args:
        store: the destination, whose feed is up to date.
        slug: the show's.
        releases: all its releases, withdrawn ones included, as their records say.
        channel_files: what the feed names besides.
        now: the current instant (aware).
    """
    everyone = tuple(releases)
    due = [release for release in everyone if any(file.until <= now for file in release.former)]
    if not due:
        return Removal()
    named = {file.key for file in channel_files}
    named |= {file.key for release in everyone if release.withdrawn is None for file in stored_files(release)}
    keys: list[str] = []
    failures: list[str] = []
    records: dict[str, Release] = {}
    for release in due:
        try:
            now_there = _remove(store, slug, release, named, now, keys)
        except PublishError as error:
            failures.append(f"Ce qui n'est plus en ligne n'a pas pu être supprimé ; ce sera tenté de nouveau. {error}")
        else:
            records[record_key(slug, release.date)] = now_there
    return Removal(keys=tuple(keys), records=records, failures=tuple(failures))


def _remove(store: Store, slug: str, release: Release, named: set[str], now: datetime, keys: list[str]) -> Release:
    """Delete what is due of one episode; gives its release as its record then says it."""
    record = record_key(slug, release.date)
    feed = fetch_confirmed(store, feed_key(slug))
    content = feed.content if feed else b""
    for attempt in range(len(asking.WAITS_S) + 1):
        found = fetch_confirmed(store, record)
        if found is None:
            return release
        newest = decode(found.content, store.location(record))
        mine = set() if newest.withdrawn else {file.key for file in stored_files(newest)}
        due = [file for file in newest.former if file.until <= now]
        # what another release names is that one's own from now on: episodes that were taken over may share a cover
        kept = named | mine
        waiting = {file.key for file in due if file.key not in kept and _is_named(store, slug, file.key, content)}
        for file in due:
            if file.key in kept | waiting or not is_content_key(file.key, slug):
                continue
            if store.head(file.key) is not None:
                store.delete(file.key)
                _make_sure(store, file.key)
                keys.append(file.key)
        left = replace(newest, former=tuple(one for one in newest.former if one not in due or one.key in waiting))
        if left == newest or write_and_read_back(store, record, encode(left), media_types.JSON, RECORD_CACHE, found):
            return left
        time.sleep(asking.WAITS_S[min(attempt, len(asking.WAITS_S) - 1)])
    raise PublishError(f"Destination « {store.name} » : « {record} » ne cesse de changer ; recommencez.")


def _is_named(store: Store, slug: str, key: str, feed: bytes) -> bool:
    """Whether the show's feed names a file, or that of the chronique whose folder it lies in."""
    if key.encode() in feed:
        return True
    own = re.match(rf"{re.escape(slug)}/{SERIALS}/[^/]+", key)
    serial = fetch_confirmed(store, feed_key(own[0])) if own is not None else None
    return serial is not None and key.encode() in serial.content


def _make_sure(store: Store, key: str) -> None:
    """Hosts may be late: a file that still answers a few seconds after its deletion was not deleted."""
    for wait_s in (0.0, *asking.WAITS_S):
        time.sleep(wait_s)
        if store.head(key) is None:
            return
    raise PublishError(
        f"Destination « {store.name} » : « {key} », supprimé, y est encore ; supprimez-le là-bas, ou recommencez."
    )
