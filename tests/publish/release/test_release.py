from __future__ import annotations

import dataclasses
import re
from datetime import timedelta
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.publish.feed.online import FeedContent
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import stored_files
from bobine.publish.release import publish
from tests.publish.samples import SHOW, chapters_of
from tests.publish.shelf import (
    NOW,
    SLUG,
    assert_feed_names_only_what_is_there,
    days_in,
    episode,
    feed_of,
    stored_file,
    week_of,
    write_feed,
)
from tests.publish.stores import Fragile, OpenStore, opened_folder, released


def test_an_episode_is_put_online_whole(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    made, files = episode(tmp_path)
    steps: list[tuple[str, int, int]] = []
    outcome = publish(store, SHOW, made, files, write_feed, NOW, on_progress=lambda *step: steps.append(step))
    assert outcome.feed_key == "bobine-romanaise/feed.xml"
    assert outcome.conditional
    assert set(outcome.uploaded) == {*files, feed_key(SLUG), record_key(SLUG, made.date)}
    assert outcome.unchanged == ()
    for file in stored_files(made):
        found = store.head(file.key)
        assert found is not None
        assert found.is_identical_to(file)
        assert store.read(file.key, 0, file.bytes) == files[file.key].read_bytes()
    assert feed_of(store).encode() == write_feed(FeedContent(releases=[outcome.release]))[feed_key(SLUG)]
    assert {label for label, _, _ in steps} == {"Envoi", "Vérification", "Flux"}
    assert all(0 <= done <= total for _, done, total in steps)
    assert ("Envoi", sum(f.bytes for f in stored_files(made)), sum(f.bytes for f in stored_files(made))) in steps


def test_a_second_run_changes_nothing(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    first = released(store, tmp_path)
    before = store.fetch(feed_key(SLUG))
    later, files = episode(tmp_path / "again", now=NOW + timedelta(days=2))
    watched = Fragile(store)
    second = publish(watched, SHOW, later, files, write_feed, NOW + timedelta(days=2))
    assert second.uploaded == ()
    assert set(second.unchanged) == set(first.uploaded)
    assert second.release == first.release
    assert store.fetch(feed_key(SLUG)) == before
    assert not {"put", "swap"} & set(watched.calls)


def test_a_correction_keeps_identity_and_first_date(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    first = released(store, tmp_path)
    later = NOW + timedelta(hours=3)
    corrected, files = episode(tmp_path, text="deux", now=later)
    outcome = publish(store, SHOW, dataclasses.replace(corrected, guid="autre"), files, write_feed, later)
    assert outcome.release.guid == first.release.guid
    assert outcome.release.published == first.release.published == NOW
    assert outcome.release.updated == later
    assert "version deux" in feed_of(store)
    assert "version un" not in feed_of(store)
    assert_feed_names_only_what_is_there(store)


def test_dates_in_the_future_are_brought_back_to_now(tmp_path: Path) -> None:
    made, files = episode(tmp_path, now=NOW + timedelta(days=900))
    outcome = publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)
    assert outcome.release.published == outcome.release.updated == NOW


def test_the_channels_files_are_sent_and_guarded_too(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    cover = tmp_path / "cover.jpg"
    cover.write_bytes(b"jpeg" * 100)
    channel = stored_file(cover, f"{SLUG}/images/{SLUG}-0123456789ab.jpg")
    made, files = episode(tmp_path)
    outcome = publish(store, SHOW, made, {**files, channel.key: cover}, write_feed, NOW, channel_files=[channel])
    assert channel.key in outcome.uploaded
    assert store.head(channel.key) is not None


def test_a_local_file_that_changed_is_refused(tmp_path: Path) -> None:
    made, files = episode(tmp_path)
    files[made.image.key].write_bytes(b"other")
    with pytest.raises(PublishError, match="a changé depuis"):
        publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)
    files[made.image.key].unlink()
    with pytest.raises(PublishError, match="ne peut pas être lu"):
        publish(opened_folder(tmp_path), SHOW, made, files, write_feed, NOW)


def test_another_episodes_lost_file_is_named_and_repaired_by_publishing_it(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    first = released(store, tmp_path, 0)
    Path(store.location(chapters_of(first.release).key)).unlink()
    (said,) = released(store, tmp_path, 1).warnings
    assert re.search(r"jeudi 26 novembre 2026.*bobine publier bobine-romanaise/2026-11-26", said)
    assert days_in(feed_of(store)) == [week_of(1)]
    assert_feed_names_only_what_is_there(store)
    released(store, tmp_path, 0)
    assert days_in(feed_of(store)) == [week_of(0), week_of(1)]
    assert_feed_names_only_what_is_there(store)
