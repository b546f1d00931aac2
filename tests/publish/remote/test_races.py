"""Another program at the same remote folder, between any two requests: what it does is told from a refusal."""

from __future__ import annotations

import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from asyncssh import SFTPFailure

from bobine.errors import PublishError
from bobine.publish.destinations import asking
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.remote.lock import LOCK
from bobine.publish.destinations.sftp.files import SftpFiles
from bobine.publish.destinations.store import Store
from bobine.publish.destinations.webdav import files as webdav_files
from bobine.publish.release import publish
from tests.publish.samples import SHOW
from tests.publish.servers import PLAIN_SFTP, SftpServer, WebdavServer
from tests.publish.shelf import (
    NOW,
    assert_feed_names_only_what_is_there,
    days_in,
    episode,
    feed_of,
    stored_file,
    week_of,
    write_feed,
)

pytestmark = pytest.mark.integration

RemoteAt = Callable[[str, str], Store]


@pytest.fixture
def own_sftp(tmp_path: Path) -> Iterator[Callable[..., SftpServer]]:
    """Starts a server that this test may do anything to."""
    started: list[SftpServer] = []

    def start(**changes: Any) -> SftpServer:
        started.append(SftpServer(tmp_path / f"server-{len(started)}", **changes))
        return started[-1]

    yield start
    for server in started:
        server.stop()


@pytest.fixture
def own_webdav(tmp_path: Path) -> Iterator[WebdavServer]:
    """A server that this test may do anything to."""
    server = WebdavServer(tmp_path / "server")
    yield server
    server.stop()


def visible(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_publishers_in_turn_and_together_lose_nothing(remote_at: RemoteAt, tmp_path: Path) -> None:
    stores = [remote_at("sftp", "www-b"), remote_at("webdav", "www-b")]
    made = [episode(tmp_path / "made", week) for week in range(4)]
    publish(stores[0], SHOW, *made[0], write_feed, NOW)
    publish(stores[1], SHOW, *made[1], write_feed, NOW)
    failures: list[Exception] = []

    def one(store: Store, week: int) -> None:
        try:
            publish(store, SHOW, *made[week], write_feed, NOW)
        except Exception as error:  # noqa: BLE001 - handed to the test
            failures.append(error)

    threads = [threading.Thread(target=one, args=(store, week)) for store, week in zip(stores, (2, 3), strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert days_in(feed_of(stores[0])) == [week_of(week) for week in range(4)]
    assert_feed_names_only_what_is_there(stores[0])


@pytest.mark.parametrize("lacks", [(), PLAIN_SFTP])
@pytest.mark.parametrize("end", ["put by another", "gone by another", "refused for an instant"])
def test_a_rename_that_another_program_comes_before_is_told_from_a_refusal(
    own_sftp: Callable[..., SftpServer], tmp_path: Path, lacks: frozenset[str], end: str
) -> None:
    server = own_sftp(lacks=lacks)
    files = SftpFiles(server.destination())
    folder = server.folder / "podcast"
    folder.mkdir(exist_ok=True)
    (folder / "a").write_bytes(b"a")
    came: list[str] = []

    async def around(name: str, answer: Callable[[], Awaitable[Any]]) -> Any:
        if name == "rename" and not came:
            came.append(name)
            if end == "put by another":
                (folder / "b").write_bytes(b"another's")
            elif end == "gone by another":
                (folder / "a").rename(folder / "c")
            raise SFTPFailure("Failure")
        return await answer()

    server.around = around
    done = end == "refused for an instant"
    assert files.rename("a", "b", over=False) is done
    assert (folder / "b").exists() is (end != "gone by another")
    files.close()


@pytest.mark.parametrize("times", [0, 1, 2])
def test_a_lock_that_goes_while_one_looks_is_taken(own_webdav: WebdavServer, tmp_path: Path, times: int) -> None:
    server = own_webdav
    store = open_store(server.destination(), tmp_path)
    store.check()
    refused: list[str] = []

    def already_there(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "MKCOL" or len(refused) == times or LOCK not in environ["PATH_INFO"]:
            return None
        refused.append(environ["PATH_INFO"])
        start_response("405 Method Not Allowed", [("Content-Length", "0")])
        return [b""]

    server.answer = already_there
    assert store.swap("bobine/feed.xml", b"one", "", "", None)
    assert len(refused) == times
    assert not (server.folder / LOCK).exists()


@pytest.mark.parametrize("status", ["403 Forbidden", "405 No", "423 Locked", "500 Internal Server Error"])
def test_a_folder_that_is_there_is_there_whatever_the_server_calls_it(
    own_webdav: WebdavServer, tmp_path: Path, status: str
) -> None:
    server = own_webdav
    (server.folder / "Podcast/bobine").mkdir(parents=True)

    def made_by_another(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "MKCOL" or LOCK in environ["PATH_INFO"]:
            return None
        start_response(status, [("Content-Length", "0")])
        return [b""]

    server.answer = made_by_another
    assert open_store(server.destination(), tmp_path).swap("bobine/feed.xml", b"one", "", "", None)


@pytest.mark.parametrize("method", ["MOVE", "MKCOL", "DELETE", "PROPFIND", "GET"])
def test_what_another_locks_for_an_instant_is_asked_for_again(
    own_webdav: WebdavServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, method: str
) -> None:
    monkeypatch.setattr(webdav_files, "_UNDONE", webdav_files._UNDONE.new(backoff_factor=0))
    monkeypatch.setattr(webdav_files, "_RETRIES", webdav_files._RETRIES.new(backoff_factor=0))
    server = own_webdav
    locked: list[str] = []

    def lock(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != method or len(locked) == 2:
            return None
        locked.append(environ["PATH_INFO"])
        start_response("423 Locked", [("Content-Length", "0")])
        return [b""]

    store = open_store(server.destination(), tmp_path)
    server.answer = lock
    store.check()
    assert store.swap("bobine/feed.xml", b"one", "", "", None)
    store.delete("bobine/feed.xml")
    assert len(locked) == 2
    assert visible(server.folder) == {}


def test_a_digest_that_another_notes_at_the_same_instant_stops_nothing(
    own_webdav: WebdavServer, tmp_path: Path
) -> None:
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound" * 1000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")

    def noting(environ: dict[str, Any], start_response: Any) -> Any:
        if environ["REQUEST_METHOD"] != "PUT" or not environ["PATH_INFO"].endswith(".sha256"):
            return None
        start_response("500 Internal Server Error", [("Content-Length", "0")])
        return [b""]

    store = open_store(own_webdav.destination(), tmp_path)
    own_webdav.answer = noting
    store.put(file, source, "")
    found = store.head(file.key)
    assert found is not None
    assert (found.bytes, found.sha256) == (file.bytes, "")


@pytest.mark.parametrize("end", ["gone for an instant", "refused, and there", "refused, and not there"])
def test_a_file_that_another_publisher_replaces_is_looked_for_again(
    own_webdav: WebdavServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: str
) -> None:
    monkeypatch.setattr(asking, "WAITS_S", (0.01, 0.01, 0.01))
    server = own_webdav
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound" * 1000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    place = server.folder / "Podcast" / file.key
    came: list[str] = []

    def another(environ: dict[str, Any], start_response: Any) -> Any:
        what = f"{environ['REQUEST_METHOD']} {Path(environ['PATH_INFO']).name}"
        status = ""
        if end == "gone for an instant" and what == f"PROPFIND {place.name}" and place.exists() and not came:
            status = "404 Not Found"  # a MOVE deletes what it replaces first
        elif end.startswith("refused") and what.startswith("MOVE") and what.endswith(".part"):
            status = "500 Internal Server Error"
            if end == "refused, and there":
                place.write_bytes(source.read_bytes())
        if not status:
            return None
        came.append(what)
        start_response(status, [("Content-Length", "0")])
        return [b""]

    store = open_store(server.destination(), tmp_path)
    server.answer = another
    if end == "refused, and not there":
        with pytest.raises(PublishError, match="répond par une erreur"):
            store.put(file, source, "")
        return
    store.put(file, source, "")
    assert came
    assert visible(server.folder) == {f"Podcast/{file.key}": source.read_bytes()}
    found = store.head(file.key)
    assert found is not None
    assert found.is_identical_to(file) is (end == "gone for an instant"), "only who wrote it knows its digest"
    assert not list(place.parent.glob("*.part"))


def test_two_publishers_of_one_file_never_write_in_one_part(own_webdav: WebdavServer, tmp_path: Path) -> None:
    server = own_webdav
    source = tmp_path / "a.mp3"
    source.write_bytes(b"sound" * 1000)
    file = stored_file(source, "bobine/audio/a-0123456789ab.mp3")
    stores = [open_store(server.destination(), tmp_path) for _ in range(2)]
    stores[0].check()
    others = [lambda: stores[1].put(file, source, "")]

    def the_other_first(environ: dict[str, Any], _start_response: Any) -> None:
        if environ["REQUEST_METHOD"] == "MOVE" and others:
            others.pop()()

    server.answer = the_other_first
    stores[0].put(file, source, "")
    parts = {path for method, path in server.requests if method == "PUT" and path.endswith(".part")}
    assert len(parts) == 2
    assert visible(server.folder) == {f"Podcast/{file.key}": source.read_bytes()}
