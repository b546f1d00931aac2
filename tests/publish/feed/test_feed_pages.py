"""The pages of a feed (RFC 5005): every episode is in one of them, and an old page hardly ever changes."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from pathlib import Path

import feedparser
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from bobine.model.published.release import Withdrawal
from bobine.publish.check.public import check_bytes
from bobine.publish.feed.online_items import items_online, outline
from bobine.publish.feed.paging import MAX_ITEMS, PAGE_ITEMS, paged, relations
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.layout import feed_key, feed_page
from tests.publish.samples import BASE, FEED, GUID, IMAGE, SHOW, release

PLACE = FeedPlace(base_url=BASE, feed_url=FEED, image_url=IMAGE, guid=GUID)
ALL = [release(week) for week in range(MAX_ITEMS + 2 * PAGE_ITEMS + 5)]


def files(count: int) -> dict[str, bytes]:
    return feed_files(SHOW, ALL[:count], PLACE)


@given(st.integers(0, 3000))
def test_every_item_is_on_one_page_and_the_main_feed_is_never_long(count: int) -> None:
    pages = paged(range(count))
    assert sorted(one for page in pages.values() for one in page) == list(range(count))
    assert len(pages[1]) <= MAX_ITEMS
    assert all(len(page) == PAGE_ITEMS for number, page in pages.items() if number > 1)
    assert len(pages) == 1 or len(pages[1]) > PAGE_ITEMS


@given(st.integers(1, 3000))
def test_a_new_item_changes_no_further_page(count: int) -> None:
    before, after = paged(range(count)), paged(range(count + 1))
    assert all(after[number] == page for number, page in before.items() if number > 1)


@given(st.integers(1, 40))
def test_the_links_lead_through_every_page_and_back(count: int) -> None:
    page, seen = 1, [1]
    while "next" in (links := dict(relations(page, count))):
        following = links["next"]
        assert dict(relations(following, count))["previous"] == page
        page = following
        seen.append(page)
    assert sorted(seen) == list(range(1, count + 1))
    assert count == 1 or dict(relations(1, count))["last"] == page


def test_whoever_follows_the_links_has_every_episode_newest_first() -> None:
    written = files(len(ALL))
    address, found = FEED, []
    while address:
        content = written[address.removeprefix(BASE)]
        found += list(items_online(content))
        following = etree.fromstring(content).find("channel/{http://www.w3.org/2005/Atom}link[@rel='next']")
        address = following.get("href", "") if following is not None else ""
    assert found == [one.guid for one in reversed(ALL)]
    assert list(written)[-1] == feed_key(SHOW.slug)


def test_nothing_is_said_of_any_page_and_each_knows_its_own_address() -> None:
    for key, content in files(len(ALL)).items():
        assert check_bytes(content, ALL[-1].updated + timedelta(days=1), BASE + key) == ()
        assert feedparser.parse(io.BytesIO(content)).bozo is False


def test_one_more_episode_changes_the_main_feed_alone() -> None:
    before, after = files(400), files(401)
    assert [key for key in after if after[key] != before.get(key)] == [feed_key(SHOW.slug)]


def test_one_more_page_changes_the_links_of_the_one_before_it_alone() -> None:
    edge = MAX_ITEMS + PAGE_ITEMS
    before, after = files(edge), files(edge + 1)
    assert set(after) - set(before) == {feed_key(SHOW.slug, 3)}
    (changed,) = [key for key in before if after[key] != before[key] and feed_page(SHOW.slug, key) != 1]
    assert changed == feed_key(SHOW.slug, 2)
    assert items_online(after[changed]) == items_online(before[changed])


def test_a_withdrawn_episode_is_on_no_page_and_moves_no_other() -> None:
    gone = Withdrawal(at=datetime(2027, 1, 1, tzinfo=UTC))
    before, count = files(400), 400
    for week in (3, 390):
        releases = [*ALL[:week], release(week, withdrawn=gone), *ALL[week + 1 : count]]
        after = feed_files(SHOW, releases, PLACE)
        changed = [key for key in after if after[key] != before[key]]
        assert changed == [feed_key(SHOW.slug, 2 if week == 3 else 1)]
        assert not any(release(week).guid.encode() in content for content in after.values())
        assert sum(len(items_online(content)) for content in after.values()) == count - 1


def test_pages_name_one_another_and_nothing_outside() -> None:
    written = files(len(ALL))
    for content in written.values():
        assert {address.removeprefix(BASE) for address in outline(content)[0]} <= set(written)
    assert outline(files(MAX_ITEMS)[feed_key(SHOW.slug)])[0] == ()


def test_a_page_is_known_by_its_key() -> None:
    assert [feed_page("fil", f"fil/{Path(name)}") for name in ("feed.xml", "feed-2.xml", "feed-10.xml")] == [1, 2, 10]
    for name in ("feed-1.xml", "feed-0.xml", "feed-02.xml", "feed-.xml", "feed-2.xml.txt", "feed-2xml", "x/feed.xml"):
        assert feed_page("fil", f"fil/{name}") is None
