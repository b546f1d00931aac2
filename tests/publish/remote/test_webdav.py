"""A real WebDAV server: what is published, what is refused, what a server that ignores conditions gets."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from bobine.errors import PublishError
from bobine.publish.destinations.limits import limits_of
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.remote import sending
from bobine.publish.destinations.store import Store
from bobine.publish.destinations.webdav.answers import read_listing, strong
from tests.publish.servers import VARIABLE, WebdavServer
from tests.publish.shelf import days_in, feed_of, stored_file, week_of
from tests.publish.stores import opened_folder, released

pytestmark = pytest.mark.integration

RemoteAt = Callable[[str, str], Store]


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Callable[..., WebdavServer]]:
    """Starts a server that this test may do anything to."""
    started: list[WebdavServer] = []

    def start(**changes: Any) -> WebdavServer:
        started.append(WebdavServer(tmp_path / f"server-{len(started)}", **changes))
        return started[-1]

    yield start
    for server in started:
        server.stop()


def visible(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def obeying_tags(server: WebdavServer) -> Callable[[dict[str, Any], Any], Any]:
    """What Nextcloud and Apache do and wsgidav does not: a MOVE whose target is not of the tag it names is refused."""

    def answer(environ: dict[str, Any], start_response: Any) -> Any:
        found = re.fullmatch(r"<([^>]+)> \(\[(\".*\")\]\)", environ.pop("HTTP_IF", ""))
        if environ["REQUEST_METHOD"] != "MOVE" or found is None:
            return None
        place = server.folder / found[1].removeprefix(server.root)
        if place.exists() and found[2] == server.tag(place):
            return None
        start_response("412 Precondition Failed", [("Content-Length", "0")])
        return [b""]

    return answer


def test_an_episode_goes_out_and_a_second_run_sends_nothing(
    remote_at: RemoteAt, web_folder: Path, tmp_path: Path
) -> None:
    store = remote_at("webdav", "nuage-a")
    assert len(released(store, tmp_path, 0).uploaded) == 6
    assert released(store, tmp_path, 0).uploaded == ()
    untroubled = opened_folder(tmp_path / "untroubled")
    released(untroubled, tmp_path, 0)
    assert visible(web_folder / "nuage-a") == visible(Path(untroubled.location("")))
    assert not list((web_folder / "nuage-a").glob(".bobine*"))


def test_a_server_that_ignores_conditions_is_known_for_it_and_loses_nothing(
    own: Callable[..., WebdavServer], tmp_path: Path
) -> None:
    server = own(ignores=["If", "If-Match", "If-None-Match"])
    store = open_store(server.destination(), tmp_path)
    store.check()
    assert any("verrou" in limit for limit in limits_of(store))
    assert any("d'un seul geste" in limit for limit in limits_of(store))
    assert store.swap("bobine/feed.xml", b"one", "", "", None)
    first = store.fetch("bobine/feed.xml")
    assert first is not None
    assert not store.swap("bobine/feed.xml", b"two", "", "", None)
    assert store.swap("bobine/feed.xml", b"two", "", "", first.version)
    assert not store.swap("bobine/feed.xml", b"three", "", "", first.version)
    assert visible(server.folder) == {"Podcast/bobine/feed.xml": b"two"}


def test_a_server_that_compares_tags_guards_the_feed_from_a_hand_as_well(
    own: Callable[..., WebdavServer], tmp_path: Path
) -> None:
    server = own()
    obey = obeying_tags(server)
    server.answer = obey
    store = open_store(server.destination(), tmp_path)
    store.check()
    assert not any("verrou" in limit for limit in limits_of(store))
    assert store.swap("bobine/feed.xml", b"one", "", "", None)
    first = store.fetch("bobine/feed.xml")
    assert first is not None

    def edited_meanwhile(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "MOVE" and "HTTP_IF" in environ:
            (server.folder / "Podcast/bobine/feed.xml").write_bytes(b"edited by hand")
        return obey(environ, start_response)

    server.answer = edited_meanwhile
    assert not store.swap("bobine/feed.xml", b"two", "", "", first.version)
    assert visible(server.folder) == {"Podcast/bobine/feed.xml": b"edited by hand"}


def test_a_file_whose_sending_was_cut_is_sent_again_whole(
    own: Callable[..., WebdavServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "WAITS_S", (0.05, 0.05))
    server = own()
    store = open_store(server.destination(), tmp_path)
    store.check()
    source = tmp_path / "a.mp3"
    source.write_bytes(bytes(range(256)) * 4000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    refusals = iter((True,))

    def once(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] == "PUT" and environ["PATH_INFO"].endswith(".part") and next(refusals, False):
            environ["wsgi.input"].read(100_000)
            start_response("503 Service Unavailable", [("Content-Length", "0"), ("Connection", "close")])
            return [b""]
        return None

    server.answer = once
    told: list[int] = []
    store.put(file, source, "", told.append)
    assert sum(told) == file.bytes
    assert (server.folder / "Podcast" / file.key).read_bytes() == source.read_bytes()
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file)
    assert store.read(file.key, 256, 3) == b"\x00\x01\x02"


def test_a_server_without_ranges_is_read_up_to_there(own: Callable[..., WebdavServer], tmp_path: Path) -> None:
    server = own(ignores=["Range"])
    (server.folder / "Podcast/bobine").mkdir(parents=True)
    (server.folder / "Podcast/bobine/a.mp3").write_bytes(bytes(range(256)))
    store = open_store(server.destination(), tmp_path)
    assert store.read("bobine/a.mp3", 7, 3) == b"\x07\x08\x09"
    assert store.read("bobine/a.mp3", 254, 9) == b"\xfe\xff"


@pytest.mark.parametrize(
    ("method", "status", "words"),
    [
        ("PROPFIND", "302 Found", "renvoie à une autre adresse"),
        ("PROPFIND", "200 OK", "page d'accueil d'un réseau"),
        ("PUT", "403 Forbidden", "le droit d'écrire"),
        ("PUT", "507 Insufficient Storage", "plus de place"),
        ("PUT", "413 Request Entity Too Large", "un fichier si gros"),
        ("PUT", "423 Locked", "verrouillé"),
        ("MKCOL", "405 Method Not Allowed", "ne parle pas WebDAV"),
        ("MOVE", "500 Internal Server Error", "répond par une erreur"),
    ],
)
def test_an_answer_that_refuses_is_one_french_sentence(
    own: Callable[..., WebdavServer], tmp_path: Path, method: str, status: str, words: str
) -> None:
    server = own()

    def refuse(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != method:
            return None
        start_response(status, [("Content-Length", "6"), ("Location", "http://127.0.0.1:9/ailleurs/")])
        return [b"<html>"]

    server.answer = refuse
    with pytest.raises(PublishError) as caught:
        open_store(server.destination(), tmp_path).check()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_wrong_is_told_without_the_secret(
    own: Callable[..., WebdavServer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server, read_only = own(), own(read_only=True)
    (read_only.folder / "Podcast").mkdir()
    for destination, words in (
        (server.destination(address="http://nulle-part.invalid/dav/"), "n'est pas trouvé"),
        (server.destination(address="http://127.0.0.1:9/dav/"), "ne répond pas"),
        (server.destination(address=server.root.replace("http:", "https:")), "certificat"),
        (server.destination(address=f"{server.root}a/b/"), "le dossier n'existe pas"),
        (server.destination(password_variable="BOBINE_ABSENTE"), "BOBINE_ABSENTE manque"),
        (read_only.destination(), "le droit d'écrire"),
    ):
        with pytest.raises(PublishError, match=words):
            open_store(destination, tmp_path).check()
    monkeypatch.setenv(VARIABLE, "faux-mot-de-passe")
    with pytest.raises(PublishError, match="refuse le compte « podcast »") as caught:
        open_store(server.destination(), tmp_path).check()
    assert "faux" not in str(caught.value)


def test_a_type_that_apps_do_not_read_is_told_with_the_line_to_write(
    remote_at: RemoteAt, web_folder: Path, tmp_path: Path
) -> None:
    store = remote_at("webdav", "nuage-b")
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound")
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    store.put(file, source, "")
    store.probe_public(file)
    wrong = stored_file(source, "bobine/audio/a-0123456789ab.ogg.jpg")
    store.put(wrong, source, "")
    with pytest.raises(PublishError, match=r"AddType audio/mpeg .jpg"):
        store.probe_public(dataclasses.replace(wrong, media_type="audio/mpeg"))


def test_publishers_in_turn_share_one_feed(remote_at: RemoteAt, tmp_path: Path) -> None:
    for week in range(3):
        released(remote_at("webdav", "nuage-c"), tmp_path, week)
    assert days_in(feed_of(remote_at("webdav", "nuage-c"))) == [week_of(week) for week in range(3)]


NEXTCLOUD = b"""<?xml version="1.0"?>
<d:multistatus xmlns:d="DAV:" xmlns:oc="http://owncloud.org/ns"><d:response>
<d:href>/remote.php/dav/files/radio/Podcast/</d:href><d:propstat><d:prop><d:resourcetype><d:collection/></d:resourcetype>
<d:getlastmodified>Thu, 26 Nov 2026 18:02:03 GMT</d:getlastmodified><d:getetag>"6568"</d:getetag></d:prop>
<d:status>HTTP/1.1 200 OK</d:status></d:propstat><d:propstat><d:prop><d:getcontentlength/></d:prop>
<d:status>HTTP/1.1 404 Not Found</d:status></d:propstat></d:response><d:response>
<d:href>https://nuage.example/remote.php/dav/files/radio/Podcast/feed%2d2.xml</d:href><d:propstat><d:prop><d:resourcetype/>
<d:getcontentlength>1234</d:getcontentlength><d:getetag>"ab12"</d:getetag></d:prop>
<d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response><d:response><d:href>/remote.php/dav/files/autre/x</d:href>
<d:propstat><d:prop/><d:status>HTTP/1.1 200 OK</d:status></d:propstat></d:response></d:multistatus>"""


def test_the_answer_of_a_nextcloud_is_read() -> None:
    found = read_listing(NEXTCLOUD, "https://nuage.example/remote.php/dav/files/radio/Podcast/")
    assert sorted(found) == ["", "feed-2.xml"]
    assert found[""].is_folder
    assert found[""].modified == 1795716123
    assert (found["feed-2.xml"].bytes, found["feed-2.xml"].tag) == (1234, '"ab12"')


@pytest.mark.parametrize("content", [b"", b"<html>", b"<html/>", b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", b"\xff"])
def test_what_is_no_answer_of_webdav_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="no "):
        read_listing(content, "https://nuage.example/")


def test_a_weak_tag_is_none() -> None:
    assert [strong(tag) for tag in ('"a"', 'W/"a"', "", "a", '"', '""')] == ['"a"', "", "", '"a"', "", ""]
