"""The feed at its destination: no listing and no single answer removes an episode, and no lost file stops another."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import Interrupted
from bobine.model.published.release import Release, Withdrawal
from bobine.publish.destinations.store import Store
from bobine.publish.feed import paging
from bobine.publish.feed.online import FeedContent
from bobine.publish.feed.online_items import items_online
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import decode, encode
from bobine.publish.release import Outcome, publish
from tests.publish.samples import SHOW, chapters_of
from tests.publish.shelf import NOW, SLUG, episode, feed_of, week_of
from tests.publish.stores import PLACE, opened_folder, real_feed, released


def titles(store: Store, page: int = 1) -> list[str]:
    found = store.fetch(feed_key(SLUG, page))
    return [item.title.split(",")[0] for item in items_online(found.content if found else b"").values()]


def release_of(store: Store, week: int) -> Release:
    found = store.fetch(record_key(SLUG, week_of(week)))
    assert found is not None
    return decode(found.content, "")


def forget_record(store: Store, week: int) -> None:
    Path(store.location(record_key(SLUG, week_of(week)))).unlink()


def again(store: Any, tmp_path: Path, week: int, known: tuple[Release, ...] = ()) -> Outcome:
    made, files = episode(tmp_path / "episodes", week)
    return publish(store, SHOW, made, files, real_feed, NOW, known=known)


class Late:
    """A store whose listing names nothing of what the tests say."""

    def __init__(self, store: Store, hidden: str) -> None:
        self._store, self._hidden = store, hidden

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def listing(self, prefix: str) -> Any:
        return {key: entry for key, entry in self._store.listing(prefix).items() if self._hidden not in key}


def test_a_listing_that_is_late_for_good_removes_nothing(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    for week in (0, 1):
        released(store, tmp_path, week, writer=real_feed)
    for hidden in ("2026-11-26", SLUG):
        released(Late(store, hidden), tmp_path, 2, writer=real_feed)
        assert titles(store) == ["Semaine 2", "Semaine 1", "Semaine 0"]


def test_what_this_machine_put_online_stays_though_record_and_item_are_gone(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    first = released(store, tmp_path, 0, writer=real_feed).release
    forget_record(store, 0)
    Path(store.location(feed_key(SLUG))).unlink()
    again(store, tmp_path, 1)
    assert titles(store) == ["Semaine 1"]
    outcome = again(store, tmp_path, 1, known=(first,))
    assert titles(store) == ["Semaine 1", "Semaine 0"]
    assert outcome.warnings == ()
    assert again(store, tmp_path, 1).warnings != ()
    assert titles(store) == ["Semaine 1", "Semaine 0"]


def test_a_destination_that_was_emptied_is_said_once(tmp_path: Path) -> None:
    before, store = opened_folder(tmp_path / "before"), opened_folder(tmp_path)
    known = tuple(released(before, tmp_path, week, writer=real_feed).release for week in (0, 1, 2))
    (said,) = again(store, tmp_path, 3, known=known).warnings
    assert said.startswith("3 épisodes ne sont plus à la destination")
    assert titles(store) == ["Semaine 3"]


def test_only_a_withdrawal_removes(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    for week in (0, 1, 2):
        released(store, tmp_path, week, writer=real_feed)
    known = release_of(store, 1)
    record = Path(store.location(record_key(SLUG, week_of(1))))
    record.write_bytes(encode(dataclasses.replace(known, withdrawn=Withdrawal(at=datetime(2026, 12, 9, tzinfo=UTC)))))
    assert again(store, tmp_path, 2, known=(known,)).warnings == ()
    assert titles(store) == ["Semaine 2", "Semaine 0"]
    Path(store.location(known.audio[0].file.key)).unlink()  # what was withdrawn may be deleted
    assert again(store, tmp_path, 2).warnings == ()
    withdrawn = release_of(store, 1)
    record.unlink()
    assert again(store, tmp_path, 2, known=(withdrawn,)).warnings == ()
    assert titles(store) == ["Semaine 2", "Semaine 0"]


@pytest.mark.parametrize("what", ["main", "other", "image", "chapters"])
def test_a_lost_file_stops_nobody(tmp_path: Path, what: str) -> None:
    store = opened_folder(tmp_path)
    lost = released(store, tmp_path, 0, writer=real_feed).release
    parts = {"main": lost.audio[0].file, "other": lost.audio[1].file, "image": lost.image}
    file = {**parts, "chapters": chapters_of(lost)}[what]
    Path(store.location(file.key)).unlink()
    (said,) = released(store, tmp_path, 1, writer=real_feed).warnings
    assert file.key in said
    assert f"bobine publier {SLUG}/2026-11-26" in said
    assert titles(store) == (["Semaine 1", "Semaine 0"] if what == "other" else ["Semaine 1"])
    assert file.key not in feed_of(store)
    assert released(store, tmp_path, 0, writer=real_feed).warnings == ()
    assert titles(store) == ["Semaine 1", "Semaine 0"]
    assert file.key in feed_of(store)


def test_an_item_without_record_or_sound_leaves_the_feed_and_it_is_said(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    place = dataclasses.replace(PLACE, base_url=store.public_url)

    def here(content: FeedContent) -> dict[str, bytes]:
        return feed_files(SHOW, content.releases, place, content.kept, content.left_out)

    lost = released(store, tmp_path, 0, writer=here).release
    forget_record(store, 0)
    released(store, tmp_path, 1, writer=here)
    assert titles(store) == ["Semaine 1", "Semaine 0"]
    Path(store.location(lost.audio[0].file.key)).unlink()
    (said,) = released(store, tmp_path, 1, writer=here).warnings
    assert "« Semaine 0, version un » n'est plus dans le flux" in said
    assert titles(store) == ["Semaine 1"]


def test_two_episodes_of_one_number_are_named(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0, writer=real_feed)
    made, files = episode(tmp_path / "episodes", 1)
    outcome = publish(store, SHOW, dataclasses.replace(made, number=7), files, real_feed, NOW)
    (said,) = outcome.warnings
    assert "jeudi 26 novembre 2026 et du jeudi 3 décembre 2026" in said


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of two items behind a main feed of four at most."""
    monkeypatch.setattr(paging, "MAX_ITEMS", 4)
    monkeypatch.setattr(paging, "PAGE_ITEMS", 2)


@pytest.mark.usefixtures("short_pages")
def test_pages_are_written_before_the_feed_that_leads_to_them(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    written: list[str] = []

    class Watched:
        def __getattr__(self, name: str) -> Any:
            return getattr(store, name)

        def swap(self, key: str, *rest: Any) -> bool:
            if key.endswith(".xml"):
                written.append(key.rpartition("/")[2])
            return store.swap(key, *rest)

    uploaded: list[str] = []
    for week in range(7):
        uploaded = list(released(Watched(), tmp_path, week, writer=real_feed, now=NOW + timedelta(weeks=week)).uploaded)
    assert written == ["feed.xml"] * 4 + ["feed-2.xml", "feed.xml", "feed.xml", "feed-3.xml", "feed-2.xml", "feed.xml"]
    assert [key.rpartition("/")[2] for key in uploaded if key.endswith(".xml")] == [
        "feed-2.xml",
        "feed-3.xml",
        "feed.xml",
    ]
    assert [titles(store, page) for page in (1, 3, 2)] == [
        ["Semaine 6", "Semaine 5", "Semaine 4"], ["Semaine 3", "Semaine 2"], ["Semaine 1", "Semaine 0"],
    ]  # fmt: skip
    assert released(Watched(), tmp_path, 6, writer=real_feed, now=NOW + timedelta(weeks=6)).uploaded == ()


@pytest.mark.usefixtures("short_pages")
def test_an_item_of_an_old_page_stays_without_its_record(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    for week in range(7):
        released(store, tmp_path, week, writer=real_feed, now=NOW + timedelta(weeks=week))
    before = [store.fetch(feed_key(SLUG, page)) for page in (2, 3)]
    forget_record(store, 0)
    (said,) = released(store, tmp_path, 6, writer=real_feed, now=NOW + timedelta(weeks=6)).warnings
    assert "« Semaine 0, version un » n'a plus de fiche" in said
    assert titles(store, 2) == ["Semaine 1", "Semaine 0"]
    assert [store.fetch(feed_key(SLUG, page)) for page in (3,)] == before[1:]


@pytest.mark.usefixtures("short_pages")
def test_killed_at_any_write_the_links_lead_to_every_episode(tmp_path: Path) -> None:
    for killed_at in range(1, 4):
        store = opened_folder(tmp_path / str(killed_at))
        for week in range(6):
            released(store, tmp_path, week, writer=real_feed, now=NOW + timedelta(weeks=week))
        left = [killed_at]

        class Killed:
            def __getattr__(self, name: str) -> Any:
                return getattr(store, name)  # noqa: B023 - used within its turn

            def swap(self, key: str, *rest: Any) -> bool:
                if key.endswith(".xml"):
                    left[0] -= 1  # noqa: B023
                    if left[0] < 0:  # noqa: B023
                        raise KeyboardInterrupt
                return store.swap(key, *rest)  # noqa: B023

        if killed_at < 3:
            with pytest.raises(Interrupted, match="en ligne est entier"):
                released(Killed(), tmp_path, 6, writer=real_feed, now=NOW + timedelta(weeks=6))
        found = {title for page in (1, 3, 2) for title in titles(store, page)}
        assert {f"Semaine {week}" for week in range(6)} <= found
        released(store, tmp_path, 6, writer=real_feed, now=NOW + timedelta(weeks=6))
        assert len({title for page in (1, 3, 2) for title in titles(store, page)}) == 7


def test_a_record_says_what_a_new_release_says(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0, writer=real_feed)
    found = store.fetch(record_key(SLUG, week_of(0)))
    assert found is not None
    assert not {"soundbites", "discussion", "withdrawn", "kind"} & json.loads(found.content).keys()
