"""The live item: by the grid and the instant, and in the feed without anything else of it touched."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.show import Show
from bobine.publish.check.public import check_bytes
from bobine.publish.feed.live_item import LiveItem, LiveStatus, PlannedShow, live_guid, live_item
from bobine.publish.feed.live_online import LiveChange, live_element, tell_live
from bobine.publish.feed.online_items import live_items
from bobine.publish.feed.write import feed_files
from bobine.publish.feed_stamp import stamped
from bobine.publish.layout import feed_key
from tests.publish.samples import DAY, FEED, GUID, SHOW, release
from tests.publish.shelf import SLUG
from tests.publish.stores import PLACE, opened_folder, real_feed, released

PARIS = ZoneInfo("Europe/Paris")
STREAM = "https://direct.radio-mega.example/mega.mp3"
LIVE_SHOW = dataclasses.replace(SHOW, station=dataclasses.replace(SHOW.station, stream=STREAM))
PLANNED = [PlannedShow(day=DAY + timedelta(weeks=week), title=f"Semaine {week}") for week in range(3)]


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PARIS)


def now_live(now: datetime, *planned: PlannedShow, show: Show = LIVE_SHOW) -> tuple[str, str] | None:
    item = live_item(show, GUID, planned or PLANNED, now)
    return None if item is None else (item.status.value, item.title.rpartition(" : ")[2])


def some(now: datetime) -> LiveItem:
    item = live_item(LIVE_SHOW, GUID, PLANNED, now)
    assert item is not None
    return item


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (at(12, day=DAY - timedelta(days=60)), ("pending", "Semaine 0")),
        (at(17, 59), ("pending", "Semaine 0")),
        (at(18), ("live", "Semaine 0")),
        (at(18, 54), ("live", "Semaine 0")),
        (at(18, 55), ("ended", "Semaine 0")),
        (at(18, 54, DAY + timedelta(days=1)), ("ended", "Semaine 0")),
        (at(18, 55, DAY + timedelta(days=1)), ("pending", "Semaine 1")),
        (at(18, 55, DAY + timedelta(days=15)), None),
    ],
)
def test_it_is_pending_then_live_then_ended(now: datetime, expected: tuple[str, str] | None) -> None:
    assert now_live(now) == expected
    assert now_live(now.astimezone(ZoneInfo("Asia/Tokyo"))) == expected


def test_the_episode_takes_its_place() -> None:
    online = dataclasses.replace(PLANNED[0], is_online=True)
    assert now_live(at(19), online, *PLANNED[1:]) == ("pending", "Semaine 1")


def test_it_ends_when_the_air_is_given_back() -> None:
    over = dataclasses.replace(PLANNED[0], ended=at(18, 50))
    assert now_live(at(18, 49), over) == ("live", "Semaine 0")
    assert now_live(at(18, 50), over) == ("ended", "Semaine 0")
    rehearsed = dataclasses.replace(PLANNED[0], ended=at(15))
    assert now_live(at(18, 10), rehearsed) == ("live", "Semaine 0")


def test_without_a_stream_there_is_none() -> None:
    assert now_live(at(18), show=SHOW) is None
    assert now_live(at(18), PlannedShow(day=date(2020, 1, 2), title="")) is None


@given(st.integers(0, 6 * 7 * 24 * 60), st.integers(0, 10_000))
def test_the_state_only_ever_goes_forward(minutes: int, more: int) -> None:
    order = [(week, status) for week in range(3) for status in LiveStatus]

    def place(instant: datetime) -> int:
        item = live_item(LIVE_SHOW, GUID, PLANNED, instant)
        if item is None:
            return len(order)
        return order.index((next(n for n, one in enumerate(PLANNED) if item.title.endswith(one.title)), item.status))

    early = at(0, day=DAY - timedelta(days=14)) + timedelta(minutes=minutes)
    assert place(early) <= place(early + timedelta(minutes=more))


@pytest.mark.parametrize("now", [at(10), at(18), at(19)])
def test_the_checker_finds_nothing(now: datetime) -> None:
    content = feed_files(LIVE_SHOW, [release(-1)], PLACE, live=[live_element(some(now))])[feed_key(SLUG)]
    assert check_bytes(content, now, FEED) == ()
    assert f'status="{some(now).status}"'.encode() in content


def test_it_is_told_in_the_feed_and_taken_out_and_nothing_else_changes(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0, writer=real_feed)
    before = Path(store.location(feed_key(SLUG))).read_bytes()
    item = some(at(10, day=DAY + timedelta(days=5)))
    assert tell_live(store, SLUG, item) == LiveChange()
    assert tell_live(store, SLUG, item) is None
    told = Path(store.location(feed_key(SLUG))).read_bytes()
    assert len(live_items(told)) == 1
    live = dataclasses.replace(item, status=LiveStatus.LIVE)
    assert tell_live(store, SLUG, live) == LiveChange(begins=True)
    assert Path(store.location(feed_key(SLUG))).read_bytes() == stamped(told.replace(b'"pending"', b'"live"'))
    assert tell_live(store, SLUG, None) == LiveChange(ends=True)
    assert Path(store.location(feed_key(SLUG))).read_bytes().split() == before.split()


def test_publishing_keeps_it_until_its_own_episode_is_online(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0, writer=real_feed)
    tell_live(store, SLUG, some(at(10, day=DAY + timedelta(days=5))))
    released(store, tmp_path, 0, writer=real_feed, text="corrige")
    content = Path(store.location(feed_key(SLUG))).read_bytes()
    assert live_guid(GUID, PLANNED[1].day).encode() in content
    assert released(store, tmp_path, 0, writer=real_feed, text="corrige").uploaded == ()
    released(store, tmp_path, 1, writer=real_feed)
    assert live_items(Path(store.location(feed_key(SLUG))).read_bytes()) == ()


def test_where_there_is_no_feed_it_is_said(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="pas encore de flux"):
        tell_live(opened_folder(tmp_path), SLUG, some(at(10)))
