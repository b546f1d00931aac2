"""Chroniques that have a feed of their own: what it says, and that a sound which leaves the podcast leaves it too."""

from __future__ import annotations

import dataclasses
import io
from datetime import datetime, timedelta
from pathlib import Path

import feedparser
import podcastparser
import pytest

from bobine.model.episode import ItemKind
from bobine.model.published.release import Audio, HeardItem, Instalment, Release, Withdrawal
from bobine.model.show import Chronique
from bobine.publish.check.public import check_bytes
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import FeedContent
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key, is_content_key, is_key, is_serial_feed, serial_slug
from bobine.publish.records import decode, encode, stored_files
from bobine.publish.release import Outcome, publish
from bobine.publish.serials import serial_files
from bobine.publish.serve.shelf import Shelf
from tests.publish.samples import GUID, SHOW, release, stored
from tests.publish.shelf import NOW, SLUG, episode, stored_file
from tests.publish.stores import PLACE, opened_folder

PEDRO = Chronique(id="pedro", title="Pedro l'Avocat", serial=True, feed=True, description="Un feuilleton & des procès.")
OWN = dataclasses.replace(SHOW, chroniques=(PEDRO,))
FEED = feed_key(serial_slug(SLUG, "pedro"))


def heard(week: int, *, instalment: int | None = None) -> Release:
    """An episode with an instalment of the serial, and another item."""
    plain = release(week)
    key = f"{serial_slug(SLUG, 'pedro')}/{plain.date}-pedro-HASH.mp3"
    own = Instalment(
        item="pedro", chronique="pedro", guid=f"g{week}", duration_s=210,
        audio=Audio(file=stored(key, "audio/mpeg", 3_360_000), kbps=128),
    )  # fmt: skip
    item = HeardItem(id="pedro", title=f"Le procès, {week}", kind=ItemKind.SERIAL, start_ms=0, end_ms=210_000,
                     chronique="pedro", instalment=instalment, people=("Nadia Ferhat",))  # fmt: skip
    return dataclasses.replace(plain, items=(item,), instalments=(own,))


def read(content: bytes) -> list[feedparser.FeedParserDict]:
    found = feedparser.parse(content)
    assert not found.bozo
    assert len(podcastparser.parse("x", io.BytesIO(content))["episodes"]) == len(found.entries)
    return list(found.entries)


def test_it_is_a_serial_of_the_items_alone() -> None:
    files = serial_files(OWN, [heard(1, instalment=12), heard(0, instalment=11)], PLACE)
    assert list(files) == [FEED]
    address = f"{PLACE.base_url}{FEED}"
    assert [one for one in check_bytes(files[FEED], NOW + timedelta(days=90), address) if one.severity == "error"] == []
    feed = feedparser.parse(files[FEED]).feed
    assert (feed.title, feed.itunes_type) == ("Pedro l'Avocat · La Bobine Romanaise", "serial")
    assert feed.description.startswith("Un feuilleton & des procès.")
    newest, oldest = read(files[FEED])
    assert (newest.title, newest.itunes_episode, newest.id) == ("Le procès, 1", "12", "g1")
    assert (oldest.itunes_episode, oldest.itunes_duration) == ("11", "210")
    assert newest.enclosures[0].href.startswith(f"{PLACE.base_url}{SLUG}/chroniques/pedro/2026-12-03-pedro-")
    assert newest.link == f"{PLACE.base_url}{SLUG}/2026-12-03/index.html", "the episode's own page"
    assert b"podcast:chapters" not in files[FEED]
    assert b"Jean-Loup" not in files[FEED], "only those who are heard in it"
    assert serial_files(OWN, [heard(0, instalment=11), heard(1, instalment=12)], PLACE) == files


def test_without_numbers_they_are_counted_and_without_sounds_there_is_no_feed() -> None:
    entries = read(serial_files(OWN, [heard(0), heard(1)], PLACE)[FEED])
    assert [one.itunes_episode for one in entries] == ["2", "1"]
    assert serial_files(OWN, [release(0)], PLACE) == {}
    unknown = read(serial_files(SHOW, [heard(0)], PLACE)[FEED])
    assert len(unknown) == 1, "of a chronique that shows.toml has no more"


def test_records_hold_it_and_keys_are_its_own() -> None:
    one = heard(0, instalment=3)
    assert decode(encode(one), "fiche") == one
    assert b"instalments" not in encode(release())
    key = stored_files(one)[-1].key
    assert is_key(key)
    assert is_content_key(key, SLUG)
    assert is_serial_feed(FEED)
    assert not is_serial_feed(f"{SLUG}/feed.xml")
    assert not is_content_key(FEED, SLUG)


def real(content: FeedContent) -> dict[str, bytes]:
    serials = serial_files(OWN, content.releases, PLACE, content.left_out)
    return serials | feed_files(OWN, content.releases, PLACE, content.kept, content.left_out, content.live)


def put(store: Store, folder: Path, week: int, now: datetime, *, sound: str = "un") -> Outcome:
    made, files = episode(folder, week)
    wanted = heard(week, instalment=week + 1)
    if sound:
        path = folder / f"{week}-{sound}.mp3"
        path.write_bytes(f"{week} {sound} ".encode() * 200)
        digest = stored_file(path, "x").sha256[:12]
        file = stored_file(path, f"{serial_slug(SLUG, 'pedro')}/{made.date}-pedro-{digest}.mp3")
        files[file.key] = path
        one = dataclasses.replace(wanted.instalments[0], audio=Audio(file=file, kbps=128))
        made = dataclasses.replace(made, items=wanted.items, instalments=(one,))
    return publish(store, OWN, dataclasses.replace(made, updated=now), files, real, now, keep=timedelta())


def serial(store: Store) -> bytes:
    found = store.fetch(FEED)
    assert found is not None
    return found.content


def test_it_is_published_corrected_and_withdrawn_with_its_episode(tmp_path: Path) -> None:
    store = opened_folder(tmp_path)
    first = put(store, tmp_path, 0, NOW)
    assert FEED in first.uploaded
    assert put(store, tmp_path, 0, NOW).uploaded == ()
    put(store, tmp_path, 1, NOW)
    was = first.release.instalments[0].audio.file.key
    corrected = put(store, tmp_path, 0, NOW + timedelta(hours=1), sound="deux")
    now_is = corrected.release.instalments[0].audio.file.key
    assert was not in serial(store).decode()
    assert now_is in serial(store).decode()
    assert store.head(was) is None, "what it superseded is deleted"
    assert Shelf(tmp_path / "feed", store.public_url).page(FEED) is not None
    assert Shelf(tmp_path / "feed", store.public_url).path(now_is) is not None
    put(store, tmp_path, 1, NOW + timedelta(hours=2), sound="")  # the item left the podcast
    assert [one.id for one in read(serial(store))] == ["g0"]
    gone = Withdrawal(at=NOW + timedelta(hours=3))
    withdraw(store, OWN, corrected.release, gone, {}, real, gone.at, keep=timedelta())
    assert read(serial(store)) == [], "nothing is left in it"
    assert store.head(now_is) is None


@pytest.mark.parametrize("key", [f"{SLUG}/chroniques/../feed.xml", f"{SLUG}/chroniques/a/b/feed.xml"])
def test_other_keys_are_no_feeds_of_chroniques(key: str) -> None:
    assert not (is_key(key) and is_serial_feed(key))


def test_the_podcast_has_its_own_identity() -> None:
    content = serial_files(OWN, [heard(0)], PLACE)[FEED]
    assert GUID.encode() in content, "it recommends the show"
    assert content.count(b"<podcast:guid>") == 1
    assert f"<podcast:guid>{GUID}".encode() not in content
