"""Further pages of a feed that stand as they should are not made again, and come out the same in any case."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bobine.evening.online import feed_pages
from bobine.evening.online.feed_pages import remembered
from bobine.publish.feed import paging, write
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key
from bobine.publish.memory.feed_memory import FeedMemory
from tests.publish.samples import SHOW, release
from tests.publish.stores import PLACE, opened_folder

WEEKS = 12


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MAX_ITEMS", 4)
    monkeypatch.setattr(paging, "PAGE_ITEMS", 2)


def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The pages that are made from now on."""
    pages: list[int] = []
    make = write._page

    def noted(*given_: Any) -> bytes:
        pages.append(given_[4][0])
        return make(*given_)

    monkeypatch.setattr(write, "_page", noted)
    return pages


def test_only_what_changed_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    memory = FeedMemory({})
    releases = [release(week) for week in range(WEEKS)]
    online = feed_files(SHOW, releases, PLACE, memory=memory)
    assert len(online) == 5
    pages = made(monkeypatch)
    again = FeedMemory(online, memory.made)
    assert feed_files(SHOW, releases, PLACE, memory=again) == online
    assert pages == [1]
    pages.clear()
    releases[3] = release(3, title="Corrigé", updated=release(9).updated)
    after = feed_files(SHOW, releases, PLACE, memory=again)
    assert pages == [3, 1]
    assert {key for key, content in after.items() if online[key] != content} == {feed_key(SHOW.slug, 3)}


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, WEEKS - 1), st.sampled_from(["title", "left out", "sound", "show", "hand"]))))
def test_with_or_without_memory_the_bytes_are_the_same(changes: list[tuple[int, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(paging, "MAX_ITEMS", 4)
        patch.setattr(paging, "PAGE_ITEMS", 2)
        releases, left_out, show = [release(week) for week in range(WEEKS)], frozenset[str](), SHOW
        memory = FeedMemory({})
        online = feed_files(show, releases, PLACE, memory=memory)
        for number, (week, change) in enumerate(changes):
            if change == "title":
                releases[week] = dataclasses.replace(releases[week], title=f"Titre {number % 2}")
            elif change == "sound":
                releases[week] = dataclasses.replace(releases[week], audio=releases[week].audio[:1])
            elif change == "left out":
                left_out ^= {releases[week].guid}
            elif change == "show":
                show = dataclasses.replace(show, title=f"Titre {number}")
            else:
                online = {key: content.replace(b"fanfare", b"main") for key, content in online.items()}
            memory = FeedMemory(online, memory.made)
            online = feed_files(show, releases, PLACE, left_out=left_out, memory=memory)
            assert online == feed_files(show, releases, PLACE, left_out=left_out)


def test_it_is_kept_here_and_losing_it_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    store = opened_folder(tmp_path)
    with remembered(store, SHOW.slug, {}) as memory:
        memory.page("page", "print", lambda: b"content")
    with remembered(store, SHOW.slug, {"page": b"content"}) as memory:
        assert memory.page("page", "print", lambda: b"never") == b"content"
        assert memory.page("page", "another", lambda: b"new") == b"new"
    (kept,) = (tmp_path / "state" / "feeds").iterdir()
    for damage in (b"", b"[]", b'{"pages": {"page": ["print"]}}', kept.read_bytes()[:-9]):
        kept.write_bytes(damage)
        with remembered(store, SHOW.slug, {"page": b"content"}) as memory:
            assert memory.page("page", "print", lambda: b"made") == b"made"
    monkeypatch.setattr(feed_pages, "_making_digest", lambda: "another version")
    with remembered(store, SHOW.slug, {"page": b"made"}) as memory:
        assert memory.made == {}
