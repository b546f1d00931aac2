"""Which elements a feed that says all holds, with which attributes: what parsers drop without a word is missed here."""

from __future__ import annotations

from typing import Any

import pytest
from lxml import etree

from bobine.publish.feed.live_online import live_element
from tests.publish.feed.test_feed_clients import feedsmith
from tests.publish.feed.test_live_item import at, some
from tests.publish.full import FULL, full_feed
from tests.publish.samples import BASE

__all__ = ["feedsmith"]

CHANNEL = {
    "title": "", "link": "", "description": "", "language": "", "copyright": "", "lastBuildDate": "", "docs": "",
    "generator": "", "image": "", "atom:link": "href rel type",
    "itunes:author": "", "itunes:category": "text", "itunes:image": "href", "itunes:explicit": "", "itunes:owner": "",
    "itunes:type": "",
    "podcast:guid": "", "podcast:locked": "owner", "podcast:medium": "", "podcast:funding": "url",
    "podcast:license": "url", "podcast:location": "country geo osm rel", "podcast:person": "group role",
    "podcast:updateFrequency": "rrule", "podcast:image": "alt aspect-ratio href purpose type", "podcast:txt": "purpose",
    "podcast:podroll": "", "podcast:socialInteract": "priority protocol uri",
    "podcast:trailer": "length pubdate season type url", "podcast:liveItem": "end start status", "item": "",
}  # fmt: skip
ITEM = {
    "title": "", "link": "", "description": "", "content:encoded": "", "guid": "isPermaLink", "pubDate": "",
    "enclosure": "length type url",
    "itunes:image": "href", "itunes:duration": "", "itunes:explicit": "", "itunes:season": "", "itunes:episode": "",
    "itunes:episodeType": "",
    "podcast:season": "name", "podcast:episode": "", "podcast:person": "group role", "podcast:chapters": "type url",
    "podcast:transcript": "language type url", "podcast:soundbite": "duration startTime", "podcast:license": "url",
    "podcast:alternateEnclosure": "bitrate default length title type",
    "podcast:image": "alt aspect-ratio href purpose type",
    "podcast:socialInteract": "priority protocol uri", "psc:chapters": "version",
}  # fmt: skip
NESTED = {
    "podcast:alternateEnclosure": {"podcast:source": "contentType uri", "podcast:integrity": "type value"},
    "podcast:podroll": {"podcast:remoteItem": "feedGuid"},
    "psc:chapters": {"psc:chapter": "start title"},
    "itunes:owner": {"itunes:name": "", "itunes:email": ""},
    "podcast:liveItem": {
        "title": "", "link": "", "guid": "isPermaLink", "enclosure": "length type url", "podcast:contentLink": "href",
    },
}  # fmt: skip


def named(element: Any) -> str:
    """An element's name with its usual prefix."""
    return f"{element.prefix}:{etree.QName(element).localname}" if element.prefix else str(element.tag)


def told(parent: Any) -> dict[str, str]:
    """The elements in another one, with their attributes; an attribute that is empty says nothing."""
    found: dict[str, str] = {}
    for element in parent:
        assert all(element.attrib.values()), named(element)
        assert (element.text or "").strip() or len(element) or element.attrib, f"{named(element)} says nothing"
        name = named(element)
        found[name] = " ".join(sorted({*found.get(name, "").split(), *element.attrib}))
    return found


def test_every_element_is_there_with_its_attributes() -> None:
    channel = etree.fromstring(full_feed()).find("channel")
    assert channel is not None
    assert told(channel) == CHANNEL
    (item,) = [one for one in channel.findall("item") if one.findtext("guid") == FULL.guid]
    assert told(item) == ITEM
    for name, inner in NESTED.items():
        outer = next(one for one in [*channel, *item] if named(one) == name)
        assert told(outer) == inner, name


@pytest.mark.slow
def test_a_parser_gives_each_of_an_items_elements_its_value(feedsmith: Any) -> None:
    (item,) = [one for one in feedsmith(full_feed())["items"] if one["guid"]["value"] == FULL.guid]
    main, other = FULL.audio
    assert item["enclosures"] == [{"url": BASE + main.file.key, "length": main.file.bytes, "type": "audio/mpeg"}]
    assert item["itunes"] == {
        "duration": FULL.duration_s, "image": item["podcast"]["images"][0]["href"], "explicit": True,
        "season": FULL.season, "episode": FULL.number, "episodeType": "full",
    }  # fmt: skip
    sounds = item["podcast"]["alternateEnclosures"]
    assert [one["type"] for one in sounds] == ["audio/mpeg", "audio/ogg; codecs=opus"]
    assert [one["bitrate"] for one in sounds] == [128_000, 48_000]
    assert [one["length"] for one in sounds] == [main.file.bytes, other.file.bytes]
    assert [one["integrity"] for one in sounds] == [{"type": "sri", "value": one.file.integrity} for one in FULL.audio]
    assert [one["sources"][0]["uri"].endswith(file.file.key) for one, file in zip(sounds, FULL.audio, strict=True)] == [
        True, True,
    ]  # fmt: skip


def test_a_live_item_holds_nothing_that_a_client_misreads() -> None:
    """A large client takes an image, chapters or a transcript of a live item for those of the podcast."""
    live = etree.fromstring(live_element(some(at(18))))
    names = {named(element) for element in live}
    assert {"guid", "enclosure", "podcast:contentLink"} <= names
    assert not names & {"itunes:image", "podcast:image", "podcast:chapters", "podcast:transcript"}
