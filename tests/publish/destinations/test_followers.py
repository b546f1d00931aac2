"""A WebSub hub and a Podping server: told of each change, and never in the way; the hub is named in the feed."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import feedparser
import pytest

from bobine.evening.online.live_item import follow
from bobine.model.destination import FolderDestination
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.write import feed_bytes
from bobine.publish.outgoing.followers import tell_followers, tell_hub, tell_podping
from bobine.publish.release import publish
from bobine.store.rules.servers import sealed_address
from tests.publish.feed.test_going_out import LIVE, PARIS, three_weeks
from tests.publish.samples import BASE, DAY, FEED, GUID, IMAGE, SHOW, release
from tests.publish.shelf import NOW, episode
from tests.publish.stores import opened_folder, real_feed, released


class Hub(BaseHTTPRequestHandler):
    """Keeps what it is told; answers with the status that stands at the end of its path."""

    told: list[dict[str, list[str]]] = []  # noqa: RUF012 - emptied for each test

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        assert self.headers["content-type"] == "application/x-www-form-urlencoded"
        self.told.append(parse_qs(body))
        self.answer()

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.told.append({**parse_qs(parts.query), "token": [self.headers["authorization"]]})
        assert self.headers["user-agent"]
        self.answer()

    def answer(self) -> None:
        status = int(urlsplit(self.path).path.rpartition("/")[2])
        self.send_response(status)
        if status == 302:
            self.send_header("location", "/200")
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.told.clear()
    with HTTPServer(("127.0.0.1", 0), Hub) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_it_is_told_of_each_feed(hub: str) -> None:
    assert tell_hub(f"{hub}/204", [FEED, f"{FEED}?é"]) == ()
    assert Hub.told == [{"hub.mode": ["publish"], "hub.url": [one]} for one in (FEED, f"{FEED}?é")]
    assert tell_hub("", [FEED]) == ()
    assert tell_hub(f"{hub}/204", []) == ()


@pytest.mark.parametrize(("status", "said"), [("500", "réponse 500"), ("302", "réponse 302"), ("404", "réponse 404")])
def test_one_that_refuses_is_told_once(hub: str, status: str, said: str) -> None:
    (sentence,) = tell_hub(f"{hub}/{status}", [FEED, FEED])
    assert said in sentence


def test_one_that_is_not_there_harms_nothing() -> None:
    (sentence,) = tell_hub("http://127.0.0.1:9/", [FEED])
    assert "pas de réponse" in sentence


def test_the_feed_names_it() -> None:
    show = dataclasses.replace(SHOW, podcast=dataclasses.replace(SHOW.podcast, hub="https://hub.exemple/"))
    feed = feedparser.parse(feed_bytes(show, [release()], BASE, FEED, IMAGE, GUID)).feed
    assert {link.rel: link.href for link in feed.links if link.rel in ("hub", "self")} == {
        "hub": "https://hub.exemple/", "self": FEED,
    }  # fmt: skip
    assert b'rel="hub"' not in feed_bytes(SHOW, [release()], BASE, FEED, IMAGE, GUID)


def test_publishing_tells_it_only_where_the_feed_changed_and_others_can_reach_it(hub: str, tmp_path: Path) -> None:
    show = dataclasses.replace(SHOW, podcast=dataclasses.replace(SHOW.podcast, hub=f"{hub}/202"))
    made, files = episode(tmp_path, 0)
    publish(opened_folder(tmp_path), show, made, files, real_feed, NOW)
    assert Hub.told == [], "nobody else can ask at localhost"
    far = open_store(FolderDestination(name="loin", path="loin", public_url=BASE), tmp_path)
    assert publish(far, show, made, files, real_feed, NOW).warnings == ()
    assert Hub.told == [{"hub.mode": ["publish"], "hub.url": [FEED]}]
    publish(far, show, made, files, real_feed, NOW)
    assert len(Hub.told) == 1


TOKEN = "jeton&du^serveur"
PINGED = {"url": [FEED], "reason": ["update"], "medium": ["podcast"], "token": [TOKEN]}


def test_a_podping_server_is_told_with_its_token(hub: str) -> None:
    environment = {"PODPING_TOKEN": f"{TOKEN}\n".rstrip()}
    assert tell_podping(f"{hub}/200", [FEED], environment) == ()
    assert tell_podping(f"{hub}/200?v=1", [f"{FEED}?a=1&b=é"], environment) == ()
    assert Hub.told == [PINGED, PINGED | {"url": [f"{FEED}?a=1&b=é"], "v": ["1"]}]
    assert tell_podping("", [FEED], environment) == tell_podping(f"{hub}/200", [], {}) == ()


@pytest.mark.parametrize("status", ["302", "401", "500"])
def test_one_that_refuses_is_told_without_the_token_and_redirected_to_nobody(hub: str, status: str) -> None:
    (sentence,) = tell_podping(f"{hub}/{status}", [FEED, f"{FEED}2"], {"PODPING_TOKEN": TOKEN})
    assert f"réponse {status}" in sentence
    assert TOKEN not in sentence
    assert len(Hub.told) == 2


@pytest.mark.parametrize("token", ["", "  ", "un\njeton", "jeton\r\nX: y", "jét😀n"])
def test_without_a_token_nothing_is_asked(hub: str, token: str) -> None:
    (sentence,) = tell_podping(f"{hub}/200", [FEED], {"PODPING_TOKEN": token})
    assert "PODPING_TOKEN" in sentence
    assert Hub.told == []


def test_a_podping_server_hears_when_the_show_begins_and_when_it_ends(
    hub: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PODPING_TOKEN", TOKEN)
    show = dataclasses.replace(LIVE, podcast=dataclasses.replace(LIVE.podcast, podping=f"{hub}/200"))
    workspace = three_weeks(tmp_path, show)
    place = FolderDestination(name="loin", path="loin", public_url=BASE)
    released(open_store(place, tmp_path), tmp_path / "made", -1, writer=real_feed)
    clock = [datetime(2026, 11, 26, 17, 50, tzinfo=PARIS)]

    def sleep(seconds: float) -> None:
        clock[0] += timedelta(seconds=seconds)

    follow(workspace, show, (place,), DAY, lambda: clock[0], sleep)
    assert [ping["reason"] for ping in Hub.told] == [["update"], ["live"], ["liveEnd"]]
    assert [ping["url"] for ping in Hub.told] == [[FEED]] * 3
    Hub.told.clear()
    follow(workspace, show, (place,), DAY, lambda: clock[0], sleep)
    assert Hub.told == [], "what the feed said already is told to nobody"


def test_both_are_told(hub: str) -> None:
    podcast = dataclasses.replace(SHOW.podcast, hub=f"{hub}/204", podping=f"{hub}/200")
    assert tell_followers(podcast, iter([FEED]), {"PODPING_TOKEN": TOKEN}) == ()
    assert Hub.told == [{"hub.mode": ["publish"], "hub.url": [FEED]}, PINGED]


@pytest.mark.parametrize(
    ("address", "good"),
    [("https://podping.cloud/", True), ("http://localhost:9/", True), ("http://podping.cloud/", False), ("x", False)],
)
def test_a_token_goes_nowhere_in_the_clear(address: str, good: bool) -> None:
    assert (sealed_address(address) is None) is good
