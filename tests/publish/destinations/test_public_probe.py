from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.model.published.release import StoredFile
from bobine.publish.destinations.public_probe import probe_public
from tests.publish.shelf import stored_file

Answer = Callable[[BaseHTTPRequestHandler], tuple[int, dict[str, str], bytes]]
SOUND = b"sound" * 50


@pytest.fixture
def file(tmp_path: Path) -> StoredFile:
    source = tmp_path / "a.mp3"
    source.write_bytes(SOUND)
    return stored_file(source, "bobine/audio/a.mp3")


@pytest.fixture
def served() -> Iterator[Callable[[Answer], str]]:
    """Serves one answer to every request; gives the address."""
    servers: list[ThreadingHTTPServer] = []

    def serve(answer: Answer) -> str:
        class Handler(BaseHTTPRequestHandler):
            def __getattr__(self, name: str) -> Callable[[], None]:
                if name.startswith("do_"):
                    return self.reply
                raise AttributeError(name)

            def reply(self) -> None:
                status, headers, body = answer(self)
                self.send_response_only(status)
                for header, value in ({"Content-Length": str(len(body))} | headers).items():
                    self.send_header(header, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return f"http://127.0.0.1:{server.server_address[1]}/a.mp3"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def good(request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
    if request.headers.get("Range") == f"bytes={len(SOUND) - 1}-{len(SOUND) - 1}":
        extent = f"bytes {len(SOUND) - 1}-{len(SOUND) - 1}/{len(SOUND)}"
        return 206, {"Content-Type": "audio/mpeg", "Content-Range": extent}, SOUND[-1:]
    return 200, {"Content-Type": "Audio/MPEG; charset=binary"}, SOUND


def test_a_good_host_passes(served: Callable[[Answer], str], file: StoredFile) -> None:
    probe_public(served(good), file)


def test_a_redirection_is_followed(served: Callable[[Answer], str], file: StoredFile) -> None:
    target = served(good)
    probe_public(served(lambda _request: (302, {"Location": target}, b"")), file)


def test_a_host_that_is_late_is_asked_again(served: Callable[[Answer], str], file: StoredFile) -> None:
    late = iter((404, 503))

    def answer(request: BaseHTTPRequestHandler) -> tuple[int, dict[str, str], bytes]:
        status = next(late, None)
        return (status, {}, b"") if status else good(request)

    probe_public(served(answer), file)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (lambda _request: (403, {}, b""), "n'est pas lisible par le public"),
        (lambda _request: (410, {}, b""), "répond 410"),
        (lambda _request: (200, {"Content-Type": "text/plain"}, SOUND), "« text/plain » au lieu de « audio/mpeg »"),
        (lambda _request: (200, {"Content-Type": "audio/mpeg"}, SOUND[1:]), "fait 249 octets au lieu de 250"),
        (lambda _request: (200, {"Content-Type": "audio/mpeg"}, SOUND), "par morceaux"),
        (
            lambda request: (
                (206, {"Content-Type": "audio/mpeg", "Content-Range": "bytes 0-0/999"}, b"s")
                if "Range" in request.headers
                else good(request)
            ),
            "par morceaux",
        ),
    ],
    ids=["forbidden", "gone", "type", "size", "no-ranges", "other-range"],
)
def test_a_host_that_serves_it_wrong_is_told(
    served: Callable[[Answer], str], file: StoredFile, answer: Answer, told: str
) -> None:
    with pytest.raises(PublishError, match=told):
        probe_public(served(answer), file)


def test_a_redirection_to_a_local_file_is_not_followed(
    served: Callable[[Answer], str], file: StoredFile, tmp_path: Path
) -> None:
    with pytest.raises(PublishError):
        probe_public(served(lambda _request: (302, {"Location": f"file://{tmp_path}/a.mp3"}, b"")), file)
