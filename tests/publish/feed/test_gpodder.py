"""A real client follows a feed: gPodder reads its pages, what comes new, what is corrected and what is withdrawn."""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from bobine.model.published.release import Withdrawal
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.store import Store
from bobine.publish.feed import paging
from bobine.publish.feed.online import FeedContent, WriteFeed
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key
from bobine.publish.serve.app import create_app
from tests.publish.full import FULL, full_feed
from tests.publish.samples import SHOW
from tests.publish.shelf import NOW, episode
from tests.publish.stores import PLACE, opened_folder, released

pytestmark = pytest.mark.slow

Gpo = Callable[..., str]


@pytest.fixture
def gpo(tmp_path: Path) -> Gpo:
    """gPodder's command line, with a home of its own."""
    program = shutil.which("gpo")
    if program is None:
        reason = "gPodder manque (apt install gpodder)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    home = str(tmp_path / "gpodder")
    env = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}

    def run(*arguments: str) -> str:
        done = subprocess.run(
            [program, *arguments], env={**env, "GPODDER_HOME": home, "HOME": home}, capture_output=True, text=True,
            check=True, timeout=120,
        )  # fmt: skip
        return done.stdout

    return run


class Watched:
    """The server's program, and what was asked of it; an answer can be cut once, as a bad line cuts it.

    Attributes:
        answers: path, the range or version that was asked for, and status of each answer.
        cut: how the path ends whose next answer breaks off after half of its content; empty for none.
    """

    def __init__(self, app: Any) -> None:
        self._app = app
        self.answers: list[tuple[str, str, int]] = []
        self.cut = ""

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        asked = {name.decode(): value.decode() for name, value in scope["headers"]}
        about = asked.get("range", asked.get("if-none-match", ""))

        async def passed_on(message: Any) -> None:
            if message["type"] == "http.response.start":
                self.answers.append((scope["path"], about, message["status"]))
            elif self.cut and scope["path"].endswith(self.cut):
                self.cut = ""
                await send({**message, "body": message["body"][: len(message["body"]) // 2], "more_body": True})
                raise ConnectionAbortedError
            await send(message)

        await self._app(scope, receive, passed_on)


@pytest.fixture
def watched(tmp_path: Path) -> Watched:
    """The program of a server over the destination's folder."""
    return Watched(create_app(tmp_path / "feed", opened_folder(tmp_path).public_url))


@pytest.fixture
def address(watched: Watched) -> Iterator[str]:
    """The address of its feed."""
    server = uvicorn.Server(uvicorn.Config(watched, log_level="critical"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/{feed_key(SHOW.slug)}"
        server.should_exit = True
        thread.join(10)


def written_for(store: Store) -> WriteFeed:
    """What writes the feed with this destination's addresses."""
    root = store.public_url
    place = dataclasses.replace(PLACE, base_url=root, feed_url=root + feed_key(SHOW.slug))

    def write(content: FeedContent) -> dict[str, bytes]:
        return feed_files(SHOW, content.releases, place, content.kept, content.left_out, content.live)

    return write


def put_online(store: Store, tmp_path: Path, week: int, **of_release: Any) -> None:
    now = NOW - timedelta(days=90) + timedelta(weeks=week)
    released(store, tmp_path, week, writer=written_for(store), now=now, **of_release)


def downloaded(home: Path) -> list[bytes]:
    """What gPodder keeps of sound, whole or in part."""
    return [path.read_bytes() for path in sorted(home.rglob("*")) if path.suffix in (".mp3", ".partial")]


def test_gpodder_follows_the_pages(tmp_path: Path, gpo: Gpo, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paging, "MAX_ITEMS", 4)
    monkeypatch.setattr(paging, "PAGE_ITEMS", 2)
    store = opened_folder(tmp_path)
    for week in range(7):
        put_online(store, tmp_path, week)
    gpo("subscribe", address)
    listed = gpo("episodes", address)
    places = [listed.index(f"Semaine {week}, version un") for week in range(6, -1, -1)]
    assert places == sorted(places)
    put_online(store, tmp_path, 7)
    gpo("update", address)  # it keeps, of what is not downloaded, what the first page names
    assert "Semaine 7, version un" in gpo("pending", address)
    gpo("unsubscribe", address)
    gpo("subscribe", address)
    assert "8 new episodes" in gpo("pending", address)


def test_an_unchanged_feed_is_not_sent_again(tmp_path: Path, gpo: Gpo, address: str, watched: Watched) -> None:
    put_online(opened_folder(tmp_path), tmp_path, 0)
    gpo("subscribe", address)
    watched.answers.clear()
    gpo("update", address)
    ((_, version, status),) = [answer for answer in watched.answers if answer[0].endswith("feed.xml")]
    assert (bool(version), status) == (True, 304)


def test_a_download_that_was_cut_goes_on_where_it_was(tmp_path: Path, gpo: Gpo, address: str, watched: Watched) -> None:
    put_online(opened_folder(tmp_path), tmp_path, 0, audio_bytes=200_000)
    whole = next((tmp_path / "feed").rglob("*.mp3")).read_bytes()
    gpo("subscribe", address)
    watched.cut = ".mp3"
    gpo("download", address)
    if watched.answers[-1][2] != 206:  # it tries again by itself, or when it is asked to
        gpo("resume")
    path, asked, status = watched.answers[-1]
    assert (path.endswith(".mp3"), asked.startswith("bytes="), status) == (True, True, 206)
    assert asked != "bytes=0-"
    assert downloaded(tmp_path / "gpodder") == [whole]


def test_a_correction_is_the_same_episode_with_its_new_sound(tmp_path: Path, gpo: Gpo, address: str) -> None:
    store = opened_folder(tmp_path)
    put_online(store, tmp_path, 0)
    put_online(store, tmp_path, 1)
    gpo("subscribe", address)
    put_online(store, tmp_path, 0, text="corrigee")
    gpo("update", address)
    listed = gpo("episodes", address)
    assert "Semaine 0, version corrigee" in listed
    assert "Semaine 0, version un" not in listed
    assert "2 new episodes" in gpo("pending", address)
    gpo("download", address)
    assert any(b"audio mp3 corrigee" in sound for sound in downloaded(tmp_path / "gpodder"))


def test_a_withdrawn_episode_is_gone_at_the_next_look(tmp_path: Path, gpo: Gpo, address: str) -> None:
    store = opened_folder(tmp_path)
    for week in range(3):
        put_online(store, tmp_path, week)
    gpo("subscribe", address)
    assert "3 new episodes" in gpo("pending", address)
    release, _ = episode(tmp_path / "episodes", 1)
    withdraw(
        store, SHOW, release, Withdrawal(at=NOW, reason="à la demande d'une personne"), {}, written_for(store), NOW,
        keep=timedelta(),
    )  # fmt: skip
    gpo("update", address)
    listed = gpo("episodes", address)
    assert "Semaine 1" not in listed
    assert all(f"Semaine {week}" in listed for week in (0, 2))
    gpo("download", address)
    assert not any(b"2026-12-03" in sound for sound in downloaded(tmp_path / "gpodder"))


def test_it_shows_the_chapters_of_an_episode(tmp_path: Path, gpo: Gpo, address: str) -> None:
    feed = Path(opened_folder(tmp_path).location(feed_key(SHOW.slug)))
    feed.parent.mkdir(parents=True)
    feed.write_bytes(full_feed())
    gpo("subscribe", address)
    with sqlite3.connect(tmp_path / "gpodder" / "Database") as connection:
        found = connection.execute("select description_html, chapters from episode where guid = ?", (FULL.guid,))
        ((notes, chapters),) = found.fetchall()
    assert "<br/>00:00:40 Accueil &lt;sommaire&gt;<br/>" in notes
    assert [chapter["title"] for chapter in json.loads(chapters)] == ["Générique", "Accueil <sommaire>", "Politique"]
