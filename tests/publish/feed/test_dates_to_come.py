"""A date to come never stays: a clock that was ahead is corrected by the next publication, of whatever episode."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest

from bobine.publish.feed.online_items import parse_feed
from bobine.publish.layout import record_key
from bobine.publish.records import decode
from tests.publish.shelf import NOW, SLUG, feed_of, week_of
from tests.publish.stores import OpenStore, opened_folder, real_feed, released

Attempt = Callable[[str], AbstractContextManager[None]]

AHEAD = "an episode that a clock ahead dated in the future"

pytestmark = pytest.mark.boundary


def dates_in(feed: str) -> list[datetime]:
    document = parse_feed(feed.encode())
    texts = [*document.findall("channel/item/pubDate"), *document.findall("channel/lastBuildDate")]
    return [parsedate_to_datetime(element.text) for element in texts]


@pytest.mark.parametrize("ahead", [timedelta(minutes=10), timedelta(days=1), timedelta(days=60), timedelta(days=3000)])
def test_publishing_it_again_corrects_it(
    new_store: OpenStore, tmp_path: Path, ahead: timedelta, attempt: Attempt
) -> None:
    store = new_store()
    released(store, tmp_path, 0, writer=real_feed, now=NOW + ahead)
    assert max(dates_in(feed_of(store))) == NOW + ahead
    with attempt(AHEAD):
        released(store, tmp_path, 0, writer=real_feed, now=NOW)
        assert max(dates_in(feed_of(store))) <= NOW
        later = NOW + timedelta(hours=1)
        assert released(store, tmp_path, 0, writer=real_feed, now=later).uploaded == ()


def test_publishing_another_episode_corrects_it(new_store: OpenStore, tmp_path: Path, attempt: Attempt) -> None:
    store = new_store()
    released(store, tmp_path, 0, writer=real_feed, now=NOW + timedelta(days=1))
    with attempt(AHEAD):
        outcome = released(store, tmp_path, 1, writer=real_feed, now=NOW)
        assert ["date à venir" in warning for warning in outcome.warnings] == [True]
        assert max(dates_in(feed_of(store))) <= NOW
        record = store.fetch(record_key(SLUG, week_of(0)))
        assert record is not None
        assert decode(record.content, "").published <= NOW
        assert released(store, tmp_path, 1, writer=real_feed, now=NOW).warnings == ()


def test_a_clock_that_fell_back_by_years_changes_no_other_episode(tmp_path: Path, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0, writer=real_feed, now=NOW)
    before = store.fetch(record_key(SLUG, week_of(0)))
    with attempt("a machine whose clock fell back to another year"):
        released(store, tmp_path, 1, writer=real_feed, now=NOW - timedelta(days=2000))
        assert store.fetch(record_key(SLUG, week_of(0))) == before


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(hours=2), timedelta(minutes=-6)])
def test_a_folders_own_clock_is_followed(tmp_path: Path, skew: timedelta, attempt: Attempt) -> None:
    class Elsewhere:
        def __init__(self) -> None:
            self._store = opened_folder(tmp_path)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._store, name)

        def skew(self) -> timedelta:
            return skew

    with attempt("a clock that is not the destination's"):
        outcome = released(Elsewhere(), tmp_path, 0, writer=real_feed)
        assert ["l'horloge de cet ordinateur" in warning for warning in outcome.warnings] == [True]
        assert outcome.release.published == min(NOW, NOW + skew)


def test_clocks_that_agree_say_nothing(tmp_path: Path) -> None:
    assert released(opened_folder(tmp_path), tmp_path, 0, writer=real_feed).warnings == ()
