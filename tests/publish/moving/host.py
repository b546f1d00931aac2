"""An old host with episodes of its own, for what is taken over from it."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from tests.publish.check.site import Site

_FRAME = b"\xff\xfb\x90\x00" + bytes(413)
"""A silent frame of MP3: 128 kb/s, 44.1 kHz, 1152 samples."""

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:podcast="https://podcastindex.org/namespace/1.0"
 xmlns:psc="http://podlove.org/simple-chapters" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
"""


def mp3(seed: str, frames: int = 80) -> bytes:
    """An MP3 of so many frames (26 ms each) that no other seed gives."""
    mark = seed.encode()
    return b"".join(_FRAME[: -len(mark)] + mark for _ in range(frames))


def item(
    site: Site,
    name: str,
    date: str = "Thu, 05 Nov 2020 17:00:00 GMT",
    *,
    title: str = "",
    guid: str | None = "",
    more: str = "",
    sound: bool = True,
) -> str:
    """An item, whose sound is put on the site; ``guid`` is made from the name, None leaves it out."""
    site.files[f"/{name}.mp3"] = ("audio/mpeg", mp3(name))
    address = f"{site.address}{name}.mp3"
    identity = "" if guid is None else f"<guid isPermaLink='false'>{escape(guid or 'guid-' + name)}</guid>"
    enclosure = f'<enclosure url="{address}" type="audio/mpeg" length="0"/>' if sound else ""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    return f"<item><title>{escape(title or name)}</title>{identity}{dated}{enclosure}{more}</item>"


def feed(items: Iterable[str], channel: str = "<title>Ancien</title>") -> bytes:
    """A feed of these items, the newest first."""
    return f"{HEAD}{channel}{''.join(items)}</channel></rss>".encode()


def put_feed(site: Site, items: Iterable[str], channel: str = "<title>Ancien</title>") -> str:
    """Put a feed on the site; gives its address."""
    site.files["/old.xml"] = ("application/rss+xml", feed(items, channel))
    return f"{site.address}old.xml"
