"""The pages at a destination: sent before the feed, only where they change, finished after any interruption."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.model.published.release import Release, Withdrawal
from bobine.publish.destinations.store import Store
from bobine.publish.layout import episode_page_key, feed_key, show_page_key
from bobine.publish.pages.keys import is_page_key, state_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.pages.site import pages_of
from bobine.publish.release import Outcome, publish
from tests.publish.pages.pages_samples import MAGAZINE, heard, told
from tests.publish.shelf import NOW, SLUG, episode, write_feed
from tests.publish.stores import OpenStore, opened_folder


def released(store: Store, folder: Path, week: int, text: str = "un") -> Outcome:
    release, files = episode(folder, week, text=text)
    release = dataclasses.replace(release, items=heard(week))
    return publish(store, MAGAZINE, release, files, write_feed, NOW, pages=OnlinePages(store, MAGAZINE, release.date))


def pages_at(store: Store) -> dict[str, bytes]:
    found = {}
    for key in store.listing(f"{SLUG}/"):
        if is_page_key(key):
            fetched = store.fetch(key)
            assert fetched is not None
            found[key] = fetched.content
    return found


def brought(store: Store, releases: Sequence[Release]) -> OnlinePages:
    pages = OnlinePages(store, MAGAZINE)
    pages.bring_up_to_date(releases, store.listing(f"{SLUG}/"))
    return pages


def test_a_release_sends_the_pages_before_the_feed(new_store: OpenStore, tmp_path: Path) -> None:
    store = new_store()
    first = released(store, tmp_path, 0)
    assert pages_at(store) == pages_of(MAGAZINE, [first.release], store.public_url)
    order = list(first.uploaded)
    assert order.index(show_page_key(SLUG)) < order.index(feed_key(SLUG))
    assert order.index(first.release.audio[0].file.key) < order.index(episode_page_key(SLUG, first.release.date))
    again = released(store, tmp_path, 0)
    assert again.uploaded == ()
    second = released(store, tmp_path, 1)
    assert pages_at(store) == pages_of(MAGAZINE, [first.release, second.release], store.public_url)


def test_one_more_episode_touches_only_what_changes(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    releases = [told(week) for week in range(6)]
    brought(store, releases[:5])
    written = brought(store, releases).written
    days = [one.date for one in releases]
    assert {key for key in written if "/20" in key} == {
        *(key for key in pages_of(MAGAZINE, releases, store.public_url) if f"/{days[5]}/" in key),
        episode_page_key(SLUG, days[4]),
    }
    assert not [key for key in written if "/pages/" in key]
    assert brought(store, releases).written == {}
    assert pages_at(store) == pages_of(MAGAZINE, releases, store.public_url)


def test_a_lost_or_spoiled_note_costs_only_time(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    releases = [told(0), told(1)]
    brought(store, releases)
    note = Path(store.location(state_key(SLUG)))
    for content in (b"", b"{", b"[]", b'{"format":1,"pages":[]}', b'{"format":9}', "é".encode("latin-1")):
        note.write_bytes(content)
        assert brought(store, releases).written == {}
    note.unlink()
    Path(store.location(show_page_key(SLUG))).unlink()
    assert list(brought(store, releases).written) == [show_page_key(SLUG)]


def test_a_list_that_is_empty_now_names_nobody(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    brought(store, [told(0)])
    gone = told(0, withdrawn=Withdrawal(at=NOW, reason="à sa demande"))
    brought(store, [gone])
    for key, content in pages_at(store).items():
        assert b"Thi-Lan" not in content, key
        assert gone.title.encode() not in content, key
    assert b"n\xe2\x80\x99existe plus" in pages_at(store)[f"{SLUG}/personnes/index.html"]


class Failing:
    """A store that fails at its n-th change, before or after it."""

    def __init__(self, store: Store, left: int, after: bool) -> None:
        self._store, self._left, self._after = store, left, after

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def swap(self, *given: object) -> bool:
        self._left -= 1
        if self._left == 0 and not self._after:
            raise PublishError("coupure")
        done: Callable[..., bool] = self._store.swap
        found = done(*given)
        if self._left == 0:
            raise PublishError("coupure")
        return found


@pytest.mark.parametrize("after", [False, True])
def test_whatever_fails_the_next_run_ends_in_the_same_bytes(tmp_path: Path, after: bool) -> None:
    releases = [told(0), told(1)]
    whole = opened_folder(tmp_path / "whole")
    changes = len(brought(whole, releases).written) + 1
    for number in range(1, changes + 1):
        store = opened_folder(tmp_path / str(number))
        failing: Store = Failing(store, number, after)  # type: ignore[assignment]
        with pytest.raises(PublishError, match="coupure"):
            brought(failing, releases)
        brought(store, releases)
        assert pages_at(store) == pages_at(whole)


def test_a_stale_publisher_is_put_right_by_the_next_feed(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    first = released(store, tmp_path / "a", 0)
    released(store, tmp_path / "a", 1)
    OnlinePages(store, MAGAZINE).bring_up_to_date([first.release], store.listing(f"{SLUG}/"))  # did not see the second
    third = released(store, tmp_path / "a", 2)
    assert f"{third.release.date}/index.html".encode() in pages_at(store)[show_page_key(SLUG)]
    assert pages_at(store)[show_page_key(SLUG)].count(b"data-entry") == 3
