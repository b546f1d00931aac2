"""A podcast of another host comes here: nothing of it is lost without a word, and whatever is cut is finished."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.evening.moving import taking_over
from bobine.model.published.release import Release, Withdrawal
from bobine.publish.check.public import check_bytes
from bobine.publish.check.rules.finding import Severity
from bobine.publish.corrections.withdrawing import emptied
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.online_items import items_online
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key, record_key
from bobine.publish.records import decode, encode
from bobine.publish.release import publish
from tests.publish.check.site import Site
from tests.publish.moving.conftest import Room
from tests.publish.moving.host import feed, item, mp3, put_feed
from tests.publish.shelf import NOW, episode
from tests.publish.stores import PLACE, Unplugged

LATER = "Thu, 12 Nov 2020 17:00:00 GMT"
CHANNEL = "<title>Ancien</title><itunes:image href='/a.jpg'/><itunes:author>Moi</itunes:author>"


def records(room: Room) -> dict[str, Release]:
    store, slug = room.store, room.show.slug
    found = {}
    for key in store.listing(f"{slug}/releases/"):
        content = store.fetch(key)
        assert content is not None
        release = decode(content.content, key)
        found[release.guid] = release
    return found


def online(room: Room) -> dict[str, Any]:
    page = room.store.fetch(feed_key(room.show.slug))
    return items_online(page.content) if page is not None else {}


def everything(room: Room) -> dict[str, str]:
    store = room.store
    names = store.listing(f"{room.show.slug}/")
    return {key: hashlib.sha256(Path(store.location(key)).read_bytes()).hexdigest() for key in names}


def three(site: Site) -> str:
    more = (
        "<itunes:season>2</itunes:season><itunes:episode>3</itunes:episode><itunes:explicit>yes</itunes:explicit>"
        "<link>https://ancien.example/trois</link><content:encoded>&lt;p&gt;Bon &lt;b&gt;jour&lt;/b&gt;&lt;/p&gt;"
        "</content:encoded><podcast:chapters url='/c.json'/><podcast:transcript url='/a.vtt' type='text/vtt'/>"
        "<podcast:transcript url='/absent.srt' type='application/srt'/>"
    )
    chapters = [{"startTime": 0, "title": "A"}, {"startTime": 1, "title": "B"}, {"startTime": 1.5, "toc": False}]
    site.files["/c.json"] = ("application/json", json.dumps({"version": "1.2.0", "chapters": chapters}).encode())
    return put_feed(
        site,
        [
            item(site, "c", LATER, title="Trois", more=more),
            item(site, "b", title="Deux & deux", guid="https://ancien.example/?p=2"),
            item(site, "a", title="Deux & deux", guid=None),
        ],
        CHANNEL,
    )


def test_what_the_old_feed_says_is_kept(site: Site, room: Room) -> None:
    taken = room.take(three(site))
    assert (taken.episodes, taken.added, taken.unfinished) == (3, 3, ())
    assert taken.settings == ("guid", "image")
    lost = f"« {site.address}absent.srt », de « Trois », n'est pas repris : le fichier n'est pas donné (réponse 404)."
    assert taken.lost == (lost,)
    assert ("podcast.author", "Moi", room.show.podcast.author) in taken.differences
    found = online(room)
    assert {guid: (one.title, one.published.isoformat()) for guid, one in found.items()} == {
        "guid-c": ("Trois", "2020-11-12T17:00:00+00:00"),
        "https://ancien.example/?p=2": ("Deux & deux", "2020-11-05T17:00:00+00:00"),
        f"{site.address}a.mp3": ("Deux & deux", "2020-11-05T17:00:00+00:00"),
    }
    assert list(found) == ["guid-c", "https://ancien.example/?p=2", f"{site.address}a.mp3"]
    for name, guid in (("c", "guid-c"), ("a", f"{site.address}a.mp3")):
        key = found[guid].enclosure.removeprefix(room.store.public_url)
        assert Path(room.store.location(key)).read_bytes() == mp3(name)
    third = records(room)["guid-c"]
    assert (third.season, third.number, third.explicit, third.duration_s) == (2, 3, True, 2)
    assert third.chapters is not None
    assert [(one.start_ms, one.title) for one in third.items] == [(0, "A"), (1000, "B")]
    assert third.origin is not None
    assert (third.origin.notes, third.origin.page) == ("<p>Bon <b>jour</b></p>", "https://ancien.example/trois")


def test_the_feed_tells_only_what_is_known(site: Site, room: Room) -> None:
    room.take(three(site))
    page = room.store.fetch(feed_key(room.show.slug))
    assert page is not None
    text = page.content.decode()
    assert text.count("<itunes:season>") == text.count("<itunes:episode>") == text.count("<podcast:chapters") == 1
    assert "&lt;p&gt;Bon &lt;b&gt;jour&lt;/b&gt;&lt;/p&gt;" in text
    errors = [one for one in check_bytes(page.content, NOW) if one.severity is Severity.ERROR]
    # two episodes of the old host have one title, which stays
    assert [one.rule for one in errors if "title" not in one.rule] == []
    old = (room.store.fetch(f"{room.show.slug}/2020-11-05/index.html") or page).content.decode()
    assert "Saison" not in old.partition("<main")[0]


def test_again_changes_nothing_and_asks_for_no_sound(site: Site, room: Room) -> None:
    address = three(site)
    room.take(address)
    before = everything(room)
    site.asked.clear()
    taken = room.take(address)
    assert taken.added == 0
    assert everything(room) == before
    assert not [path for _, path in site.asked if path.endswith(".mp3")]


def test_the_next_publication_keeps_them(site: Site, room: Room, tmp_path: Path) -> None:

    address = three(site)
    room.take(address)
    guids = set(online(room))
    made, files = episode(tmp_path / "made")
    show = dataclasses.replace(room.show)
    publish(
        room.store,
        show,
        made,
        files,
        lambda content: feed_files(show, content.releases, PLACE, content.kept, content.left_out, content.live),
        NOW,
    )
    assert set(online(room)) == {*guids, made.guid}
    room.take(address)
    assert set(online(room)) == {*guids, made.guid}


@pytest.mark.slow
def test_a_run_that_dies_anywhere_is_finished_by_the_next(
    site: Site, rooms: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = put_feed(site, [item(site, "b", LATER), item(site, "a")], CHANNEL)
    whole: Room = rooms("whole")
    opened = open_store
    stores: list[Dying] = []

    def dying(at: int) -> Any:
        def open_one(*arguments: Any) -> Any:
            stores.append(Dying(opened(*arguments), at))
            return stores[-1]

        return open_one

    monkeypatch.setattr(taking_over, "open_store", dying(0))
    whole.take(address)
    right, calls = everything(whole), stores[-1].calls
    for at in range(1, calls, 1 + calls // 6):
        room: Room = rooms(f"at-{at}")
        monkeypatch.setattr(taking_over, "open_store", dying(at))
        with pytest.raises(Unplugged):
            room.take(address)
        assert_whole(room)
        monkeypatch.setattr(taking_over, "open_store", opened)
        room.take(address)
        assert everything(room) == right, at


class Dying:
    """A destination that is unplugged at its n-th call."""

    def __init__(self, store: Any, at: int) -> None:
        self._store, self._at, self.calls = store, at, 0

    def __getattr__(self, name: str) -> Any:
        wrapped = getattr(self._store, name)
        if not callable(wrapped) or name == "location":
            return wrapped

        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self._at:
                raise Unplugged
            return wrapped(*arguments, **options)

        return call


def assert_whole(room: Room) -> None:
    """Whoever reads the feed now can have every sound that it names."""
    for one in online(room).values():
        assert Path(room.store.location(one.enclosure.removeprefix(room.store.public_url))).exists()


def test_what_could_not_be_had_is_said_and_had_the_next_time(site: Site, room: Room) -> None:
    address = put_feed(site, [item(site, "b"), item(site, "a")], CHANNEL)
    fine = site.spoil
    site.spoil = lambda _method, path, _headers: (503, {}, b"") if path == "/b.mp3" else None
    taken = room.take(address)
    assert taken.unfinished == (("b", "le fichier ne répond pas pour l'instant (réponse 503)"),)
    assert set(online(room)) == {"guid-a"}
    site.spoil = fine
    assert room.take(address).unfinished == ()
    assert set(online(room)) == {"guid-a", "guid-b"}


def test_a_page_in_the_place_of_a_sound_is_no_episode(site: Site, room: Room) -> None:
    address = put_feed(site, [item(site, "b"), item(site, "a")], CHANNEL)
    site.files["/b.mp3"] = ("audio/mpeg", b"<!doctype html><p>Connexion")
    assert [title for title, _ in room.take(address).unfinished] == ["b"]
    site.files["/b.mp3"] = ("audio/mpeg", mp3("b"))
    assert room.take(address).unfinished == ()


def test_what_changed_in_the_old_feed_is_brought_up_to_date(site: Site, room: Room) -> None:
    room.take(put_feed(site, [item(site, "a", title="Avnt")], CHANNEL))
    taken = room.take(put_feed(site, [item(site, "b", LATER), item(site, "a", title="Avant")], CHANNEL))
    assert taken.added == 2
    assert {one.title for one in online(room).values()} == {"b", "Avant"}


def test_what_was_withdrawn_here_does_not_come_back(site: Site, room: Room) -> None:
    address = put_feed(site, [item(site, "b", LATER), item(site, "a")], CHANNEL)
    room.take(address)
    gone = emptied(records(room)["guid-a"], Withdrawal(at=NOW))
    assert gone.origin is not None
    assert gone.origin.notes == ""
    Path(room.store.location(record_key(room.show.slug, gone.date))).write_bytes(encode(gone))
    room.take(put_feed(site, [item(site, "b", LATER), item(site, "a", title="x")], CHANNEL))
    assert set(online(room)) == {"guid-b"}


def test_pages_of_a_feed_are_followed(site: Site, room: Room) -> None:
    back = "<title>A</title><atom:link rel='next' href='/old.xml'/>"
    site.files["/2.xml"] = ("application/rss+xml", feed([item(site, "a")], back))
    taken = room.take(put_feed(site, [item(site, "b", LATER)], f"{CHANNEL}<atom:link rel='next' href='2.xml'/>"))
    assert taken.episodes == 2
    assert set(online(room)) == {"guid-a", "guid-b"}


def test_a_locked_podcast_is_left_unless_it_is_ones_own(site: Site, room: Room) -> None:
    address = put_feed(site, [item(site, "a")], f"{CHANNEL}<podcast:locked owner='a@b.example'>yes</podcast:locked>")
    with pytest.raises(PublishError, match=r"verrouillé.*a@b.example.*--quand-meme"):
        room.take(address)
    assert room.take(address, even_locked=True).episodes == 1


@pytest.mark.boundary
def test_a_file_given_as_a_feed_leads_to_no_local_machine(site: Site, room: Room, tmp_path: Path) -> None:
    put_feed(site, [item(site, "a")], CHANNEL)
    kept = tmp_path / "flux.xml"
    kept.write_bytes(site.files["/old.xml"][1].replace(b"/a.jpg", site.address.encode() + b"a.jpg"))
    site.asked.clear()
    with pytest.raises(PublishError, match="réseau local"):
        room.take(str(kept), at_home=False)
    assert site.asked == []
    assert room.take(str(kept)).episodes == 1


@pytest.mark.boundary
@pytest.mark.parametrize(
    "source", ["file:///etc/passwd", "ftp://x.example/f.xml", "/absent.xml", "http://127.0.0.1:9/f"]
)
def test_what_cannot_be_a_feed_is_refused(room: Room, source: str) -> None:
    with pytest.raises(PublishError):
        room.take(source)


def test_a_transcript_in_html_can_do_nothing(site: Site, room: Room) -> None:
    site.files["/t.html"] = ("text/html", b"<p>Bonsoir</p><script>alert(1)</script>")
    more = "<podcast:transcript url='/t.html' type='text/html'/>"
    room.take(put_feed(site, [item(site, "a", more=more)], CHANNEL))
    (file,) = records(room)["guid-a"].transcripts
    content = Path(room.store.location(file.key)).read_text("utf-8")
    assert "Bonsoir" in content
    assert "script" not in content


def test_marks_of_the_feed_become_a_file_of_chapters(site: Site, room: Room) -> None:
    more = "<psc:chapters><psc:chapter start='0' title='A'/><psc:chapter start='00:00:01' title='B'/></psc:chapters>"
    room.take(put_feed(site, [item(site, "a", more=more)], CHANNEL))
    found = records(room)["guid-a"]
    assert found.chapters is not None
    assert b'"title": "B"' in Path(room.store.location(found.chapters.key)).read_bytes()
    assert [one.title for one in found.items] == ["A", "B"]


def test_a_cover_that_is_no_image_is_said_and_the_podcast_s_stands_in(site: Site, room: Room) -> None:
    site.files["/x.jpg"] = ("image/jpeg", b"not an image")
    taken = room.take(put_feed(site, [item(site, "a", more="<itunes:image href='/x.jpg'/>")], CHANNEL))
    assert taken.lost == ("L'image de « a » n'est pas reprise : elle n'est pas une image qui se lit.",)
    assert records(room)["guid-a"].image.media_type == "image/jpeg"
