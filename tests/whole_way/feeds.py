"""Reads a published folder the way a careful client would."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import feedparser
import podcastparser

PUBLIC_URL = "http://localhost:8470/"


def feed_file(folder: Path) -> Path:
    return folder / "demo" / "feed.xml"


def assert_feed_is_good(folder: Path, public_url: str = PUBLIC_URL) -> int:
    """Every file that the feed names is there, whole; gives the number of episodes (0 without a feed)."""
    path = feed_file(folder)
    if not path.exists():
        return 0
    parsed = feedparser.parse(path.read_bytes())
    assert not parsed.bozo
    for entry in parsed.entries:
        (enclosure,) = entry.enclosures
        assert _local(folder, enclosure.href, public_url).stat().st_size == int(enclosure.length)
        assert _local(folder, entry.image.href, public_url).stat().st_size > 10_000
        chapters = _local(folder, entry.podcast_chapters["url"], public_url)
        assert json.loads(chapters.read_text(encoding="utf-8"))["version"] == "1.2.0"
    assert _local(folder, parsed.feed.image.href, public_url).is_file()
    return len(parsed.entries)


def _local(folder: Path, url: str, public_url: str) -> Path:
    assert url.startswith(public_url), url
    return folder / unquote(url.removeprefix(public_url))


def only_episode(content: bytes) -> dict[str, Any]:
    """The feed's one episode, as gPodder's parser gives it."""
    (episode,) = podcastparser.parse(PUBLIC_URL, io.BytesIO(content))["episodes"]
    return dict(episode)
