"""A podcast's host on the loopback interface, good in every way until a test spoils one answer."""

from __future__ import annotations

import contextlib
import io
import json
import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from PIL import Image

Answered = tuple[int, dict[str, str], bytes]
Spoil = Callable[[str, str, dict[str, str]], Answered | None]
"""Takes the method, the path and the headers of a request; gives an answer, or None where it stays good."""

SOUND = b"sound" * 400
CHAPTERS = {"version": "1.2.0", "chapters": [{"startTime": start, "title": "x"} for start in (0, 40, 150)]}
OPEN = {"Access-Control-Allow-Origin": "*"}


def picture(side: int | tuple[int, int] = 1400, mode: str = "RGB", form: str = "JPEG") -> bytes:
    """A picture of one colour."""
    stream = io.BytesIO()
    Image.new(mode, side if isinstance(side, tuple) else (side, side)).save(stream, form)
    return stream.getvalue()


class Site:
    """The host.

    Attributes:
        address: of its root, with ``/`` at the end.
        files: type and content, by path.
        spoil: what a test wants otherwise.
        asked: method and path of each request.
    """

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}/"
        self.files: dict[str, tuple[str, bytes]] = {
            "/a.mp3": ("audio/mpeg", SOUND),
            "/a.json": ("application/json+chapters", json.dumps(CHAPTERS).encode()),
            "/a.vtt": ("text/vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Nadia>Bonsoir\n"),
            "/a.srt": ("application/x-subrip", b"1\n00:00:00,000 --> 00:00:01,000\nBonsoir\n"),
            "/a.jpg": ("image/jpeg", picture()),
        }
        self.files["/feed.xml"] = ("application/rss+xml", self.feed())
        self.spoil: Spoil = lambda _method, _path, _headers: None
        self.asked: list[tuple[str, str]] = []

    def feed(self) -> bytes:
        """A good feed of one episode, whose files are here."""
        here = self.address
        return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
     xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<atom:link rel="self" type="application/rss+xml" href="{here}feed.xml"/>
<title>La Bobine</title><description>Un magazine.</description><link>{here}</link><language>fr</language>
<itunes:author>La Bobine</itunes:author><itunes:category text="History"/><itunes:explicit>false</itunes:explicit>
<itunes:image href="{here}a.jpg"/>
<podcast:guid>3b241101-e2bb-5255-8caf-4136c566a962</podcast:guid><podcast:locked>no</podcast:locked>
<item>
<title>Un</title><guid isPermaLink="false">un</guid><link>{here}un</link>
<pubDate>Thu, 26 Nov 2026 18:00:00 GMT</pubDate>
<description>00:00:00 Générique
00:00:40 Accueil
00:02:30 Politique</description>
<enclosure url="{here}a.mp3" length="{len(SOUND)}" type="audio/mpeg"/>
<itunes:duration>300</itunes:duration><itunes:image href="{here}a.jpg"/><itunes:explicit>false</itunes:explicit>
<podcast:chapters url="{here}a.json" type="application/json+chapters"/>
<podcast:transcript url="{here}a.vtt" type="text/vtt"/>
<podcast:transcript url="{here}a.srt" type="application/x-subrip"/>
</item>
</channel>
</rss>
""".encode()

    def answer(self, method: str, path: str, headers: dict[str, str]) -> Answered:
        """What is answered to a request."""
        self.asked.append((method, path))
        spoilt = self.spoil(method, path, headers)
        if spoilt is not None:
            return spoilt
        if path not in self.files:
            return 404, {}, b""
        media_type, content = self.files[path]
        sent = {"Content-Type": media_type, "ETag": '"x"', **OPEN}
        if headers.get("if-none-match") == '"x"':
            return 304, sent, b""
        extent = re.fullmatch(r"bytes=(\d+)-(\d*)", headers.get("range", ""))
        if extent:
            end = min(int(extent[2] or len(content)), len(content) - 1)
            part = content[int(extent[1]) : end + 1]
            return 206, {**sent, "Content-Range": f"bytes {extent[1]}-{end}/{len(content)}"}, part
        return 200, sent, content


@contextlib.contextmanager
def serving() -> Iterator[Site]:
    """A site that answers until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, sent, body = site.answer(self.command, self.path, headers)
            self.send_response_only(status)
            for name, value in ({"Content-Length": str(len(body))} | sent).items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(OSError):
                if self.command != "HEAD":
                    self.wfile.write(body)

        def __getattr__(self, name: str) -> Callable[[], None]:
            if name.startswith("do_"):
                return self.reply
            raise AttributeError(name)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
