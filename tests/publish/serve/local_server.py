"""A folder that the local server hands out, and what is asked of it over real sockets."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import uvicorn

from bobine.model.published.release import Release
from bobine.publish.records import encode
from bobine.publish.serve.app import create_app
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
MP3 = "/bobine/audio/a-0123456789ab.mp3"


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


def folder_in(root: Path) -> Path:
    """A destination's folder with what may be served and what may not, beside a secret."""
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


@contextmanager
def serving(folder: Path) -> Iterator[int]:
    """The port of a server of the folder, until it is stopped."""
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
