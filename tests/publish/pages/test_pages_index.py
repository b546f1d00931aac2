"""The index of a feed's further pages: an unchanged page is not read, and nothing but speed rests on it."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.publish.destinations.store import Fetched, Listed
from bobine.publish.feed import paging, write
from bobine.publish.feed.online import FeedContent, OnlineFeed
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key, feed_page, is_foreign_key, pages_index_key, record_key
from bobine.publish.memory.feed_memory import FeedMemory
from bobine.publish.records import encode
from tests.publish.release.test_records_index import Shelf
from tests.publish.samples import SHOW, release
from tests.publish.shelf import SLUG, week_of
from tests.publish.stores import PLACE

INDEX = pages_index_key(SLUG)


@pytest.fixture(autouse=True)
def _short_pages() -> Iterator[None]:
    """Pages of two items behind a main feed of four at most; what is memory is never late."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time, "sleep", lambda _seconds: None)
        patch.setattr(paging, "MAX_ITEMS", 4)
        patch.setattr(paging, "PAGE_ITEMS", 2)
        yield


class Pages(Shelf):
    """A bucket that also counts, by key, the pages of the feed that are read."""

    def __init__(self) -> None:
        super().__init__()
        self.read: Counter[str] = Counter()

    def fetch(self, key: str) -> Fetched | None:
        if (feed_page(SLUG, key) or 1) > 1:
            self.read[key.rpartition("/")[2]] += 1
        return super().fetch(key)


class Computer:
    """A computer that publishes, with what it remembers of how it made pages."""

    def __init__(self) -> None:
        self.made: dict[str, tuple[str, str]] = {}

    def write_feed(self, content: FeedContent) -> Mapping[str, bytes]:
        memory = FeedMemory(content.online, self.made, content.standing)
        return feed_files(SHOW, content.releases, PLACE, content.kept, content.left_out, content.live, memory)

    def publish(self, shelf: Any, week: int) -> OnlineFeed:
        feed = OnlineFeed(shelf, SLUG, self.write_feed, (), record_key(SLUG, week_of(week)))
        feed.bring_up_to_date()
        return feed


def shelf_of(count: int, computer: Computer, shelf: Any = None) -> Any:
    """So many episodes, published often enough for the index to know its pages."""
    made = shelf or Pages()
    for week in range(count):
        made.add(week)
    for _ in range(2):
        computer.publish(made, count - 1)
    made.read.clear()
    made.asked.clear()
    return made


def correct(shelf: Any, week: int, title: str = "Corrigé") -> None:
    one = release(week, title=title, updated=release(week + 50).updated)
    shelf.objects[record_key(SLUG, one.date)] = encode(one)


def feed_pages(shelf: Any) -> dict[str, bytes]:
    return {key: content for key, content in shelf.objects.items() if feed_page(SLUG, key) is not None}


def test_unchanged_pages_are_neither_read_nor_made(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    for count in (20, 60):
        computer = Computer()
        shelf = shelf_of(count, computer)
        shelf.add(count)
        made: list[int] = []
        make = write._page

        def noted(*given_: Any, made: list[int] = made, make: Any = make) -> Any:
            made.append(given_[4][0])
            return make(*given_)

        with monkeypatch.context() as patch:
            patch.setattr(write, "_page", noted)
            computer.publish(shelf, count)
        newest = count // 2 - 1  # the number of pages grows by one: it is new, and the one before leads to it
        assert set(made) <= {1, newest, newest + 1}
        assert set(shelf.read) <= {f"feed-{number}.xml" for number in made}
        asked.append(dict(shelf.asked))
    assert asked[0] == asked[1]


def test_another_computer_makes_them_and_need_not_read_them() -> None:
    shelf = shelf_of(21, Computer())
    before = feed_pages(shelf)
    outcome = Computer().publish(shelf, 20)
    assert feed_pages(shelf) == before
    assert outcome.warnings == ()
    assert not shelf.read


@pytest.mark.parametrize("listed", [lambda _: "", lambda version: f"-{version}"], ids=["none", "another form"])
def test_where_listings_give_no_usable_versions_each_page_is_read(listed: Callable[[str], str]) -> None:
    shelf = Pages()
    shelf.listed = listed
    shelf_of(13, computer := Computer(), shelf)
    computer.publish(shelf, 12)
    assert set(shelf.read) == {key.rpartition("/")[2] for key in feed_pages(shelf)} - {"feed.xml"}
    assert INDEX not in shelf.objects


def test_a_page_edited_by_hand_is_kept_and_said() -> None:
    shelf = shelf_of(21, computer := Computer())
    before = feed_pages(shelf)
    page = feed_key(SLUG, 3)
    edited = before[page].replace(b"fanfare", b"chorale")
    shelf.objects[page] = edited
    (said,) = computer.publish(shelf, 20).warnings
    assert "quelqu'un l'a modifié" in said
    assert feed_pages(shelf) == before
    assert edited in [content for key, content in shelf.objects.items() if is_foreign_key(key)]
    assert computer.publish(shelf, 20).warnings == ()


class Late(Pages):
    """A bucket whose listings are as they were at one moment, the records and new files excepted."""

    def __init__(self) -> None:
        super().__init__()
        self.old: dict[str, Listed] | None = None

    def listing(self, prefix: str) -> dict[str, Listed]:
        now = super().listing(prefix)
        late = self.old or {}
        return now | {key: line for key, line in late.items() if feed_page(SLUG, key) is not None}


@pytest.mark.parametrize("is_to_change", [False, True])
def test_where_the_listing_is_late_a_page_edited_by_hand_is_not_overwritten_in_silence(is_to_change: bool) -> None:
    shelf: Late = shelf_of(21, computer := Computer(), Late())
    page = feed_key(SLUG, 3)
    shelf.old = shelf.listing(f"{SLUG}/")
    edited = shelf.objects[page].replace(b"fanfare", b"chorale")
    shelf.objects[page] = edited
    if is_to_change:
        correct(shelf, 2)
    told = computer.publish(shelf, 20).warnings
    kept = [content for key, content in shelf.objects.items() if is_foreign_key(key)]
    if is_to_change:
        assert kept == [edited]
        assert "quelqu'un l'a modifié" in told[0]
        assert "Corrigé".encode() in shelf.objects[page]
        return
    assert shelf.objects[page] == edited, "not seen yet, and left as it is"
    shelf.old = None
    (said,) = computer.publish(shelf, 20).warnings
    assert "quelqu'un l'a modifié" in said


def test_another_publisher_after_the_listing_loses_nothing() -> None:
    class Between(Pages):
        then: Callable[[], object] | None = None

        def listing(self, prefix: str) -> dict[str, Listed]:
            found = super().listing(prefix)
            act, self.then = self.then, None
            if act is not None:
                act()
            return found

    for theirs in range(17):  # on any page, and on the one that changes here
        shelf: Between = shelf_of(21, computer := Computer(), Between())
        other = Computer()

        def correct_another(shelf: Between = shelf, other: Computer = other, theirs: int = theirs) -> None:
            correct(shelf, theirs, "Par un autre")
            other.publish(shelf, theirs)

        shelf.then = correct_another
        correct(shelf, 2 if theirs != 2 else 3)
        computer.publish(shelf, 2)
        shown = b"".join(feed_pages(shelf).values())
        assert "Corrigé".encode() in shown
        assert b"Par un autre" in shown, theirs


def test_an_item_without_its_record_stays_as_it_is() -> None:
    shelf = shelf_of(21, computer := Computer())
    before = feed_pages(shelf)
    del shelf.objects[record_key(SLUG, week_of(2))]
    (said,) = computer.publish(shelf, 20).warnings
    assert "n'a plus de fiche" in said
    items = {key: content.count(b"<item>") for key, content in feed_pages(shelf).items()}
    assert items == {key: content.count(b"<item>") for key, content in before.items()}


@given(at=st.integers(0, 10**6), bits=st.integers(1, 255), cut=st.booleans())
@settings(max_examples=40, deadline=None)
def test_a_damaged_index_costs_only_speed(at: int, bits: int, cut: bool) -> None:
    shelf = shelf_of(9, computer := Computer())
    before = feed_pages(shelf)
    whole = bytearray(shelf.objects[INDEX])
    at %= len(whole)
    whole[at] ^= bits
    shelf.objects[INDEX] = bytes(whole[:at] if cut else whole)
    assert computer.publish(shelf, 8).warnings == ()
    assert feed_pages(shelf) == before
    computer.publish(shelf, 8)
    shelf.read.clear()
    computer.publish(shelf, 8)
    assert not shelf.read, "the index was not made again"


def test_an_index_that_cannot_be_written_is_said_and_the_feed_stands() -> None:
    class Full(Pages):
        def swap(self, key: str, content: bytes, *rest: Any) -> bool:
            if key == INDEX:
                raise PublishError("Le bucket est plein.")
            return super().swap(key, content, *rest)

    shelf = Full()
    for week in range(9):
        shelf.add(week)
    computer = Computer()
    computer.publish(shelf, 8)
    (said,) = computer.publish(shelf, 8).warnings
    assert "sera seulement plus longue" in said


CHANGES = st.sampled_from(["correct", "new", "hand", "page gone", "record gone", "index gone", "old index", "forget"])


@settings(max_examples=40, deadline=None)
@example([("record gone", 2, False), ("record gone", 0, True)])
@given(st.lists(st.tuples(CHANGES, st.integers(0, 8), st.booleans()), max_size=8))
def test_with_or_without_index_and_memory_the_bytes_are_the_same(changes: list[tuple[str, int, bool]]) -> None:
    count = 9
    computer = Computer()
    shelf, cold = shelf_of(count, computer), shelf_of(count, Computer())
    old = shelf.objects[INDEX]
    for number, (change, week, is_published) in enumerate(changes):
        key, page = record_key(SLUG, week_of(week)), feed_key(SLUG, 2 + week % 3)
        count += change == "new"
        for one in (shelf, cold):
            if change == "correct" and key in one.objects:
                correct(one, week, f"Corrigé {number}")
            elif change == "new":
                one.add(count - 1)
            elif change == "hand" and page in one.objects:
                one.objects[page] = one.objects[page].replace(b"Nadia", b"Nadine")
            elif change == "page gone":
                one.objects.pop(page, None)
            elif change == "record gone" and week < count - 1:
                one.objects.pop(key, None)
        if change == "index gone":
            shelf.objects.pop(INDEX, None)
        elif change == "old index":
            shelf.objects[INDEX] = old
        elif change == "forget":
            computer = Computer()
        if is_published:
            cold.objects.pop(INDEX, None)
            told = computer.publish(shelf, count - 1).warnings
            told_cold = Computer().publish(cold, count - 1).warnings
            assert feed_pages(shelf) == feed_pages(cold)
            assert told == told_cold
