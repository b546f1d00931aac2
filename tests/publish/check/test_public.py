"""A feed asked for over HTTP, as web players and apps do, and the files that it names."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest

from bobine.publish.check import asking
from bobine.publish.check.asking import Answer, Listener, UnreachableError, is_at_home
from bobine.publish.check.public import check_address
from tests.publish.check.feeds import NOW
from tests.publish.check.site import CHAPTERS, OPEN, SOUND, Answered, Site, picture, serving

FEED = {"Content-Type": "application/rss+xml", "ETag": '"x"', **OPEN}
PAGE = {"http/feed-type", "http/feed-not-modified", "xml/html"}
AUDIO = {"Content-Type": "audio/mpeg", **OPEN}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as host:
        yield host


def rules(site: Site) -> set[str]:
    return {finding.rule for finding in check_address(f"{site.address}feed.xml", NOW)}


def test_nothing_is_said_of_a_good_host(site: Site) -> None:
    assert rules(site) == set()
    assert {("GET", "/feed.xml"), ("HEAD", "/a.mp3"), ("GET", "/a.json"), ("GET", "/a.jpg")} <= set(site.asked)


@pytest.mark.parametrize(
    ("method", "path", "answer", "expected"),
    [
        ("GET", "/feed.xml", (403, {}, b""), {"http/feed-status"}),
        ("GET", "/feed.xml", (302, {"Location": "/feed.xml"}, b""), {"http/feed-unreachable"}),
        ("GET", "/feed.xml", (302, {"Location": "http://[::1/"}, b""), {"http/feed-unreachable"}),
        ("GET", "/feed.xml", (302, {"Location": "file:///etc/passwd"}, b""), {"http/feed-unreachable"}),
        ("GET", "/feed.xml", (200, {**FEED, "Content-Type": "text/html"}, b"<html/>"), PAGE),
        ("HEAD", "/a.mp3", (405, {}, b""), {"apple/head"}),
        ("HEAD", "/a.mp3", (200, {**AUDIO, "Content-Length": "7"}, b""), {"http/enclosure-length"}),
        ("HEAD", "/a.mp3", (200, {**AUDIO, "Content-Type": "text/plain"}, SOUND), {"http/enclosure-type"}),
        ("GET", "/a.mp3", (200, AUDIO, SOUND), {"apple/byte-ranges"}),
        ("GET", "/a.mp3", (403, {}, b""), {"http/enclosure-status"}),
        ("GET", "/a.mp3", (206, {"Content-Type": "audio/mpeg"}, b"so"), {"http/enclosure-cors"}),
        ("GET", "/a.json", (404, {}, b""), {"http/chapters-status"}),
        ("GET", "/a.json", (200, {}, json.dumps(CHAPTERS).encode()), {"http/chapters-cors"}),
        ("GET", "/a.json", (200, OPEN, b"<html/>"), {"json-chapters/readable"}),
        ("GET", "/a.json", (200, OPEN, b'{"version": "1.2.0", "chapters": []}'),
         {"json-chapters/empty", "chapters/counts"}),
        ("GET", "/a.json", (200, OPEN, b'{"version": 2, "chapters": [{"startTime": 0, "title": "x"}]}'),
         {"json-chapters/version", "chapters/counts"}),
        ("GET", "/a.json", (200, OPEN, json.dumps({**CHAPTERS, "chapters": CHAPTERS["chapters"][::-1]}).encode()),
         {"json-chapters/order"}),
        ("GET", "/a.json", (200, OPEN, b'{"version": "1.2.0", "chapters": [{"startTime": 0}]}'),
         {"json-chapters/title", "chapters/counts"}),
        ("GET", "/a.vtt", (403, {}, b""), {"http/transcript-status"}),
        ("GET", "/a.vtt", (200, {}, b"WEBVTT\n"), {"http/transcript-cors"}),
        ("GET", "/a.vtt", (200, OPEN, b"<html/>"), {"transcript/webvtt"}),
        ("GET", "/a.srt", (200, OPEN, b"Bonsoir"), {"transcript/subrip"}),
        ("GET", "/a.srt", (200, OPEN, b""), {"transcript/empty"}),
        ("GET", "/a.jpg", (404, {}, b""), {"http/cover-status"}),
        ("GET", "/a.jpg", (200, {}, b"GIF89a"), {"apple/cover-format"}),
        ("GET", "/a.jpg", (200, {}, picture(form="GIF", mode="P")), {"apple/cover-format", "apple/cover-rgb"}),
        ("GET", "/a.jpg", (200, {}, picture(form="PNG")), {"apple/cover-extension"}),
        ("GET", "/a.jpg", (200, {}, picture(form="PNG", mode="RGBA")), {"apple/cover-extension", "apple/cover-alpha"}),
        ("GET", "/a.jpg", (200, {}, picture(mode="CMYK")), {"apple/cover-rgb"}),
        ("GET", "/a.jpg", (200, {}, picture(1399)), {"apple/cover-size"}),
        ("GET", "/a.jpg", (200, {}, picture(3001)), {"apple/cover-size"}),
        ("GET", "/a.jpg", (200, {}, picture((1400, 1500))), {"apple/cover-square"}),
        ("GET", "/a.jpg", (200, {}, picture() + bytes(600_000)), {"apple/cover-weight"}),
    ],
)  # fmt: skip
def test_a_bad_answer_is_told(site: Site, method: str, path: str, answer: Answered, expected: set[str]) -> None:
    site.spoil = lambda asked, where, _headers: answer if (asked, where) == (method, path) else None
    assert rules(site) == expected


def test_a_feed_closed_to_web_players_and_told_in_whole_each_time(site: Site) -> None:
    plain = {"Content-Type": "application/rss+xml"}
    site.spoil = lambda _, path, __: (200, plain, site.feed()) if path == "/feed.xml" else None
    assert rules(site) == {"http/feed-cors", "http/feed-validators"}
    site.spoil = lambda _, path, __: (200, FEED, site.feed()) if path == "/feed.xml" else None
    assert rules(site) == {"http/feed-not-modified"}


def test_the_page_that_follows_is_read(site: Site) -> None:
    links = "".join(
        f'<atom:link rel="{relation}" href="{site.address}{name}"/>'
        for relation, name in (("first", "feed.xml"), ("next", "2.xml"))
    ).encode()
    kind, whole = site.files["/feed.xml"]
    site.files["/feed.xml"] = (kind, whole.replace(b"<title>La Bobine", links + b"<title>La Bobine"))
    assert rules(site) == {"http/page-status"}
    site.files["/2.xml"] = (kind, b"<html/>")
    assert rules(site) == {"rfc5005/next-page"}
    site.files["/2.xml"] = (kind, whole)
    assert rules(site) == {"rfc5005/page-overlap"}
    site.files["/2.xml"] = (kind, whole.replace(b">un</guid>", b">zero</guid>"))
    assert rules(site) == set()


def test_the_cover_of_the_newest_item_is_looked_at(site: Site) -> None:
    kind, whole = site.files["/feed.xml"]
    site.files["/b.png"] = ("image/png", picture(1400, "RGBA", "PNG"))
    site.files["/feed.xml"] = (kind, whole.replace(b"a.jpg", b"b.png", 2).replace(b"b.png", b"a.jpg", 1))
    (found,) = check_address(f"{site.address}feed.xml", NOW)
    assert (found.rule, found.where[-6:]) == ("apple/cover-alpha", "« Un »")


def test_a_redirection_is_followed_and_both_addresses_are_the_feeds(site: Site) -> None:
    site.spoil = lambda _, path, __: (301, {"Location": "/feed.xml"}, b"") if path == "/old.xml" else None
    assert {finding.rule for finding in check_address(f"{site.address}old.xml", NOW)} == set()


def test_a_stranger_s_feed_does_not_lead_into_the_local_network(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """The feed itself is let through, as if it were far away; nothing that it names is asked for."""

    class Far(Listener):
        def ask(self, address: str, **rest: Any) -> Answer:
            self._at_home = address.endswith("feed.xml")
            return super().ask(address, **rest)

    found = {finding.rule for finding in check_address(f"{site.address}feed.xml", NOW, Far(at_home=False))}
    kinds = ("enclosure", "chapters", "transcript", "cover")
    assert found == {f"http/{kind}-unreachable" for kind in kinds}
    assert {path for _, path in site.asked} == {"/feed.xml"}


def test_nobody_at_an_address() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{unused.getsockname()[1]}/feed.xml"
        (found,) = check_address(address, NOW)
    assert (found.rule, found.where) == ("http/feed-unreachable", address)


@pytest.mark.parametrize(
    "address",
    [
        *("http://127.0.0.1:{port}/", "http://localhost:{port}/", "http://[::1]:{port}/", "http://0.0.0.0:{port}/"),
        *("http://[::ffff:127.0.0.1]:{port}/", "http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/"),
        *("http://2130706433:{port}/", "http://0x7f.1:{port}/", "http://nas.local/"),
    ],
)
def test_a_stranger_does_not_lead_into_the_local_network(site: Site, address: str) -> None:
    port = site.address.rsplit(":", 1)[1].rstrip("/")
    with pytest.raises(UnreachableError, match=r"réseau local|injoignable"):
        Listener(at_home=False).ask(address.format(port=port))
    assert site.asked == []


def test_a_name_that_leads_home_is_noticed_once_connected(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_is_literally_inside", lambda _host: False)
    with pytest.raises(UnreachableError, match="réseau local"):
        Listener(at_home=False).ask(f"{site.address}feed.xml")
    assert site.asked == []


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://radio.example/", "http:///x", "gopher://x/", "x"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(UnreachableError, match="http"):
        Listener(at_home=True).ask(address)


@pytest.mark.parametrize(
    ("address", "home"),
    [
        ("http://127.0.0.1/", True),
        ("http://localhost:8000/", True),
        ("http://192.168.1.9/", True),
        ("http://8.8.8.8/", False),
    ],
)
def test_what_is_at_home(address: str, home: bool) -> None:
    assert is_at_home(address) is home


def test_a_small_answer_that_unpacks_into_a_huge_one_is_cut(site: Site) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    site.spoil = lambda *_: (200, {"Content-Encoding": "gzip"}, bomb)
    answer = Listener(at_home=True).ask(site.address, most_bytes=1000)
    assert (len(answer.body), answer.is_whole) == (1000, False)


@pytest.mark.slow
def test_an_answer_that_trickles_is_left() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        over = threading.Event()

        def trickle() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\n")
                while not over.is_set():
                    try:
                        connection.sendall(b"X-Slow: 1\r\n"[:1])
                    except OSError:
                        return
                    time.sleep(0.1)

        thread = threading.Thread(target=trickle, daemon=True)
        thread.start()
        with pytest.raises(UnreachableError, match="n'a pas fini de répondre"):
            Listener(at_home=True, limit_s=1).ask(f"http://127.0.0.1:{server.getsockname()[1]}/")
        over.set()
        thread.join()
