"""The index of records: one more episode costs the same whatever is online, and nothing but speed rests on it."""

from __future__ import annotations

import gzip
import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.published.release import Withdrawal
from bobine.publish.destinations.bucket import BucketStore
from bobine.publish.destinations.store import Fetched, Listed, Store, StoredObject
from bobine.publish.feed.online import OnlineFeed
from bobine.publish.layout import feed_key, index_key, is_record_key, recent_key, record_key
from bobine.publish.media_types import JSON
from bobine.publish.memory import records_index
from bobine.publish.records import encode, stored_files
from tests.publish.samples import release
from tests.publish.seaweed import SeaweedFS
from tests.publish.shelf import NOW, SLUG, days_in, feed_of, week_of, write_feed
from tests.publish.stores import OpenStore, released


class Shelf:
    """A bucket in memory; it counts what is asked, by method and by kind of key."""

    name, public_url = "mémoire", "http://127.0.0.1:1/"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.asked: Counter[tuple[str, str]] = Counter()
        self.version: Callable[[bytes], str] = lambda content: f'"{hashlib.md5(content).hexdigest()}"'
        self.listed: Callable[[str], str] = lambda version: version

    def fetch(self, key: str) -> Fetched | None:
        self.asked["fetch", kind_of(key)] += 1
        content = self.objects.get(key)
        return None if content is None else Fetched(content, self.version(content))

    def listing(self, prefix: str) -> dict[str, Listed]:
        self.asked["listing", ""] += 1
        return {
            key: Listed(bytes=len(content), version=self.listed(self.version(content)))
            for key, content in self.objects.items()
            if key.startswith(prefix)
        }

    def head(self, key: str) -> StoredObject | None:
        self.asked["head", kind_of(key)] += 1
        content = self.objects.get(key)
        size = 0 if content is None else len(content)
        return None if content is None else StoredObject(key=key, media_type="", bytes=size, version="")

    def swap(self, key: str, content: bytes, _media_type: str, _cache: str, expected: str | None) -> bool:
        self.asked["swap", kind_of(key)] += 1
        before = self.objects.get(key)
        if (None if before is None else self.version(before)) != expected:
            return False
        self.objects[key] = content
        return True

    def enforces_conditions(self) -> bool:
        return True

    def location(self, key: str) -> str:
        return f"memory://{key}"

    def add(self, week: int) -> None:
        """An episode with its files, as its publisher leaves it before the feed."""
        one = release(week)
        for file in stored_files(one):
            self.objects[file.key] = Sized(file.bytes)
        self.objects[record_key(SLUG, one.date)] = encode(one)


class Sized(bytes):
    """Stands for a large file."""

    def __new__(cls, size: int) -> Any:
        made = super().__new__(cls, b"")
        made.size = size  # type: ignore[attr-defined]
        return made

    def __len__(self) -> int:
        size: int = self.size  # type: ignore[attr-defined]
        return size


def kind_of(key: str) -> str:
    if is_record_key(key):
        return "record"
    return "index" if key in (index_key(SLUG), recent_key(SLUG)) else "feed" if key == feed_key(SLUG) else "other"


def bring(shelf: Any, week: int) -> OnlineFeed:
    feed = OnlineFeed(shelf, SLUG, write_feed, (), record_key(SLUG, week_of(week)))
    feed.bring_up_to_date()
    return feed


def shelf_of(count: int) -> Shelf:
    shelf = Shelf()
    for week in range(count):
        shelf.add(week)
    bring(shelf, count - 1)
    return shelf


def one_more(shelf: Shelf, week: int) -> Mapping[tuple[str, str], int]:
    shelf.add(week)
    shelf.asked.clear()
    bring(shelf, week)
    return dict(shelf.asked)


def test_one_more_episode_costs_as_many_requests_with_any_number_online() -> None:
    asked = {}
    for count in (10, 390, 1500):
        shelf = shelf_of(count)
        one_more(shelf, count)
        asked[count] = one_more(shelf, count + 1)
        assert len(days_in(feed_of(shelf))) == count + 2  # type: ignore[arg-type]
    assert asked[10] == asked[390] == asked[1500]
    assert asked[10]["fetch", "record"] == 1
    assert asked[10]["swap", "index"] == 1


def test_a_season_of_publications_never_reads_more_than_its_own_record(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_index, "RECENT", 5)
    shelf = shelf_of(10)
    for week in range(10, 40):
        assert one_more(shelf, week)["fetch", "record"] == 1, week
    assert len(days_in(feed_of(shelf))) == 40  # type: ignore[arg-type]


def test_a_record_that_changed_is_read_again() -> None:
    shelf = shelf_of(20)
    changed = release(4, title="Un autre titre")
    shelf.objects[record_key(SLUG, changed.date)] = encode(changed)
    asked = one_more(shelf, 20)
    assert asked["fetch", "record"] == 2
    assert "Un autre titre" in feed_of(shelf)  # type: ignore[arg-type]


def test_nothing_is_written_where_nothing_changed() -> None:
    shelf = shelf_of(20)
    bring(shelf, 19)
    shelf.asked.clear()
    bring(shelf, 19)
    assert not any(method == "swap" for method, _ in shelf.asked)


@pytest.mark.parametrize("listed", [lambda _: "", lambda version: f"-{version}"], ids=["none", "another form"])
def test_a_store_whose_listing_gives_no_usable_versions_has_every_record_read(listed: Callable[[str], str]) -> None:
    shelf = Shelf()
    shelf.listed = listed
    for week in range(5):
        shelf.add(week)
    bring(shelf, 4)
    assert one_more(shelf, 5)["fetch", "record"] == 6
    assert index_key(SLUG) not in shelf.objects


def test_an_index_may_be_lost_or_be_of_another_show_or_version() -> None:
    shelf = shelf_of(8)
    feed = feed_of(shelf)  # type: ignore[arg-type]
    plain = gzip.decompress(shelf.objects[index_key(SLUG)])
    another = plain.replace(b'"format": 1', b'"format": 2')
    moved = plain.replace(week_of(2).isoformat().encode(), week_of(3).isoformat().encode())
    for content in (None, b"", b"<html>", gzip.compress(b"[]\n[]"), gzip.compress(another), gzip.compress(moved)):
        shelf.objects[index_key(SLUG)] = content or b""
        if content is None:
            del shelf.objects[index_key(SLUG)]
        bring(shelf, 7)
        assert feed_of(shelf) == feed  # type: ignore[arg-type]
        assert one_look(shelf)["fetch", "record"] == 0, "the index was not made again"


def one_look(shelf: Shelf) -> Counter[tuple[str, str]]:
    shelf.asked.clear()
    bring(shelf, 7)
    return shelf.asked


@given(at=st.integers(0, 10**6), bits=st.integers(1, 255), cut=st.booleans())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_index_costs_only_speed(at: int, bits: int, cut: bool) -> None:
    shelf = shelf_of(6)
    feed = feed_of(shelf)  # type: ignore[arg-type]
    whole = bytearray(shelf.objects[index_key(SLUG)])
    at %= len(whole)
    whole[at] ^= bits
    shelf.objects[index_key(SLUG)] = bytes(whole[:at] if cut else whole)
    told = bring(shelf, 5)
    assert feed_of(shelf) == feed  # type: ignore[arg-type]
    assert told.warnings == ()


def test_a_full_index_holds_the_newest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records_index, "_LARGEST", 1500)
    shelf = shelf_of(60)
    bring(shelf, 59)
    shelf.asked.clear()
    bring(shelf, 59)
    assert 1 < shelf.asked["fetch", "record"] < 60
    assert not any(method == "swap" for method, _ in shelf.asked), "what has no room is not tried again each time"


def test_an_index_that_cannot_be_written_is_said_and_the_feed_stands() -> None:
    class Full(Shelf):
        def swap(self, key: str, content: bytes, *rest: Any) -> bool:
            if kind_of(key) == "index":
                raise PublishError("Le bucket est plein.")
            return super().swap(key, content, *rest)

    shelf = Full()
    shelf.add(0)
    told = bring(shelf, 0)
    assert days_in(feed_of(shelf)) == [week_of(0)]  # type: ignore[arg-type]
    assert any("sera seulement plus longue" in warning for warning in told.warnings)


def test_a_held_episode_leaves_the_index_when_its_time_comes() -> None:
    shelf = Shelf()
    shelf.add(0)
    shelf.add(1)
    held = release(1, held_until=release(1).published + timedelta(days=1))
    shelf.objects[record_key(SLUG, held.date)] = encode(held)
    shelf.add(2)
    bring(shelf, 2)
    bring(shelf, 2)
    late = OnlineFeed(
        shelf,  # type: ignore[arg-type]
        SLUG,
        write_feed,
        (),
        record_key(SLUG, week_of(2)),
        redated=lambda one: one if one.held_until is None else release(1),
    )
    late.bring_up_to_date()
    assert [one.date for one in late.let_out] == [week_of(1)]
    assert shelf.objects[record_key(SLUG, held.date)] == encode(release(1))


def test_two_publishers_with_an_index_lose_nothing(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    for week in range(3):
        released(store, tmp_path, week)
    released(store, tmp_path, 1, text="deux")
    released(store, tmp_path, 3)
    assert days_in(feed_of(store)) == [week_of(week) for week in range(4)]
    assert "version deux" in feed_of(store)


@pytest.mark.slow
def test_requests_to_a_real_bucket(seaweed: SeaweedFS, tmp_path: Path) -> None:
    counts = {}
    for count in (4, 40):
        store = BucketStore(seaweed.destination())
        for week in range(count):
            gone = release(week, withdrawn=Withdrawal(at=NOW))  # nobody looks for its sound
            store.swap(record_key(SLUG, gone.date), encode(gone), JSON, "no-cache", None)
        released(store, tmp_path, count)
        released(store, tmp_path, count + 1)
        again = BucketStore(seaweed.destination(prefix=prefix_of(store)))
        counts[count] = asked_of(again)
        released(again, tmp_path, count + 2)
        assert len(days_in(feed_of(store))) == 3
    assert counts[4] == counts[40]


def asked_of(store: BucketStore) -> Counter[str]:
    """The requests that are made from now on, by operation."""
    asked: Counter[str] = Counter()
    store._addressed.clients.asking.meta.events.register(
        "before-call.s3", lambda model, **_: asked.update([model.name])
    )
    return asked


def prefix_of(store: Store) -> str:
    prefix: str = store._destination.prefix  # type: ignore[attr-defined]
    return prefix
