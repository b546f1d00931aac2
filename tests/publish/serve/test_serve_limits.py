"""The local server under clients that ask for half of something, or for too much at once: real sockets, loopback."""

from __future__ import annotations

import contextlib
import logging
import os
import resource
import select
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.publish.serve.limits import Limits
from bobine.publish.serve.log import LINES, FewLines

Attempt = Callable[[str], AbstractContextManager[None]]

SCRIPT = """
import logging, resource, sys
from pathlib import Path
from bobine.publish.serve.app import create_app, serve
from bobine.publish.serve.limits import Limits
resource.setrlimit(resource.RLIMIT_NOFILE, (256, 256))
limits = Limits(request_s=float(sys.argv[2]), stalled_s=float(sys.argv[2]))
app = create_app(Path(sys.argv[1]), "http://localhost:8470/")
serve(app, "0.0.0.0", 0, lambda port: print(port, flush=True), limits)
"""
HALF = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
WHOLE = b"GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.boundary,
    pytest.mark.skipif(sys.platform != "linux", reason="addresses 127.0.0.x are Linux's"),
]


class Served:
    """A server in a process of its own, which may open 256 files; a slow client is given up after ``patience_s``."""

    def __init__(self, folder: Path, patience_s: float) -> None:
        self.errors = folder / "errors"
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", SCRIPT, str(folder / "feed"), str(patience_s)]
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, env=environment)
        assert self.process.stdout is not None
        self.port = int(self.process.stdout.readline())

    def connect(self, address: str = "127.0.0.1") -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=20, source_address=(address, 0))

    def answer(self, address: str = "127.0.0.1", request: bytes = WHOLE) -> bytes:
        with self.connect(address) as client:
            client.sendall(request)
            return read_to_the_end(client)


def read_to_the_end(client: socket.socket) -> bytes:
    parts = []
    with contextlib.suppress(ConnectionError):
        while part := client.recv(1 << 16):
            parts.append(part)
    return b"".join(parts)


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[float], Served]]:
    started: list[Served] = []

    def start(patience_s: float) -> Served:
        started.append(Served(tmp_path, patience_s))
        return started[-1]

    yield start
    for served in started:
        served.process.kill()
        served.process.communicate()


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One server for tests of which each is let go."""
    served = Served(tmp_path_factory.mktemp("hasty"), 0.5)
    yield served
    served.process.kill()
    served.process.communicate()


def test_four_hundred_half_requests_stop_nobody_else(serving: Callable[[float], Served], attempt: Attempt) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 1024)), hard))
    served = serving(3600)
    with contextlib.ExitStack() as held:
        for _ in range(400):
            with attempt("half a request, from 400 connections of one address"):
                client = held.enter_context(served.connect())
                with contextlib.suppress(ConnectionError):
                    client.sendall(HALF)
        for number in range(2, 12):
            with attempt("a listener while 400 half requests are held open"):
                assert served.answer(f"127.0.0.{number}").startswith(b"HTTP/1.1 200")
    assert served.errors.stat().st_size < 2000


def test_many_addresses_leave_room_for_the_program(serving: Callable[[float], Served], attempt: Attempt) -> None:
    served = serving(1)
    with contextlib.ExitStack() as held, attempt("half requests from 20 addresses, past what may be open"):
        for number in range(400):
            client = held.enter_context(served.connect(f"127.0.0.{2 + number % 20}"))
            with contextlib.suppress(ConnectionError):
                client.sendall(HALF)
        deadline = time.monotonic() + 60
        while not served.answer("127.0.0.200").startswith(b"HTTP/1.1 200"):  # refused until the slow ones are let go
            assert time.monotonic() < deadline
        assert b"Traceback" not in served.errors.read_bytes()
        assert served.errors.stat().st_size < 2000


@pytest.mark.parametrize(
    "begun",
    [b"", b"G", HALF, WHOLE[:-2], b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n",
     WHOLE.replace(b"close", b"keep-alive") + HALF],
    ids=["nothing", "a letter", "half a header", "all but the end", "no body", "a second one"],
)  # fmt: skip
def test_a_client_that_goes_on_byte_by_byte_is_let_go(hasty: Served, begun: bytes, attempt: Attempt) -> None:
    with hasty.connect() as client, attempt("a request that never ends"), contextlib.suppress(ConnectionError):
        deadline = time.monotonic() + 60
        client.sendall(begun)
        while True:
            assert time.monotonic() < deadline
            if select.select([client], [], [], 0.1)[0] and not client.recv(1 << 16):
                break
            if begun:
                client.sendall(b"a")


def test_bad_requests_fill_no_log(serving: Callable[[float], Served], attempt: Attempt) -> None:
    served = serving(5)
    for number in range(200):
        with attempt("a request that is none"):
            assert b" 400 " in served.answer(request=b"\x00\xff nonsense %d\r\n\r\n" % number)
    assert served.errors.read_text("utf-8").count("\n") <= LINES
    assert "Traceback" not in served.errors.read_text("utf-8")


def test_what_was_kept_back_is_counted() -> None:
    said: list[str] = []
    clock = [0.0]
    handler = FewLines(said.append, lambda: clock[0])
    record = logging.LogRecord("uvicorn.error", logging.WARNING, "", 0, "bad", (), None)
    for _ in range(1000):
        handler.emit(record)
    assert len(said) == LINES
    clock[0] = 61
    handler.emit(record)
    assert said[LINES] == f"Serveur : {1000 - LINES} autres incidents, sans détail.\n"


def test_limits_leave_files_to_the_program() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (200, hard))
        fitted = Limits().fitted()
        assert fitted.connections * 2 < 200
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
