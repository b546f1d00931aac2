"""An export is whole, verified and deployable; and what is taken over from it is the same podcast."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.evening.moving import exporting
from bobine.evening.moving.exporting import Exported, export_podcast
from bobine.model.published.release import Withdrawal
from bobine.publish.check.public import check_bytes
from bobine.publish.check.rules.finding import Severity
from bobine.publish.corrections.withdrawing import emptied
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.online_items import items_online
from bobine.publish.layout import feed_key, record_key
from bobine.publish.media_types import media_type
from bobine.publish.moving.mirror import MANIFEST, verified
from bobine.publish.records import encode
from tests.publish.check.site import Site
from tests.publish.moving.conftest import Room
from tests.publish.moving.host import item, mp3, put_feed
from tests.publish.moving.test_taking_over import CHANNEL, Dying, online, records, three
from tests.publish.shelf import NOW
from tests.publish.stores import Unplugged


def export(room: Room, folder: Path, new_address: str = "") -> Exported:
    return export_podcast(room.workspace, room.show, room.workspace.destinations[0], folder, new_address)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.endswith(".lock")
    }


def deploy(site: Site, folder: Path, at: str = "/neuf/") -> None:
    """Serve what an export says to copy to the new site."""
    for path, content in tree(folder / "site").items():
        site.files[at + path] = (media_type(path), content)


def same(one: Any) -> tuple[str, str, datetime]:
    return one.guid, one.title, one.published


def test_an_export_has_every_file_and_says_so(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    out = tmp_path / "export"
    exported = export(room, out)
    assert (exported.episodes, exported.missing, exported.warnings) == (3, (), ())
    assert verified(out) == ()
    store, slug = room.store, room.show.slug
    for key in store.listing(f"{slug}/"):
        if not key.endswith("state.json"):
            assert (out / "site" / key).read_bytes() == Path(store.location(key)).read_bytes(), key
    manifest = json.loads((out / MANIFEST).read_text("utf-8"))
    assert manifest["files"].keys() == tree(out).keys() - {MANIFEST, ".export-bobine"}
    rows = list(csv.reader(io.StringIO((out / "episodes.csv").read_text("utf-8-sig")), delimiter=";"))
    assert [row[0] for row in rows[1:]] == ["guid-c", "https://ancien.example/?p=2", f"{site.address}a.mp3"]
    assert not (out / "ancienne-adresse").exists()
    assert "Attendre quatre semaines" in (out / "LISEZ-MOI.md").read_text("utf-8")


def test_again_changes_nothing(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    export(room, tmp_path / "x")
    before = tree(tmp_path / "x")
    export(room, tmp_path / "x")
    assert tree(tmp_path / "x") == before


def test_a_new_site_works_as_it_is_copied_and_is_the_same_podcast(
    site: Site, rooms: Callable[[str], Room], tmp_path: Path
) -> None:
    old, new = rooms("old"), rooms("new")
    old.take(three(site))
    address = f"{site.address}neuf/"
    export(old, tmp_path / "x", address)
    deploy(site, tmp_path / "x")
    feed = site.files[f"/neuf/{feed_key(old.show.slug)}"][1]
    assert old.store.public_url.encode() not in feed
    assert [
        one.rule for one in check_bytes(feed, NOW) if one.severity is Severity.ERROR and "title" not in one.rule
    ] == []
    taken = new.take(f"{address}{feed_key(old.show.slug)}", even_locked=True)
    assert taken.unfinished == ()
    was, now = records(old), records(new)
    assert now.keys() == was.keys()
    for guid, release in was.items():
        other = now[guid]
        assert same(other) == same(release)
        assert [audio.file.sha256 for audio in other.audio] == [audio.file.sha256 for audio in release.audio]
        assert (other.stated_season, other.stated_number, other.explicit, other.kind, other.duration_s) == (
            release.stated_season, release.stated_number, release.explicit, release.kind, release.duration_s,
        )  # fmt: skip
        assert (other.description, other.image.sha256) == (release.description or release.title, release.image.sha256)
        assert [one.title for one in other.items] == [one.title for one in release.items]
        assert [one.sha256 for one in other.transcripts] == [one.sha256 for one in release.transcripts]
    assert new.show.podcast.guid == old.show.podcast.guid


def test_the_old_feed_says_where_it_went(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    export(room, tmp_path / "x", "https://neuf.example/radio/")
    said = (tmp_path / "x" / "ancienne-adresse" / "feed.xml").read_text("utf-8")
    assert f"<itunes:new-feed-url>https://neuf.example/radio/{feed_key(room.show.slug)}</itunes:new-feed-url>" in said
    assert items_online(said.encode()).keys() == online(room).keys()
    rows = (tmp_path / "x" / "redirections" / "adresses.csv").read_text("utf-8-sig")
    assert f"flux;{room.store.public_url}{room.show.slug}/feed.xml;https://neuf.example/radio/" in rows
    assert "https://neuf.example/radio/bobine-romanaise/$1" in (
        tmp_path / "x" / "redirections" / "htaccess.txt"
    ).read_text("utf-8")


def test_the_addresses_at_another_host_come_by_their_guids(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    there = [item(site, "n1", title="Trois", guid="guid-c", more="<link>https://hote.example/trois</link>")]
    put_feed(site, there)
    assert export(room, tmp_path / "x", f"{site.address}old.xml").warnings == ()
    rows = list(
        csv.reader(io.StringIO((tmp_path / "x/redirections/adresses.csv").read_text("utf-8-sig")), delimiter=";")
    )
    third = records(room)["guid-c"]
    assert ["son", f"{room.store.public_url}{third.audio[0].file.key}", f"{site.address}n1.mp3"] in rows
    assert [
        "page",
        f"{room.store.public_url}{room.show.slug}/2020-11-12/index.html",
        "https://hote.example/trois",
    ] in rows


@pytest.mark.boundary
def test_what_was_withdrawn_does_not_leave_nor_stay_in_an_older_export(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    export(room, tmp_path / "x")
    release = records(room)["guid-c"]
    gone = emptied(release, Withdrawal(at=NOW))
    Path(room.store.location(record_key(room.show.slug, release.date))).write_bytes(encode(gone))
    room.take(three(site))
    export(room, tmp_path / "x")
    assert not (tmp_path / "x" / "site" / release.audio[0].file.key).exists()
    assert mp3("c") not in tree(tmp_path / "x").values()
    assert verified(tmp_path / "x") == ()


@pytest.mark.slow
def test_a_run_that_dies_anywhere_is_finished_by_the_next(
    site: Site, room: Room, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.take(three(site))
    opened = open_store
    stores: list[Dying] = []

    def dying(at: int) -> Any:
        def open_one(*arguments: Any) -> Any:
            stores.append(Dying(opened(*arguments), at))
            return stores[-1]

        return open_one

    monkeypatch.setattr(exporting, "open_store", dying(0))
    export(room, tmp_path / "whole")
    right, calls = tree(tmp_path / "whole"), stores[-1].calls
    for at in range(1, calls + 1, 1 + calls // 6):
        monkeypatch.setattr(exporting, "open_store", dying(at))
        with pytest.raises(Unplugged):
            export(room, tmp_path / f"{at}")
        assert not (tmp_path / f"{at}" / MANIFEST).exists()
        monkeypatch.setattr(exporting, "open_store", opened)
        export(room, tmp_path / f"{at}")
        assert tree(tmp_path / f"{at}") == right, at


def test_a_part_that_was_spoilt_is_fetched_again(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    file = records(room)["guid-c"].audio[0].file
    export(room, tmp_path / "x")
    target = tmp_path / "x" / "site" / file.key
    target.with_name(f".{target.name}.part").write_bytes(b"other")
    target.unlink()
    (tmp_path / "x" / "episodes.csv").write_bytes(b"half")
    assert len(verified(tmp_path / "x")) == 2
    export(room, tmp_path / "x")
    assert verified(tmp_path / "x") == ()
    assert target.read_bytes() == mp3("c")


def test_what_the_destination_lost_is_said_or_taken_from_here(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    release = records(room)["guid-c"]
    file = release.audio[0].file
    Path(room.store.location(file.key)).unlink()
    assert export(room, tmp_path / "x").missing == (file.key,)
    assert file.key in (tmp_path / "x" / "LISEZ-MOI.md").read_text("utf-8")
    master = room.workspace.folder(room.show, release.date).master
    master.mkdir(parents=True)
    (master / "x.mp3").write_bytes(mp3("c"))
    assert export(room, tmp_path / "x").missing == ()
    assert (tmp_path / "x" / "site" / file.key).read_bytes() == mp3("c")


@pytest.mark.boundary
def test_a_folder_of_something_else_or_one_that_is_served_is_refused(site: Site, room: Room, tmp_path: Path) -> None:
    room.take(three(site))
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "photo.jpg").write_bytes(b"x")
    with pytest.raises(PublishError, match="autre chose"):
        export(room, tmp_path / "mine")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["photo.jpg"]
    with pytest.raises(PublishError, match="publié"):
        export(room, Path(room.store.location("export")))
    for address in ("neuf.example", "file:///x", "ftp://x/"):
        with pytest.raises(PublishError, match="http"):
            export(room, tmp_path / "x", address)


def test_without_a_podcast_there_is_nothing_to_export(room: Room, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="publiez d'abord"):
        export(room, tmp_path / "x")


_TITLES = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), min_size=1, max_size=20).filter(str.strip)
_EPISODES = st.lists(st.tuples(_TITLES, st.integers(0, 3000), st.booleans(), st.integers(0, 4)), min_size=1, max_size=5)


@pytest.mark.slow
@settings(max_examples=3, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_EPISODES)
def test_what_is_taken_over_from_an_export_is_the_podcast_that_was_exported(
    tmp_path_factory: pytest.TempPathFactory, site: Site, episodes: list[tuple[str, int, bool, int]]
) -> None:
    folder = tmp_path_factory.mktemp("moves")
    old, new = Room(folder / "old"), Room(folder / "new")
    items = []
    for number, (title, hours, has_guid, season) in enumerate(episodes):
        at = format_datetime(datetime(2020, 1, 1, tzinfo=UTC) + timedelta(hours=hours))
        more = f"<itunes:season>{season}</itunes:season>" if season else ""
        items.append(item(site, f"e{number}", at, title=title, guid="" if has_guid else None, more=more))
    old.take(put_feed(site, items, CHANNEL))
    export(old, folder / "x", f"{site.address}neuf/")
    deploy(site, folder / "x")
    assert new.take(f"{site.address}neuf/{feed_key(old.show.slug)}", even_locked=True).unfinished == ()
    was, now = records(old), records(new)
    assert len(was) == len(episodes)
    assert {guid: (same(one), one.stated_season, one.audio[0].file.sha256) for guid, one in now.items()} == {
        guid: (same(one), one.stated_season, one.audio[0].file.sha256) for guid, one in was.items()
    }
    assert list(online(new)) == list(online(old))
