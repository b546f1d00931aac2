"""The feedgen extension for Podcasting 2.0, and what it puts right in what feedgen writes itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from bobine.model.published.release import Chapter
from bobine.publish.chapters import whole_clock
from bobine.publish.feed.tags import AlternateEnclosure, ChannelTags, ImageTag, ItemTags, LicenseTag

PODCAST = "https://podcastindex.org/namespace/1.0"
"""Namespace of Podcasting 2.0; its prefix is ``podcast``, by which some clients know it."""

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
"""Namespace of Apple's tags; its prefix is ``itunes``, by which some clients know it."""

CHAPTERS = "http://podlove.org/simple-chapters"
"""Namespace of Podlove Simple Chapters; its prefix is ``psc``, by which some clients know it."""

ATOM = "http://www.w3.org/2005/Atom"
"""Namespace of the links of a feed (RFC 4287)."""

_CHAPTER = f"{{{CHAPTERS}}}chapter"
_NAME = "podcasting"  # not "podcast", which is feedgen's name for Apple's tags


def new_channel(tags: ChannelTags) -> FeedGenerator:
    """An empty feed that speaks Apple's and Podcasting 2.0's tags, and that reads no clock."""
    channel = FeedGenerator()
    # feedgen fills in the time of day and would format it by switching the process's locale: the extension
    # writes the date instead
    vars(channel)["_FeedGenerator__rss_lastBuildDate"] = None
    channel.load_extension("podcast")
    channel.register_extension(_NAME, _ChannelExtension, _ItemExtension, atom=False)
    getattr(channel, _NAME).tags = tags
    return channel


def new_item(channel: FeedGenerator, tags: ItemTags) -> FeedEntry:
    """A new last item of a feed of :func:`new_channel`."""
    item = channel.add_entry(order="append")
    getattr(item, _NAME).tags = tags
    return item


class _ChannelExtension(BaseExtension):  # type: ignore[misc]
    """Writes :class:`ChannelTags`; runs after feedgen's own extension for Apple's tags, which it corrects."""

    tags: ChannelTags

    def extend_ns(self) -> dict[str, str]:
        return {"podcast": PODCAST, "psc": CHAPTERS}

    def extend_rss(self, feed: Any) -> Any:
        channel, tags = feed[0], self.tags
        _correct_explicit(channel)
        for built in channel.findall("lastBuildDate"):
            channel.remove(built)
        if tags.last_build is not None:
            etree.SubElement(channel, "lastBuildDate").text = rfc2822(tags.last_build)
        for relation, address in tags.pages:
            # feedgen keeps one link of its own, and takes whatever link it is given last for the channel's page
            etree.SubElement(
                channel, f"{{{ATOM}}}link", {"rel": relation, "href": address, "type": "application/rss+xml"}
            )
        if tags.hub:
            etree.SubElement(channel, f"{{{ATOM}}}link", {"rel": "hub", "href": tags.hub})
        _add(channel, "guid", tags.guid)
        _add(channel, "locked", "yes" if tags.locked else "no", owner=tags.owner)
        _add(channel, "medium", "podcast")
        _add_image(channel, tags.image)
        _add_license(channel, tags.license)
        if tags.funding is not None:
            _add(channel, "funding", tags.funding[1], url=tags.funding[0])
        if tags.location is not None:
            place = tags.location
            _add(channel, "location", place.name, rel="subject", geo=place.geo, osm=place.osm, country=place.country)
        _add_people(channel, tags.people)
        if tags.frequency is not None:
            _add(channel, "updateFrequency", tags.frequency[1], rrule=tags.frequency[0])
        for trailer in tags.trailers:
            _add(
                channel,
                "trailer",
                trailer.title,
                pubdate=rfc2822(trailer.published),
                url=trailer.url,
                length=str(trailer.bytes),
                type=trailer.media_type,
                season=str(trailer.season or ""),
            )
        if tags.podroll:
            roll = _add(channel, "podroll")
            for guid in tags.podroll:
                _add(roll, "remoteItem", feedGuid=guid)
        _add_discussion(channel, tags.discussion)
        if tags.txt is not None:
            _add(channel, "txt", tags.txt[0], purpose=tags.txt[1])
        return feed


class _ItemExtension(BaseEntryExtension):  # type: ignore[misc]
    """Writes :class:`ItemTags`; runs after feedgen's own extension for Apple's tags, which it corrects."""

    tags: ItemTags

    def extend_rss(self, feed: Any) -> Any:
        item, tags = feed, self.tags
        _correct_explicit(item)
        etree.SubElement(item, "pubDate").text = rfc2822(tags.published)
        if tags.season is not None:
            _add(item, "season", str(tags.season[0]), name=tags.season[1])
        if tags.episode is not None:
            _add(item, "episode", str(tags.episode))
        if tags.chapters_url:
            _add(item, "chapters", url=tags.chapters_url, type=tags.chapters_type)
        _add_simple_chapters(item, tags.chapters)
        for address, media_type in tags.transcripts:
            _add(item, "transcript", url=address, type=media_type, language=tags.language)
        for one in tags.soundbites:
            _add(item, "soundbite", one.title, startTime=_seconds(one.start_s), duration=_seconds(one.duration_s))
        _add_people(item, tags.people)
        _add_image(item, tags.image)
        _add_license(item, tags.license)
        _add_discussion(item, tags.discussion)
        for enclosure in tags.enclosures:
            _add_enclosure(item, enclosure)
        return item


def rfc2822(instant: datetime) -> str:
    """An aware instant as feeds write it, in universal time: ``Thu, 26 Nov 2026 17:00:00 GMT``, in any locale."""
    return format_datetime(instant.astimezone(UTC), usegmt=True)


def _correct_explicit(parent: Any) -> None:
    """Apple's and PSP-1's values are true and false, where feedgen takes yes and no."""
    for explicit in parent.findall(f"{{{ITUNES}}}explicit"):
        explicit.text = "true" if explicit.text == "yes" else "false"


def _add(parent: Any, tag: str, text: str = "", /, **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{PODCAST}}}{tag}")
    element.text = text or None
    for key, value in attributes.items():
        if value:
            element.set(key, value)
    return element


def _seconds(seconds: float) -> str:
    """Seconds to the millisecond: ``73`` or ``73.25``."""
    return f"{seconds:.3f}".rstrip("0").rstrip(".")


def _add_image(parent: Any, image: ImageTag) -> None:
    attributes = {"href": image.url, "alt": image.alt, "aspect-ratio": "1/1", "type": image.media_type}
    _add(parent, "image", purpose="artwork", **attributes)


def _add_license(parent: Any, tag: LicenseTag | None) -> None:
    if tag is not None:
        _add(parent, "license", tag.name, url=tag.url)


def _add_people(parent: Any, people: Iterable[tuple[str, str]]) -> None:
    for name, role in people:
        _add(parent, "person", name, role=role, group="cast")


def _add_discussion(parent: Any, address: str) -> None:
    if address:
        _add(parent, "socialInteract", protocol="activitypub", uri=address, priority="1")


def _add_simple_chapters(item: Any, chapters: Sequence[Chapter]) -> None:
    """Podlove Simple Chapters 1.2, in whole seconds as all other lists."""
    if not chapters:
        return
    listed = etree.SubElement(item, f"{{{CHAPTERS}}}chapters", version="1.2")
    for chapter in chapters:
        element = etree.SubElement(listed, _CHAPTER)
        element.set("start", whole_clock(chapter.start_ms // 1000))  # lxml is twice as quick as with both at once
        element.set("title", chapter.title)


def _add_enclosure(item: Any, enclosure: AlternateEnclosure) -> None:
    element = _add(
        item,
        "alternateEnclosure",
        type=enclosure.media_type,
        length=str(enclosure.bytes),
        bitrate=str(enclosure.bits_per_second),
        title=enclosure.title,
        default="true" if enclosure.default else "",
    )
    _add(element, "source", uri=enclosure.url, contentType=enclosure.media_type)
    _add(element, "integrity", type="sri", value=enclosure.integrity)
