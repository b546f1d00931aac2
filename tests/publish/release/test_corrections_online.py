"""Corrections and withdrawals at the destination: what is superseded goes in its time, and never while it is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.published.release import FormerFile, Release, ReleaseStatus, Withdrawal
from bobine.publish.corrections.withdrawing import withdraw, withdrawn_release
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import decode, former_files, stored_files
from bobine.publish.release import Outcome, publish
from bobine.store.records.releases import read_releases, write_release
from tests.publish.samples import SHOW, release
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
from tests.publish.stores import Fragile, Interrupted, OpenFilledStore, OpenStore, Unplugged, opened_folder, real_feed
from tests.publish.turns import turns
from tests.store.records.test_round_trips import local_release

WEEK = timedelta(days=7)
WHY = Withdrawal(at=NOW, reason="à la demande d'une invitée")


def files_of(store: Store, week: int = 0) -> set[str]:
    """The keys of an episode's files that are at the destination, its record left out."""
    day = week_of(week).isoformat()
    return {key for key in store.listing(f"{SLUG}/") if day in key and key != record_key(SLUG, week_of(week))}


def record_of(store: Store, week: int = 0) -> Release:
    found = store.fetch(record_key(SLUG, week_of(week)))
    assert found is not None
    return decode(found.content, "")


def published(store: Any, folder: Path, text: str, now: datetime, keep: timedelta = WEEK, week: int = 0) -> Outcome:
    made, files = episode(folder, week, text=text, now=now)
    return publish(store, SHOW, made, files, write_feed, now, keep=keep)


def withdrawn(store: Any, folder: Path, text: str, now: datetime, keep: timedelta = WEEK, week: int = 0) -> Outcome:
    made, _ = episode(folder, week, text=text)
    return withdraw(store, SHOW, made, replace(WHY, at=now), {}, write_feed, now, keep=keep)


each_kind_of_store = pytest.mark.parametrize(
    "new_filled_store", ["folder", pytest.param("bucket", marks=pytest.mark.slow)], indirect=True
)
"""Those with and without a folder's certainty; a remote folder goes through the same steps as these."""


def test_a_correction_keeps_what_it_supersedes_for_its_time_and_no_longer(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    published(store, tmp_path, "un", NOW)
    old = files_of(store)
    outcome = published(store, tmp_path, "deux", NOW + timedelta(hours=1))
    assert outcome.removed == ()
    assert files_of(store) > old
    assert {file.key for file in record_of(store).former} == old
    assert {file.until for file in record_of(store).former} == {(NOW + timedelta(hours=1) + WEEK)}
    again = published(store, tmp_path, "deux", NOW + timedelta(hours=2))
    assert (again.uploaded, again.removed) == ((), ())
    # whoever publishes next, another episode even, deletes what is due
    later = published(store, tmp_path, "un", NOW + timedelta(days=8), week=1)
    assert set(later.removed) == old
    assert not files_of(store) & old
    assert record_of(store).former == ()
    assert_feed_names_only_what_is_there(store)


def test_at_once_means_in_the_same_run(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    published(store, tmp_path, "un", NOW)
    old = files_of(store)
    published(store, tmp_path, "deux", NOW, keep=WEEK)
    outcome = published(store, tmp_path, "trois", NOW + timedelta(minutes=1), keep=timedelta())
    assert set(outcome.removed) > old
    assert files_of(store) == {file.key for file in stored_files(outcome.release)}


def test_a_correction_taken_back_keeps_its_file(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    published(store, tmp_path, "un", NOW)
    first = files_of(store)
    published(store, tmp_path, "deux", NOW + timedelta(hours=1))
    published(store, tmp_path, "un", NOW + timedelta(hours=2))
    published(store, tmp_path, "un", NOW + timedelta(days=30), week=1)
    assert files_of(store) == first


def test_a_withdrawn_episode_leaves_the_feed_and_its_files_go(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    for week in (0, 1):
        published(store, tmp_path, "un", NOW, week=week)
    outcome = withdrawn(store, tmp_path, "un", NOW + timedelta(hours=1))
    assert days_in(feed_of(store)) == [week_of(1)]
    assert outcome.removed == ()
    assert files_of(store)
    at_once = withdrawn(store, tmp_path, "un", NOW + timedelta(hours=2), keep=timedelta())
    assert at_once.removed
    assert files_of(store) == set()
    assert withdrawn(store, tmp_path, "un", NOW + timedelta(hours=3), keep=timedelta()).uploaded == ()
    back = published(store, tmp_path, "un", NOW + timedelta(hours=4))
    assert days_in(feed_of(store)) == [week_of(0), week_of(1)]
    assert back.release.guid == release(0).guid
    assert back.release.published == NOW.replace(microsecond=0)
    assert_feed_names_only_what_is_there(store)


def test_the_record_of_a_withdrawn_episode_holds_none_of_its_content(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    made, files = episode(tmp_path, text="un")
    publish(store, SHOW, made, files, write_feed, NOW)
    withdrawn(store, tmp_path, "un", NOW)
    found = store.fetch(record_key(SLUG, made.date))
    assert found is not None
    told = json.loads(found.content)
    assert made.people
    assert not [name for name in (made.title, made.description, *(one.name for one in made.people))
                if name in found.content.decode()]  # fmt: skip
    assert told["withdrawn"]["reason"] == WHY.reason


def test_a_withdrawn_release_can_be_noted_here(tmp_path: Path) -> None:
    local = local_release("local", ReleaseStatus.ONLINE)
    done = replace(local, release=withdrawn_release(release(0), None, WHY, NOW))
    write_release(tmp_path / "release.toml", done)
    assert read_releases(tmp_path / "release.toml") == {"local": done}
    assert not done.is_online


def test_an_empty_feed_is_a_feed(tmp_path: Path) -> None:
    store = opened_folder(tmp_path / "workspace")
    made, files = episode(tmp_path)
    publish(store, SHOW, made, files, real_feed, NOW)
    withdraw(store, SHOW, made, WHY, {}, real_feed, NOW)
    found = store.fetch(feed_key(SLUG))
    assert found is not None
    assert b"<channel>" in found.content
    assert b"<item>" not in found.content


Work = Callable[[Any, Path, str, datetime, timedelta], Outcome]


@each_kind_of_store
@pytest.mark.parametrize("work", [published, withdrawn], ids=["corrected", "withdrawn"])
def test_stopped_at_any_call_the_feed_names_nothing_deleted_and_the_next_run_ends_it(
    new_filled_store: OpenFilledStore, request: pytest.FixtureRequest, tmp_path: Path, work: Work
) -> None:
    new_store = new_filled_store(lambda store: [published(store, tmp_path, "un", NOW, week=week) for week in (0, 1)])
    for call in turns(request.node.name, over_a_network="bucket" in request.node.name):
        store = new_store()
        old = files_of(store)
        fragile = Fragile(store, call)
        try:
            work(fragile, tmp_path, "deux", NOW + timedelta(hours=1), timedelta())
        except Unplugged:
            assert_feed_names_only_what_is_there(store)
        else:
            break
        work(store, tmp_path, "deux", NOW + timedelta(hours=2), timedelta())
        assert_feed_names_only_what_is_there(store)
        assert not files_of(store) & old, f"call {call}: {fragile.calls[-1]}"
        assert week_of(1) in days_in(feed_of(store))
    assert call > 15


@each_kind_of_store
@pytest.mark.parametrize("work", [published, withdrawn], ids=["corrected", "withdrawn"])
def test_another_publisher_between_any_two_calls_loses_nothing(
    new_filled_store: OpenFilledStore, request: pytest.FixtureRequest, tmp_path: Path, work: Work
) -> None:
    new_store = new_filled_store(lambda store: published(store, tmp_path, "un", NOW))
    for call in turns(request.node.name, over_a_network="bucket" in request.node.name):
        store = new_store()
        old = files_of(store)

        def publish_next_week(store: Store = store) -> Outcome:
            return published(store, tmp_path, "un", NOW, week=1)

        other = Interrupted(store, call, publish_next_week)
        work(other, tmp_path, "deux", NOW + timedelta(hours=1), timedelta())
        published(store, tmp_path, "un", NOW + timedelta(hours=1), week=1)
        assert_feed_names_only_what_is_there(store)
        assert not files_of(store) & old, f"call {call}"
        assert week_of(1) in days_in(feed_of(store))
        assert (week_of(0) in days_in(feed_of(store))) is (work is published)
        if call > len(other.calls):
            break
    assert call > 15


class Undeletable:
    """A store whose key may not delete."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def delete(self, key: str) -> None:
        raise PublishError(f"« {key} » : accès refusé.")


def test_what_cannot_be_deleted_is_said_and_tried_again(tmp_path: Path) -> None:
    store = opened_folder(tmp_path / "workspace")
    published(store, tmp_path, "un", NOW)
    outcome = withdrawn(Undeletable(store), tmp_path, "un", NOW, timedelta())
    assert "accès refusé" in "\n".join(outcome.warnings)
    assert days_in(feed_of(store)) == []
    assert withdrawn(store, tmp_path, "un", NOW, timedelta()).removed
    assert files_of(store) == set()


@pytest.mark.parametrize(
    "key", [f"{SLUG}/feed.xml", f"{SLUG}/releases/2026-11-26.json", "autre/audio/x-0123456789ab.mp3"]
)
def test_a_record_cannot_have_what_is_no_file_of_an_episode_deleted(tmp_path: Path, key: str) -> None:
    store = opened_folder(tmp_path / "workspace")
    made, files = episode(tmp_path)
    publish(store, SHOW, replace(made, former=(FormerFile(key=key, until=NOW),)), files, write_feed, NOW)
    path = Path(store.location(key))
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_bytes() if path.exists() else b""
    path.write_bytes(before)
    published(store, tmp_path, "un", NOW + timedelta(days=9), week=1)
    assert path.exists()


def test_deleting_what_is_not_there_is_no_error(new_store: OpenStore) -> None:
    new_store().delete(f"{SLUG}/audio/x-0123456789ab.mp3")


KEYS = st.sampled_from([f"{SLUG}/audio/{name}-0123456789ab.mp3" for name in "abcdef"])
MOMENTS = st.integers(-500, 500).map(lambda days: NOW + timedelta(days=days))
FORMER = st.lists(st.builds(FormerFile, key=KEYS, until=MOMENTS), max_size=4).map(tuple)
RELEASES = st.builds(
    lambda key, former: replace(
        release(0),
        audio=(replace(release(0).audio[0], file=replace(release(0).audio[0].file, key=key)),),
        former=former,
    ),
    KEYS,
    FORMER,
)


def _keyed(state: Release) -> list[str]:
    return [*(file.key for file in stored_files(state)), *(file.key for file in state.former)]


@given(RELEASES, RELEASES)
def test_every_file_of_a_state_is_named_or_former_and_never_both(new: Release, old: Release) -> None:
    former = {file.key for file in former_files(new, old, NOW)}
    named = {file.key for file in stored_files(new)}
    known = {key for state in (new, old) for key in _keyed(state)}
    assert former == known - named
    assert all(file.until <= NOW for file in former_files(new, old, NOW))


@given(RELEASES, RELEASES)
def test_withdrawing_names_every_file_and_is_idempotent(local: Release, online: Release) -> None:
    once = withdrawn_release(local, online, WHY, NOW)
    known = {key for state in (local, online) for key in _keyed(state)}
    assert {file.key for file in once.former} == known
    assert withdrawn_release(local, once, replace(WHY, reason="autre"), NOW + WEEK) == once
