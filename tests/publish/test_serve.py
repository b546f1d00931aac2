from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import PublishError
from bobine.model.published.release import Release
from bobine.publish.records import encode
from bobine.publish.serve.app import create_app, lan_address, serve
from bobine.publish.serve.guard import is_host
from tests.publish.samples import chapters_of, release

SOUND = bytes(range(256)) * 40
PUBLIC_URL = "https://ecoute.example/radio/?a=1&b=/"
FEED = """<?xml version="1.0" encoding="UTF-8"?>
<rss xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" version="2.0"><channel>
<title>Fils &amp; &lt;script&gt;alert(1)&lt;/script&gt;</title><link>https://labobineromanaise.example/</link>
<description>Le magazine.</description>
<itunes:image href="https://ecoute.example/radio/?a=1&amp;b=/bobine/images/c-0123456789ab.jpg"/>
<item><title>La fanfare</title><pubDate>Thu, 26 Nov 2026 19:02:03 +0000</pubDate>
<enclosure url="https://ecoute.example/radio/?a=1&amp;b=/bobine/audio/a-0123456789ab.mp3" length="10240" type="audio/mpeg"/>
</item></channel></rss>
"""  # noqa: E501 - a feed's line


def named_by_the_record() -> Release:
    """A record that names the Opus file and the chapters, and what no record may name."""
    whole = release()
    keys = (
        "bobine/audio/a-0123456789ab.opus",
        "bobine/releases/2026-11-26.json",
        "other/page.json",
        "bobine/link.txt",
    )
    audio = tuple(replace(whole.audio[0], file=replace(whole.audio[0].file, key=key)) for key in keys)
    chapters = replace(chapters_of(whole), key="bobine/chapters/2026-11-26-0123456789ab.json")
    return replace(whole, audio=audio, chapters=chapters)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("serve")
    feed = root / "feed"
    contents = {
        "bobine/feed.xml": FEED.encode(),
        "bobine/audio/a-0123456789ab.mp3": SOUND,
        "bobine/audio/a-0123456789ab.opus": SOUND,
        "bobine/images/c-0123456789ab.jpg": b"jpeg",
        "bobine/chapters/2026-11-26-0123456789ab.json": b"{}",
        "bobine/other.json": b"{}",
        "bobine/page.vtt": b"WEBVTT\n",
        "other/page.json": b"{}",
        "bobine/releases/2026-11-26.json": encode(named_by_the_record()),
        "bobine/.feed.xml.lock": b"",
        "bobine/audio/.a.0123.tmp.mp3": b"half",
        ".bobine-essai": b"",
        "broken/feed.xml": b"<rss>&xxe;",
    }
    for name, content in contents.items():
        (feed / name).parent.mkdir(parents=True, exist_ok=True)
        (feed / name).write_bytes(content)
    (root / "secret.txt").write_text("secret")
    (feed / "bobine" / "link.txt").symlink_to(root / "secret.txt")
    return feed


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    config = uvicorn.Config(create_app(folder, PUBLIC_URL), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        yield listener.getsockname()[1]
        server.should_exit = True
        thread.join()


class Reply:
    def __init__(self, answer: http.client.HTTPResponse) -> None:
        self.status, self.headers, self.body = answer.status, answer.headers, answer.read()


def ask(port: int, path: str, method: str = "GET", host: str | None = None, **headers: str) -> Reply:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=host is not None)
        if host is not None:
            connection.putheader("Host", host)
        for name, value in headers.items():
            connection.putheader(name.replace("_", "-"), value)
        connection.endheaders()
        return Reply(connection.getresponse())
    finally:
        connection.close()


MP3 = "/bobine/audio/a-0123456789ab.mp3"


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (MP3, "audio/mpeg"),
        ("/bobine/audio/a-0123456789ab.opus", "audio/ogg"),
        ("/bobine/images/c-0123456789ab.jpg", "image/jpeg"),
        ("/bobine/chapters/2026-11-26-0123456789ab.json", "application/json+chapters"),
        ("/bobine/feed.xml", "application/rss+xml; charset=utf-8"),
        ("/", "text/html; charset=utf-8"),
    ],
)
def test_types_and_the_headers_of_every_answer(port: int, path: str, media_type: str) -> None:
    got, head = ask(port, path), ask(port, path, "HEAD")
    assert got.status == head.status == 200
    assert head.body == b""
    for answer in (got, head):
        assert answer.headers["Content-Type"] == media_type
        assert answer.headers["Content-Length"] == str(len(got.body))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("asked", "extent", "body"),
    [
        ("bytes=0-0", "bytes 0-0/10240", SOUND[:1]),
        ("bytes=100-199", "bytes 100-199/10240", SOUND[100:200]),
        ("bytes=10000-", "bytes 10000-10239/10240", SOUND[10000:]),
        ("bytes=10000-99999", "bytes 10000-10239/10240", SOUND[10000:]),
        ("bytes=-7", "bytes 10233-10239/10240", SOUND[-7:]),
        ("bytes=-99999", "bytes 0-10239/10240", SOUND),
    ],
)
def test_ranges(port: int, asked: str, extent: str, body: bytes) -> None:
    answer = ask(port, MP3, Range=asked)
    assert (answer.status, answer.headers["Content-Range"], answer.body) == (206, extent, body)
    assert answer.headers["Content-Length"] == str(len(body))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_range_that_is_not_there(port: int) -> None:
    answer = ask(port, MP3, Range="bytes=10240-")
    assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */10240")


def test_a_range_of_another_version_gives_the_whole(port: int) -> None:
    tag = ask(port, MP3).headers["ETag"]
    assert ask(port, MP3, Range="bytes=0-9", If_Range=tag).status == 206
    assert ask(port, MP3, Range="bytes=0-9", If_Range='"other"').body == SOUND


@pytest.mark.parametrize("path", [MP3, "/bobine/feed.xml"])
def test_what_the_client_has_is_not_sent_again(port: int, path: str) -> None:
    first = ask(port, path)
    tag, date = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f'"x", W/{tag}'},
        {"If-None-Match": "*"},
        {"If-Modified-Since": date},
        {"If-None-Match": tag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ):
        for method in ("GET", "HEAD"):
            again = ask(port, path, method, **headers)
            assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag), headers
            assert again.headers["Access-Control-Allow-Origin"] == "*"
    for headers in (
        {"If-None-Match": '"x"'},
        {"If-None-Match": '"x"', "If-Modified-Since": date},
        {"If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
        {"If-Modified-Since": "hier"},
    ):
        assert ask(port, path, **headers).body == first.body, headers


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


@pytest.mark.parametrize(
    "path",
    [
        "/bobine/other.json",
        "/bobine/page.vtt",
        "/other/page.json",
        "/bobine/releases/2026-11-26.json",
        "/bobine/Releases/2026-11-26.json",
        "/bobine/.feed.xml.lock",
        "/bobine/audio/.a.0123.tmp.mp3",
        "/.bobine-essai",
        "/bobine",
        "/bobine/",
        "/bobine/audio",
        "/bobine/link.txt",
        "/../secret.txt",
        "/bobine/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/bobine/%2e%2e/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "//etc/passwd",
        "/%00",
        "/bobine/a%00.mp3",
        "/" + "a" * 5000,
        "/absent/feed.xml",
        "/../feed.xml",
        "/bobine/audio/%C3%A9.mp3",
        "/docs",
        "/openapi.json",
    ],
)
def test_nothing_else_is_served(port: int, path: str) -> None:
    answer = ask(port, path)
    assert answer.status == 404
    assert b"secret" not in answer.body
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_changed(port: int, method: str) -> None:
    assert ask(port, MP3, method).status == 405


def test_a_web_player_may_ask_for_ranges(port: int) -> None:
    answer = ask(port, MP3, "OPTIONS", Origin="https://player.example", Access_Control_Request_Headers="range")
    assert answer.status == 204
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "Range" in answer.headers["Access-Control-Allow-Headers"]


def test_the_index_lists_the_feeds_and_escapes_them(port: int) -> None:
    page = ask(port, "/", host="192.168.1.20:8470").body.decode()
    assert "<script>" not in page
    assert "Fils &amp; &lt;script&gt;" in page
    assert 'href="http://192.168.1.20:8470/bobine/feed.xml"' in page
    assert 'src="http://192.168.1.20:8470/bobine/audio/a-0123456789ab.mp3"' in page
    assert 'src="http://192.168.1.20:8470/bobine/images/c-0123456789ab.jpg"' in page
    assert "jeudi 26 novembre 2026" in page
    assert "1\u00a0épisode<" in page
    assert "Ce flux est illisible" in page
    assert "default-src 'none'" in ask(port, "/").headers["Content-Security-Policy"]


def test_an_empty_or_missing_folder_has_a_page_too(tmp_path: Path) -> None:
    config = uvicorn.Config(create_app(tmp_path / "feed", "http://localhost:8470/"), log_level="error", lifespan="off")
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        answer = ask(listener.getsockname()[1], "/")
        server.should_exit = True
        thread.join()
    assert answer.status == 200
    assert "Rien à écouter" in answer.body.decode()


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
