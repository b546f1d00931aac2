"""The local server's answers: types, ranges, what is unchanged, the index, and nothing that is not published."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn

from bobine.publish.serve.app import create_app
from tests.publish.serve.local_server import MP3, SOUND, ask, folder_in, serving


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder_in(tmp_path_factory.mktemp("serve"))


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with serving(folder) as found:
        yield found


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
