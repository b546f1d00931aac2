"""Every request between Bobine and an SFTP or WebDAV server goes wrong in turn: what is online is whole at each moment.

Each time one more run ends it. One request a fault, chosen by a seed; all of them with every work with
``BOBINE_EVERY_REQUEST=1``, each fifth with 5. Who is killed is a process of its own, at the instant its request comes.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import shutil
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncssh
import pytest
import urllib3

from bobine.model.destination import Destination
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.remote import lock as locks
from bobine.publish.destinations.remote import sending
from bobine.publish.destinations.sftp import connection
from bobine.publish.destinations.webdav import files as webdav_files
from bobine.publish.layout import feed_key
from tests.publish.every_request import processes
from tests.publish.every_request.works import Troubled, Watched, assert_whole, chosen, tables
from tests.publish.gateways import Reply, gateway
from tests.publish.servers import SftpServer, WebdavServer
from tests.publish.shelf import SLUG
from tests.publish.turns import EVERY

Attempt = Callable[[str], AbstractContextManager[None]]

pytestmark = [pytest.mark.boundary, pytest.mark.slow]

HURRY_S = 0.4
"""The patience of a run whose request is not answered in time, in seconds."""

FAULTS = {
    "sftp": ("answer lost", "silence", "failure", "cut", "refused", "full", "kill"),
    "webdav": ("timeout", "500", "503", "403", "423", "507", "reset", "answer lost", "truncated", "kill"),
}
WORKS = {
    "sftp": ("published", "corrected", "withdrawn", "corrected with large sounds"),
    "webdav": ("withdrawn", "published", "corrected"),
}
NAMES = {"sftp": "SFTP", "webdav": "WebDAV"}


class Fault:
    """What goes wrong with one request, counted from 1; none with 0.

    Attributes:
        broken: what was not whole when a request came.
        victim: the process that is killed.
    """

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self.broken: list[str] = []
        self.arm("", 0)

    def watch(self, folder: Path) -> None:
        """What is online is there."""
        self._watched = Watched(folder)

    def arm(self, kind: str, at: int) -> None:
        self.kind, self.at, self.count, self.done = kind, at, 0, ""
        self.victim: Any = None
        self.started = threading.Event()

    def comes(self, what: str) -> str:
        """Count a request, and tell what befalls it; what is online is looked at before it is answered."""
        with self._guard:
            self.count += 1
            kind = self.kind if self.count == self.at else ""
            if kind:
                self.done = what
        try:
            self._watched.assert_whole()
        except (AssertionError, OSError) as error:
            self.broken.append(f"before request {self.count}, {what}: {error}")
        if kind == "kill":
            assert self.started.wait(30)
            os.kill(self.victim.pid, signal.SIGKILL)
            self.victim.join()
        return kind  # whoever waits for the victim's end may have disarmed it by now


@contextmanager
def faulty_webdav(folder: Path) -> Iterator[tuple[Fault, Callable[[str, str], Destination]]]:
    """A WebDAV server behind a gateway; gives a destination in it, by its folder and public address."""
    server, fault = WebdavServer(folder), Fault()
    now = ""

    def instead(method: str, path: str) -> Reply | None:
        nonlocal now
        now = fault.comes(f"{method} {path}")
        if now == "timeout":
            time.sleep(2 * HURRY_S)
        if now in ("timeout", "reset", "kill"):
            return 0, [], b""
        return (int(now), [("Content-Type", "text/plain")], b"no") if now.isdecimal() else None

    def after(method: str, _path: str, reply: Reply) -> Reply:
        status, headers, body = reply
        if now == "answer lost":
            return 0, [], b""
        if now == "truncated" and body and method != "HEAD":
            kept = [
                (name, value) for name, value in headers if name.lower() not in ("content-length", "transfer-encoding")
            ]
            return status, [*kept, ("Content-Length", str(len(body)))], body[: len(body) // 2]
        return reply

    try:
        with gateway(server.root.rstrip("/"), instead=instead, after=after, unsigned=False) as address:
            yield fault, lambda place, url: server.destination(address=f"{address}/{place}/", public_url=url)
    finally:
        server.stop()


_ERRORS = {
    "failure": asyncssh.SFTPFailure("Failure"),
    "refused": asyncssh.SFTPPermissionDenied("Permission denied"),
    "full": asyncssh.SFTPFailure("No space left on device"),
}


@contextmanager
def faulty_sftp(folder: Path) -> Iterator[tuple[Fault, Callable[[str, str], Destination]]]:
    """An SFTP server; gives a destination in it, by its folder and public address."""
    server, fault = SftpServer(folder), Fault()

    async def around(name: str, answer: Callable[[], Awaitable[Any]]) -> Any:
        kind = fault.comes(name)
        if not kind:
            return await answer()
        if kind in _ERRORS:
            raise _ERRORS[kind]
        if kind == "silence":
            await asyncio.sleep(4 * HURRY_S)
        if kind == "answer lost":
            await answer()
        server.drop()
        raise asyncssh.SFTPConnectionLost("cut")

    server.around = around
    try:
        yield fault, lambda place, url: server.destination(path=place, public_url=url)
    finally:
        server.stop()


FAULTY = {"sftp": faulty_sftp, "webdav": faulty_webdav}


@pytest.fixture
def be_patient(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """Waits are short; told whether answers may take long."""
    monkeypatch.setattr("bobine.publish.destinations.asking.WAITS_S", (0.01, 0.01, 0.01))
    monkeypatch.setattr(sending, "WAITS_S", (0.01, 0.01, 0.01))
    monkeypatch.setattr(locks, "STALE_S", 0.5)
    monkeypatch.setattr(webdav_files, "_RETRIES", webdav_files._RETRIES.new(backoff_factor=0))

    def patience(is_long: bool) -> None:
        monkeypatch.setattr(connection, "SILENCE_S", 60 if is_long else 2 * HURRY_S)
        timeout = urllib3.Timeout(connect=5, read=30 if is_long else HURRY_S)
        monkeypatch.setattr(webdav_files, "_TIMEOUT", timeout)

    return patience


@pytest.fixture
def public_folder(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address at which the public reads it."""
    server = WebdavServer(tmp_path / "host", public=True, read_only=True)
    yield server.folder, server.root
    server.stop()


def assert_listeners_get_it_whole(public_url: str) -> None:
    """Over HTTP, as they do."""
    where = urlsplit(public_url)
    line = http.client.HTTPConnection(where.netloc, timeout=30)

    def got(key: str) -> bytes:
        line.request("GET", f"{where.path}{key}")
        answer = line.getresponse()
        content = answer.read()
        assert answer.status == 200, key
        return content

    try:
        assert_whole(got(feed_key(SLUG)).decode(), got)
    finally:
        line.close()


def _tables() -> Iterator[Any]:
    """A protocol, a work and its faults: each fault with each work, or each with one of them where few are tried."""
    for protocol, kinds in FAULTS.items():
        works = WORKS[protocol]
        for turn, work in enumerate(works):
            for some in tables(kinds) if EVERY else [kinds[turn :: len(works)]]:
                yield pytest.param(protocol, work, some, id=f"{protocol}-{work}-{'+'.join(some)}")


@pytest.mark.parametrize(("protocol", "work", "kinds"), list(_tables()))
def test_a_request_that_goes_wrong_leaves_all_whole_and_the_next_run_ends_in_the_same_bytes(
    protocol: str,
    work: str,
    kinds: tuple[str, ...],
    tmp_path: Path,
    public_folder: tuple[Path, str],
    be_patient: Callable[[bool], None],
    attempt: Attempt,
) -> None:
    host, address = public_folder
    be_patient(True)
    episodes = tmp_path / "episodes"
    episodes.mkdir()
    with FAULTY[protocol](host) as (fault, destination_in):
        fault.watch(host / protocol)
        destination = destination_in(protocol, f"{address}{protocol}/")
        here = Troubled.begun(work, episodes, open_store(destination, tmp_path), host / protocol)
        first = here.number
        for folder in (host, episodes):
            shutil.copytree(folder, tmp_path / "begun" / folder.name)
        fault.arm("", 0)
        here.prepared()
        here.done(open_store(destination, tmp_path))
        count = fault.count
        here.done_again(open_store(destination, tmp_path), (), "nothing")
        assert count > 100
        for kind, at in chosen(f"{protocol} {work}", kinds, count):
            if work == "published":
                here.number = first
                for folder in (host, episodes):
                    shutil.rmtree(folder)
                    shutil.copytree(tmp_path / "begun" / folder.name, folder)
            here.prepared()
            with attempt(f"a request over {NAMES[protocol]} that goes wrong ({kind}), each in turn"):
                fault.arm(kind, at)
                if kind == "kill":
                    fault.victim = processes.begun(destination, episodes, work, here.number)
                    fault.started.set()
                    fault.victim.join()
                else:
                    be_patient(kind not in ("timeout", "silence"))
                    here.done(open_store(destination, tmp_path))
                    be_patient(True)
                what = f"{kind} at request {at}: {fault.done}"
                fault.arm("", 0)
                assert_listeners_get_it_whole(here.store.public_url)
                here.done_again(open_store(destination, tmp_path), (), what)
                assert_listeners_get_it_whole(here.store.public_url)
                assert fault.broken == [], what
