"""The addresses of the local server: the host that it was asked at, the port it is given, and its end by Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.publish.serve.app import create_app, lan_address, serve
from bobine.publish.serve.guard import is_host
from tests.publish.serve.local_server import MP3, PUBLIC_URL, SOUND, ask, folder_in, serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_in(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with serving(folder) as found:
        yield found


def test_a_feed_names_the_address_it_was_asked_at(port: int) -> None:
    for host in ("192.168.1.20:8470", "bobine.local", "le_studio", "[fe80::1]:8470", f"127.0.0.1:{port}"):
        feed = ask(port, "/bobine/feed.xml", host=host)
        assert f'url="http://{host}/bobine/audio/a-0123456789ab.mp3"'.encode() in feed.body
        assert b"ecoute.example" not in feed.body
        assert b"https://labobineromanaise.example/" in feed.body
        assert feed.headers["Vary"] == "Host"
    one, other = (ask(port, "/bobine/feed.xml", host=host) for host in ("a.local", "b.local"))
    assert one.headers["ETag"] != other.headers["ETag"]
    assert ask(port, "/bobine/feed.xml", host="b.local", If_None_Match=one.headers["ETag"]).status == 200


@pytest.mark.parametrize(
    "host",
    ["", "evil.example/path", 'a"><script>', "a b", "a.example:port", "a:99999", "user@a.example", "a..b", "-a", "é",
     "a.example#x", "[::1", "[zz::1]", "[::1]x", "a&b", "a'b", "a" * 300],
)  # fmt: skip
@pytest.mark.parametrize("path", ["/", "/bobine/feed.xml", MP3])
def test_a_hostile_host_is_refused(port: int, path: str, host: str) -> None:
    answer = ask(port, path, host=host)
    assert answer.status == 400
    assert b"<" not in answer.body


def test_two_hosts_are_refused(port: int) -> None:
    assert ask(port, "/bobine/feed.xml", host="a.local", host_="b.local").status == 200  # another header
    with socket.create_connection(("127.0.0.1", port)) as raw:
        raw.sendall(b"GET /bobine/feed.xml HTTP/1.1\r\nHost: a.local\r\nHost: b.local\r\nConnection: close\r\n\r\n")
        assert raw.recv(100).startswith(b"HTTP/1.1 400")


@given(st.text(max_size=40))
def test_a_host_that_is_taken_is_fit_for_an_address(text: str) -> None:
    if is_host(text):
        assert not set(text) & set("<>&\"' /\\@#?%\r\n\x00")
        assert text.isascii()


def test_a_port_that_is_taken_is_told(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PublishError, match=f"Le port {port} est déjà pris"):
            serve(create_app(folder, PUBLIC_URL), "127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("203.0.113.7", 0), ("127.0.0.1", 99_999), ("nulle part", 0)])
def test_an_address_that_cannot_be_had_is_told(folder: Path, host: str, port: int) -> None:
    with pytest.raises(PublishError, match="choisissez"):
        serve(create_app(folder, PUBLIC_URL), host, port)


def test_the_lan_address_is_an_address() -> None:
    assert socket.inet_aton(lan_address())


@pytest.mark.slow
def test_ctrl_c_stops_it(folder: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from bobine.publish.serve.app import create_app, serve\n"
        "try: serve(create_app(Path(sys.argv[1]), sys.argv[2]), '127.0.0.1', 0, lambda port: print(port, flush=True))\n"
        "except KeyboardInterrupt: sys.exit(3)\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", script, str(folder), PUBLIC_URL],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        deadline = time.monotonic() + 20
        while True:
            try:
                assert ask(port, MP3).body == SOUND
                break
            except OSError:
                assert time.monotonic() < deadline
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    assert (process.returncode, errors) == (3, b"")
