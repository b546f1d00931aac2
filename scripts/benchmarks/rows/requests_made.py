"""The row of what one more episode asks of a store, by how many are online: counted, not timed."""

from __future__ import annotations

import argparse
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

from publishing import SHOW, release, stored

from rows.row import Row

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from bobine.evening.online.feed_writing import feed_writer
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.store import Fetched, Listed, OnWait, StoredObject
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import SERIALS, feed_key, feed_page, is_index_key, is_record_key, record_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import encode, stored_files
from bobine.publish.release import bring_to_listeners
from tests.publish.release.test_records_index import Shelf, Sized

GUID = "5f1d3a8e-0000-5000-8000-000000000001"


class Counted(Shelf):
    """A bucket in memory that counts every request by what it is about; a ``Store``, as far as one is asked here."""

    def __init__(self) -> None:
        super().__init__()
        self.about: Counter[str] = Counter()

    def fetch(self, key: str) -> Fetched | None:
        """Count it, and give what is there."""
        self.about[_about(key)] += 1
        return super().fetch(key)

    def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
        """Count it, and take it."""
        self.about[_about(key)] += 1
        return super().swap(key, content, media_type, cache_control, expected)

    def head(self, key: str) -> StoredObject | None:
        """Count it, and say what is there."""
        self.about[_about(key)] += 1
        return super().head(key)

    def listing(self, prefix: str) -> dict[str, Listed]:
        """Count it once for each 1,000 keys, as S3 gives them."""
        found = super().listing(prefix)
        self.about["listing"] += -(-len(found) // 1000)
        return found

    def unfinished(self, slug: str, day: date) -> tuple[Unfinished, ...]:
        """Count what a bucket is asked: for uploads, growing sounds, their versions, a day's sounds, chroniques'."""
        del day
        listed = sum(key.startswith(f"{slug}/{SERIALS}/") for key in self.objects)
        self.about["leftovers"] += 4 + max(1, -(-listed // 1000))
        return ()

    def check(self) -> None:
        """It can be reached."""

    def tell_waits(self, on_wait: OnWait) -> None:
        """Nobody waits."""
        del on_wait

    def skew(self) -> timedelta | None:
        """It has no clock."""
        return None

    def read(self, key: str, start: int, length: int) -> bytes:
        """Count it, and give a stretch."""
        self.about[_about(key)] += 1
        return self.objects[key][start : start + length]

    def put(
        self, file: StoredFile, source: Path, cache_control: str, on_bytes: Callable[[int], None] | None = None
    ) -> None:
        """The sound is there before."""
        raise AssertionError(file.key, source, cache_control, on_bytes)

    def delete(self, key: str) -> None:
        """Nothing is taken away."""
        raise AssertionError(key)

    def clear(self, one: Unfinished) -> None:
        """Nothing is left over."""
        raise AssertionError(one)

    def probe_public(self, file: StoredFile) -> None:
        """The public reads it; that is no request to the store."""
        del file


def _about(key: str) -> str:
    if is_record_key(key):
        return "record"
    if is_index_key(key):
        return "index"
    if key == feed_key(SHOW.slug):
        return "feed"
    return "further feed page" if feed_page(SHOW.slug, key) is not None else "page"


def requests_for_one_more(count: int) -> Counter[str]:
    """Requests by what they are about, with so many online: record, pages and feed, once the sound is there."""
    shelf = Counted()
    channel = stored(f"{SHOW.slug}/images/0123456789ab.jpg", "image/jpeg")
    writes = feed_writer(SHOW, shelf, channel, GUID)

    def add(number: int) -> None:
        one = release(number)
        for file in stored_files(one):
            shelf.objects[file.key] = Sized(file.bytes)
        shelf.objects[record_key(SHOW.slug, one.date)] = encode(one)

    def publish(number: int) -> None:
        one = release(number)
        pages = OnlinePages(shelf, SHOW, one.date)
        after = one.published + timedelta(days=1)
        bring_to_listeners(shelf, SHOW, one, {}, writes, after, channel_files=(), pages=pages, known=(), warnings=(),
                           on_progress=lambda *_: None)  # fmt: skip

    for number in range(count - 2):
        add(number)
    # the first publication makes all pages, the second one notes the feed's; the third is like any other
    for number in (count - 2, count - 1, count):
        add(number)
        shelf.about.clear()
        publish(number)
    return Counter(shelf.about)


def measure(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Count them for each number of episodes."""
    os.environ["BOBINE_STATE"] = str(folder / "state")
    asked = {count: requests_for_one_more(count) for count in options.online}
    told = "; ".join(
        f"{count}: {sum(found.values())} ({', '.join(f'{times} {what}' for what, times in sorted(found.items()))})"
        for count, found in asked.items()
    )
    first = asked[options.online[0]]
    same = all(found == first for found in asked.values())
    most = max(asked.values(), key=lambda found: sum(found.values()))
    why = ", ".join(f"{times - first[what]:+d} {what}" for what, times in most.items() if times != first[what])
    numbers = ", ".join(str(count) for count in options.online)
    yield Row(f"requests to the store for one more episode, with {numbers} online", "the same", told, same,
              f"between the least and the most: {why}")  # fmt: skip
