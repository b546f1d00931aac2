"""A real client follows a feed: gPodder's command line reads its pages, and what comes new."""

from __future__ import annotations

import dataclasses
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import uvicorn

from bobine.publish.destinations.store import Store
from bobine.publish.feed import paging
from bobine.publish.feed.online import FeedContent
from bobine.publish.feed.write import feed_files
from bobine.publish.layout import feed_key
from bobine.publish.serve.app import create_app
from tests.publish.samples import SHOW
from tests.publish.shelf import NOW
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


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """The address of a server over the destination's folder."""
    app = create_app(tmp_path / "feed", opened_folder(tmp_path).public_url)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/{feed_key(SHOW.slug)}"
        server.should_exit = True
        thread.join(10)


def put_online(store: Store, tmp_path: Path, week: int) -> None:
    root = store.public_url
    place = dataclasses.replace(PLACE, base_url=root, feed_url=root + feed_key(SHOW.slug))

    def write(content: FeedContent) -> dict[str, bytes]:
        return feed_files(SHOW, content.releases, place, content.kept, content.left_out, content.live)

    now = NOW - timedelta(days=90) + timedelta(weeks=week)
    released(store, tmp_path, week, writer=write, now=now)


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
