"""The feed as real clients read it. Invalid tags vanish in them, so that each key is asserted to be there."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest

from bobine.publish.feed.write import feed_bytes
from tests.publish.samples import BASE, FEED, GUID, IMAGE, NASTY_TITLES, SHOW, chapters_of, release

CLIENTS = Path(__file__).parents[2] / "clients"
RELEASES = [release(0), release(1)]
CONTENT = feed_bytes(SHOW, RELEASES, BASE, FEED, IMAGE, GUID)
NASTY = feed_bytes(
    SHOW, [release(week, title=title) for week, title in enumerate(NASTY_TITLES)], BASE, FEED, IMAGE, GUID
)


def client(name: str) -> Callable[[bytes], Any]:
    """A client of ``tests/clients``, as a function from a feed's bytes to what it understood."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        reason = f"{name} needs node and npm on the PATH"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    if not all((CLIENTS / "node_modules" / package).is_dir() for package in ("podcast-partytime", "feedsmith")):
        quiet = ["--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts"]
        subprocess.run([npm, "install", *quiet], cwd=CLIENTS, check=True, stdout=subprocess.DEVNULL)

    def parse(content: bytes) -> Any:
        command = [node, str(CLIENTS / f"{name}.mjs")]
        return json.loads(subprocess.run(command, input=content, capture_output=True, check=True).stdout)

    return parse


@pytest.fixture(scope="session")
def partytime() -> Any:
    """The Podcast Index's parser."""
    return client("partytime")


@pytest.fixture(scope="session")
def feedsmith() -> Any:
    """The parser that reads most of Podcasting 2.0."""
    return client("feedsmith")


@pytest.mark.slow
def test_the_podcast_index_understands_every_tag(partytime: Any) -> None:
    read = partytime(CONTENT)
    assert read["title"] == SHOW.title
    assert read["description"].replace("\u2060", "") == " ".join(SHOW.description.split())
    assert (read["author"], read["language"], read["link"]) == (SHOW.podcast.author, "fr", SHOW.podcast.link)
    assert read["guid"] == GUID
    assert read["locked"] is True
    assert read["podcastOwner"] == SHOW.podcast.owner_email
    assert read["medium"] == "podcast"
    assert read["license"]["identifier"] == "cc-by-nc-sa-4.0"
    assert read["explicit"] is False
    assert read["itunesImage"] == IMAGE
    assert read["itunesCategory"] == ["Society & Culture > Personal Journals"]
    assert read["copyright"] == "La Bobine Romanaise"
    assert read["pubsub"] == {"self": FEED}
    assert read["owner"] == {"name": SHOW.podcast.owner_name, "email": SHOW.podcast.owner_email}
    assert read["lastBuildDate"] == "2026-12-03T18:06:00.000Z"
    supported = {name for names in read["pc20support"].values() for name in names}
    assert {"guid", "locked", "medium", "license", "chapters", "person", "season", "episode"} <= supported
    assert "alternateEnclosure" in supported


@pytest.mark.slow
def test_the_podcast_index_understands_every_tag_of_an_item(partytime: Any) -> None:
    items = partytime(CONTENT)["items"]
    assert [item["guid"] for item in items] == [release(1).guid, release(0).guid]
    item, expected = items[1], release(0)
    main, other = expected.audio
    assert item["title"] == expected.title
    assert item["enclosure"] == {"url": BASE + main.file.key, "length": main.file.bytes, "type": "audio/mpeg"}
    assert item["duration"] == 3300
    assert item["pubDate"] == "2026-11-26T18:05:00.000Z"
    assert item["link"] == f"{BASE}bobine-romanaise/2026-11-26/index.html"
    assert item["explicit"] is False
    assert item["itunesImage"] == BASE + expected.image.key
    assert item["itunesEpisodeType"] == "full"
    assert (item["itunesSeason"], item["itunesEpisode"]) == (8, 7)
    assert (item["podcastSeason"]["number"], item["podcastEpisode"]["number"]) == (8, 7)
    assert item["podcastChapters"] == {"url": BASE + chapters_of(expected).key, "type": "application/json+chapters"}
    assert [(person["name"], person["role"]) for person in item["podcastPeople"]] == [
        ("Nadia Ferhat", "Host"),
        ("Jean-Loup d'Aubépine & fils", "Guest"),
    ]
    assert item["license"]["url"] == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    first, second = item["alternativeEnclosures"]
    assert (first["type"], first["default"], first["length"]) == ("audio/mpeg", True, main.file.bytes)
    assert (second["type"], second["default"]) == ("audio/ogg; codecs=opus", False)
    assert (first["bitrate"], second["bitrate"]) == (128_000, 48_000)
    assert second["source"][0]["uri"] == BASE + other.file.key
    assert second["integrity"] == {"type": "sri", "value": other.file.integrity}


@pytest.mark.slow
def test_the_podcast_index_survives_nasty_titles(partytime: Any) -> None:
    items = partytime(NASTY)["items"]
    assert len(items) == len(NASTY_TITLES)
    assert [item["podcastEpisode"]["number"] for item in items] == list(range(6 + len(NASTY_TITLES), 6, -1))
    assert all(item["title"] for item in items)


def test_gpodder_reads_it() -> None:
    read = podcastparser.parse(FEED, io.BytesIO(CONTENT))
    assert read["title"] == SHOW.title
    assert read["link"] == SHOW.podcast.link
    assert read["cover_url"] == IMAGE
    assert read["itunes_author"] == SHOW.podcast.author
    assert read["language"] == "fr"
    assert read["type"] == "episodic"
    assert read["explicit"] is False
    episodes = read["episodes"]
    assert [episode["guid"] for episode in episodes] == [release(1).guid, release(0).guid]
    episode, expected = episodes[1], release(0)
    main = expected.audio[0].file
    assert episode["title"] == expected.title
    assert episode["enclosures"] == [{"file_size": main.bytes, "url": BASE + main.key, "mime_type": "audio/mpeg"}]
    assert episode["total_time"] == 3300
    assert episode["published"] == int(expected.published.timestamp())
    assert episode["episode_art_url"] == BASE + expected.image.key
    assert episode["number"] == 7
    assert episode["description"].replace("\u2060", "") == expected.description
    assert "<br/>00:00:40 Accueil &lt;sommaire&gt;<br/>" in episode["description_html"]
    assert (episode["season"], episode["type"], episode["explicit"]) == (8, "full", False)


def test_feedparser_finds_no_fault() -> None:
    read = feedparser.parse(io.BytesIO(CONTENT))
    assert read.bozo is False
    assert read.version == "rss20"
    assert {"itunes", "podcast", "content"} <= set(read.namespaces)
    channel = read.feed
    assert (channel.title, channel.link, channel.language) == (SHOW.title, SHOW.podcast.link, "fr")
    assert [link.href for link in channel.links if link.rel == "self"] == [FEED]
    assert channel.image.href == IMAGE
    assert channel.updated == "Thu, 03 Dec 2026 18:06:00 GMT"
    entry, expected = read.entries[1], release(0)
    page = f"{BASE}bobine-romanaise/2026-11-26/index.html"
    assert (entry.title, entry.id, entry.link) == (expected.title, expected.guid, page)
    assert [(link.href, link.type, link.length) for link in entry.enclosures] == [
        (BASE + expected.audio[0].file.key, "audio/mpeg", str(expected.audio[0].file.bytes))
    ]
    assert entry.published == "Thu, 26 Nov 2026 18:05:00 GMT"
    assert (entry.itunes_duration, entry.itunes_episode, entry.itunes_season) == ("3300", "7", "8")
    assert entry.image.href == BASE + expected.image.key
    assert entry.podcast_chapters["url"] == BASE + chapters_of(expected).key


def test_nasty_titles_reach_python_clients() -> None:
    read = feedparser.parse(io.BytesIO(NASTY))
    assert read.bozo is False
    titles = [episode["title"] for episode in podcastparser.parse(FEED, io.BytesIO(NASTY))["episodes"]]
    assert len(titles) == len(read.entries) == len(NASTY_TITLES)
    for title in ("../../etc/passwd", "-i", "]]> et <![CDATA[ puis <!-- -->", "Fête 🎉👩‍👩‍👧 au studio"):
        assert title in titles
