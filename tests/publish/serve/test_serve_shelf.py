"""The local server hands out what a feed or a record names, and nothing else that lies in its folder."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path

import pytest

from bobine.model.published.release import Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.store import Store
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import encode, stored_files
from bobine.publish.serve.shelf import Shelf
from tests.publish.samples import SHOW, chapters_of
from tests.publish.shelf import NOW, SLUG, episode, stored_file, week_of, write_feed
from tests.publish.stores import opened_folder, released

Attempt = Callable[[str], AbstractContextManager[None]]

NEVER_NAMED = "a file that nobody published, asked of the local server"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = opened_folder(tmp_path)
    released(store, tmp_path)
    return store


def shelf_of(store: Store) -> Shelf:
    return Shelf(Path(store.location("")), store.public_url)


def test_what_the_records_name_is_there(store: Store, tmp_path: Path) -> None:
    shelf = shelf_of(store)
    made, files = episode(tmp_path / "again")
    assert shelf.slugs() == [SLUG]
    for file in stored_files(made):
        found = shelf.path(file.key)
        assert found is not None
        assert found.read_bytes() == files[file.key].read_bytes()


@pytest.mark.boundary
@pytest.mark.parametrize(
    "name",
    [
        "team.toml", f"{SLUG}/team.toml", f"{SLUG}/audio/raw.wav", f"{SLUG}/notes.txt", ".env", f"{SLUG}/audio",
        f"{SLUG}/.feed.xml.lock", f"{SLUG}/releases/2026-11-26.json", f"{SLUG}/releases/notes.json",
        f"{SLUG}/feed.xml", f"{SLUG}/FEED.XML", "autre/feed.xml",
    ],
)  # fmt: skip
def test_what_nobody_names_is_not(store: Store, name: str, attempt: Attempt) -> None:
    path = Path(store.location("")) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(b"secret")
    with attempt(NEVER_NAMED):
        assert shelf_of(store).path(name) is None


@pytest.mark.boundary
@pytest.mark.parametrize("kind", ["link", "linked folder", "fifo", "folder"])
def test_a_named_file_that_is_no_ordinary_one_is_not_followed(
    store: Store, tmp_path: Path, kind: str, attempt: Attempt
) -> None:
    made, _ = episode(tmp_path / "again")
    path = Path(store.location(chapters_of(made).key))
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / path.name).write_bytes(b"secret")
    path.unlink()
    match kind:
        case "link":
            path.symlink_to(secret / path.name)
        case "linked folder":
            path.parent.rmdir()
            path.parent.symlink_to(secret)
        case "fifo":
            os.mkfifo(path)
        case _:
            path.mkdir()
    with attempt("a link, a pipe or a folder in the place of a published file"):
        assert shelf_of(store).path(chapters_of(made).key) is None


def test_what_was_withdrawn_is_gone_and_what_was_replaced_is_there_for_its_time(store: Store, tmp_path: Path) -> None:
    shelf = shelf_of(store)
    made, _ = episode(tmp_path / "again")
    audio = made.audio[0].file.key
    released(store, tmp_path, text="deux")
    assert shelf.path(audio) is not None
    withdraw(store, SHOW, made, Withdrawal(at=NOW), {}, write_feed, NOW)
    assert shelf.path(audio) is None
    assert shelf.is_gone(audio)
    assert not shelf.is_gone(feed_key(SLUG))
    assert not shelf.is_gone(record_key(SLUG, made.date))
    released(store, tmp_path)
    assert shelf.path(audio) is not None
    assert not shelf.is_gone(audio)


def test_what_comes_and_goes_is_seen_at_once(store: Store, tmp_path: Path) -> None:
    shelf = shelf_of(store)
    later, _ = episode(tmp_path / "later", 1)
    assert shelf.path(later.image.key) is None
    released(store, tmp_path, 1)
    assert shelf.path(later.image.key) is not None
    Path(store.location(record_key(SLUG, week_of(1)))).unlink()
    assert shelf.path(later.image.key) is None


def test_what_only_the_feed_names_is_there(store: Store, tmp_path: Path) -> None:
    cover = tmp_path / "feed" / SLUG / "images" / "couverture-e-1.jpg"
    cover.write_bytes(b"jpeg")
    feed = f'<rss><channel><image href="{store.public_url}{SLUG}/images/couverture-e-1.jpg"/></channel></rss>'
    Path(store.location(feed_key(SLUG))).write_text(feed, encoding="utf-8")
    assert shelf_of(store).path(f"{SLUG}/images/couverture-e-1.jpg") == cover.resolve()


@pytest.mark.boundary
@pytest.mark.parametrize("content", [b"", b"\xff", b"{}", b"[" * 100_000, b" " * (2 << 20)])
def test_a_record_that_is_none_opens_nothing(store: Store, tmp_path: Path, content: bytes, attempt: Attempt) -> None:
    shelf = shelf_of(store)
    made, _ = episode(tmp_path / "again")
    Path(store.location(record_key(SLUG, made.date))).write_bytes(content)
    with attempt("a damaged record at the destination"):
        assert shelf.path(made.image.key) is None
        assert shelf.slugs() == [SLUG]


def test_a_record_opens_no_other_shows_files(store: Store, tmp_path: Path) -> None:
    other = tmp_path / "feed" / "autre" / "audio" / "a.mp3"
    other.parent.mkdir(parents=True)
    other.write_bytes(b"sound")
    made, _ = episode(tmp_path / "again")
    stolen = replace(made, image=stored_file(other, "autre/audio/a.jpg"))
    Path(store.location(record_key(SHOW.slug, made.date))).write_bytes(encode(stolen))
    assert shelf_of(store).path("autre/audio/a.jpg") is None
