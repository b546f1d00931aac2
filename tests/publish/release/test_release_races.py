from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.model.published.release import Release
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import FeedContent
from bobine.publish.layout import feed_key, record_key
from bobine.publish.media_types import JSON
from bobine.publish.records import decode
from bobine.publish.release import publish
from tests.publish.gateways import gateway
from tests.publish.samples import SHOW
from tests.publish.seaweed import OPEN_BUCKET, SeaweedFS
from tests.publish.shelf import (
    NOW,
    SLUG,
    assert_feed_names_only_what_is_there,
    days_in,
    episode,
    feed_of,
    week_of,
    write_feed,
)
from tests.publish.stores import Interrupted, OpenStore, opened_folder, released


def test_another_publisher_between_any_two_calls_loses_nothing(new_store: OpenStore, tmp_path: Path) -> None:
    alone = Interrupted(new_store(), 0, lambda: None)
    released(alone, tmp_path, 0)
    first = 1 if alone.location("").startswith(str(tmp_path)) else alone.calls.index("swap")
    for call in range(first, len(alone.calls) + 1):
        store = new_store()
        between = Interrupted(store, call, partial(released, store, tmp_path, 1))
        released(between, tmp_path, 0)
        assert days_in(feed_of(store)) == [week_of(0), week_of(1)], f"before call {call}: {between.calls[call - 1]}"
        assert_feed_names_only_what_is_there(store)


def publish_together(stores: list[Store], tmp_path: Path, weeks: list[int], texts: str = "un un un") -> list[Exception]:
    """One publisher a thread, let go at once; gives their failures."""
    failures: list[Exception] = []
    start = threading.Barrier(len(weeks))
    made = [
        episode(tmp_path / f"machine-{n}", week, text=text)
        for n, (week, text) in enumerate(zip(weeks, texts.split(), strict=False))
    ]

    def one(store: Store, ours: tuple[Release, dict[str, Path]]) -> None:
        start.wait()
        try:
            publish(store, SHOW, ours[0], ours[1], write_feed, NOW)
        except Exception as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=one, args=pair) for pair in zip(stores, made, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def test_publishers_at_the_same_time_lose_nothing_in_a_folder(tmp_path: Path) -> None:
    for round_ in range(12):
        folder = tmp_path / f"round-{round_}"
        stores = [opened_folder(folder) for _ in range(3)]
        assert publish_together(stores, folder, [0, 1, 2]) == []
        assert days_in(feed_of(stores[0])) == [week_of(0), week_of(1), week_of(2)]
        assert_feed_names_only_what_is_there(stores[0])


@pytest.mark.slow
def test_publishers_at_the_same_time_lose_nothing_in_a_bucket(seaweed: SeaweedFS, tmp_path: Path) -> None:
    first, second = (open_store(seaweed.destination(prefix="race/"), tmp_path) for _ in range(2))
    assert first.enforces_conditions()
    for week in range(0, 16, 2):
        assert publish_together([first, second], tmp_path / f"round-{week}", [week, week + 1]) == []
        assert days_in(feed_of(first)) == [week_of(past) for past in range(week + 2)]
    assert_feed_names_only_what_is_there(first)


@pytest.mark.slow
@pytest.mark.parametrize("conditions", ["ignored", "refused"])
def test_a_store_without_conditional_writes_is_known_for_it_and_loses_nothing(
    seaweed: SeaweedFS, tmp_path: Path, conditions: str
) -> None:
    with gateway(seaweed.endpoint, conditions=conditions) as endpoint:
        destination = seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint)
        first, second = (open_store(destination, tmp_path) for _ in range(2))
        assert not first.enforces_conditions()
        outcome = released(first, tmp_path, 0)
        assert not outcome.conditional
        assert released(first, tmp_path, 0).uploaded == ()
        for week in range(1, 7, 2):
            assert publish_together([first, second], tmp_path / f"round-{week}", [week, week + 1]) == []
            assert days_in(feed_of(first)) == [week_of(past) for past in range(week + 2)]
        assert_feed_names_only_what_is_there(first)


@pytest.mark.slow
def test_without_conditional_writes_a_feed_overwritten_by_an_older_one_is_repaired(
    seaweed: SeaweedFS, tmp_path: Path
) -> None:
    """The other publishes whole between this one's last look at the feed and its PUT."""
    others: list[Callable[[], object]] = []

    def come_between(path: str) -> None:
        if path.endswith("/feed.xml") and others:
            others.pop()()

    with gateway(seaweed.endpoint, conditions="ignored", before_put=come_between) as endpoint:
        store = open_store(seaweed.destination(bucket=OPEN_BUCKET, endpoint=endpoint), tmp_path)
        for week in (0, 2):
            others.append(partial(released, store, tmp_path, week + 1))
            released(store, tmp_path, week)
            assert not others
            assert days_in(feed_of(store)) == [week_of(past) for past in range(week + 2)]


def test_two_corrections_of_one_episode_leave_one_of_them_whole(tmp_path: Path) -> None:
    for round_ in range(8):
        folder = tmp_path / f"round-{round_}"
        stores = [opened_folder(folder) for _ in range(2)]
        released(stores[0], folder, 0)
        assert publish_together(stores, folder, [0, 0], "deux trois") == []
        assert days_in(feed_of(stores[0])) == [week_of(0)]
        record = stores[0].fetch(record_key(SLUG, week_of(0)))
        assert record is not None
        assert (
            feed_of(stores[0]).encode()
            == write_feed(FeedContent(releases=[decode(record.content, "")]))[feed_key(SLUG)]
        )


def test_a_feed_that_never_stops_changing_is_given_up(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)

    class Restless:
        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def swap(self, key: str, content: bytes, media_type: str, cache_control: str, expected: str | None) -> bool:
            return media_type == JSON and store.swap(key, content, media_type, cache_control, expected)

    made, files = episode(tmp_path)
    with pytest.raises(PublishError, match="ne cesse de changer"):
        publish(Restless(), SHOW, made, files, write_feed, NOW)
