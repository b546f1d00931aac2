"""Records that cannot be read: left as they are and said; the others publish, and nobody's episode leaves the feed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online_items import items_online
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import encode
from tests.conftest import ROOT
from tests.publish.release.test_records import spoilt
from tests.publish.samples import SHOW
from tests.publish.shelf import SLUG, feed_of, week_of
from tests.publish.stores import opened_folder, real_feed, released

pytestmark = pytest.mark.usefixtures("asked_again_soon")

Attempt = Callable[[str], AbstractContextManager[None]]

DAMAGED = sorted((ROOT.parent / "shared" / "cases" / "damaged").glob("fuzz_record_json*"))
CONTENTS = [
    b"", b"{", b"[]", b"\xff", b"[" * 100_000, b"<!doctype html><html></html>", b"\x00" * 4096, b" " * (2 << 20),
    b'{"format": ' + b"9" * 5000 + b"}", spoilt(guid="a\x00b"), spoilt(title="\ud800"), spoilt(season=10**30),
    spoilt(published="0001-01-01T00:00:00+14:00"), spoilt(image__key="bobine/a.gif"), spoilt(date="9999-12-31"),
    spoilt(people=[{"name": "x", "role": "\x1b[2J"}]), *(path.read_bytes() for path in DAMAGED),
]  # fmt: skip


def record_of(store: Store, week: int) -> Path:
    return Path(store.location(record_key(SLUG, week_of(week))))


@pytest.fixture(scope="module")
def three_weeks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A destination with three episodes, to be copied."""
    folder = tmp_path_factory.mktemp("three")
    store = opened_folder(folder)
    for week in (0, 1, 2):
        released(store, folder, week, writer=real_feed)
    return Path(store.location(""))


@pytest.mark.boundary
@pytest.mark.parametrize("content", CONTENTS, ids=range(len(CONTENTS)))
def test_a_bad_record_stops_nobody_and_loses_nobodys_episode(
    three_weeks: Path, tmp_path: Path, content: bytes, attempt: Attempt
) -> None:
    store = opened_folder(tmp_path)
    shutil.copytree(three_weeks, store.location(""))
    good = record_of(store, 1).read_bytes()
    record_of(store, 1).write_bytes(content)
    with attempt("a damaged record at the destination"):
        outcome = released(store, tmp_path, 3, writer=real_feed)
        assert record_of(store, 1).read_bytes() == content
        assert [str(record_of(store, 1)) in warning for warning in outcome.warnings] == [True]
        titles = [item.title for item in items_online(feed_of(store).encode()).values()]
        assert titles == [f"Semaine {week}, version un" for week in (3, 2, 1, 0)]
        assert released(store, tmp_path, 3, writer=real_feed).uploaded == ()
        record_of(store, 1).write_bytes(good)
        record_of(store, 3).unlink()
        (said,) = released(store, tmp_path, 0, writer=real_feed).warnings
        assert "« Semaine 3, version un » n'a plus de fiche" in said
        assert [item.title for item in items_online(feed_of(store).encode()).values()] == titles


@pytest.mark.boundary
@pytest.mark.parametrize("content", [b"", b"{", b"\xff", spoilt(guid="a\x00b")])
def test_ones_own_bad_record_is_not_written_over(tmp_path: Path, content: bytes, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0)
    before = feed_of(store)
    record_of(store, 0).write_bytes(content)
    with attempt("a damaged record at the destination"):
        with pytest.raises(PublishError, match=r"2026-11-26\.json.* est illisible"):
            released(store, tmp_path, 0, text="corrige")
        assert feed_of(store) == before
        assert record_of(store, 0).read_bytes() == content


@pytest.mark.boundary
@pytest.mark.parametrize(
    "name", ["2026-12-03.sync-conflict-20261203-120000-ABCDEFG.json", "2026-12-03 (copie).json", "notes.txt", "é.json"]
)
def test_what_is_no_record_by_its_name_is_said_and_left(tmp_path: Path, name: str, attempt: Attempt) -> None:
    store = opened_folder(tmp_path)
    made = released(store, tmp_path, 0).release
    stray = record_of(store, 0).with_name(name)
    stray.write_bytes(encode(made))
    with attempt("a file of a synchroniser among the records"):
        outcome = released(store, tmp_path, 1)
        assert [name in warning for warning in outcome.warnings] == [True]
        assert stray.read_bytes() == encode(made)


def test_a_record_under_another_days_name_is_said(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    made = released(store, tmp_path, 0, writer=real_feed).release
    record_of(store, 3).write_bytes(encode(made))
    outcome = released(store, tmp_path, 1, writer=real_feed)
    assert ["un autre jour" in warning for warning in outcome.warnings] == [True]
    assert len(items_online(feed_of(store).encode())) == 2


def test_a_newer_programs_record_asks_for_an_update(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0)
    before = feed_of(store)
    record_of(store, 1).write_bytes(spoilt(format=2, date=date(2026, 12, 3).isoformat()))
    with pytest.raises(PublishError, match="version plus récente"):
        released(store, tmp_path, 2)
    assert feed_of(store) == before


def test_a_feed_that_is_far_too_large_is_refused(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    released(store, tmp_path, 0)
    with Path(store.location(feed_key(SHOW.slug))).open("wb") as feed:
        feed.truncate(64 << 20)
    with pytest.raises(PublishError, match="bien trop gros"):
        released(store, tmp_path, 1)
