"""The feedgen extension for Podcasting 2.0, and what it puts right in what feedgen writes itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

PODCAST = "https://podcastindex.org/namespace/1.0"
"""Namespace of Podcasting 2.0; its prefix is ``podcast``, by which some clients know it."""

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
"""Namespace of Apple's tags; its prefix is ``itunes``, by which some clients know it."""

_NAME = "podcasting"  # not "podcast", which is feedgen's name for Apple's tags


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseTag:
    """A licence: an SPDX identifier in lower case, or a name with the address of its text."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTags:
    """The tags of a channel that feedgen does not write.

    Attributes:
        guid: the podcast's identity.
        locked: other platforms may not import the feed.
        owner: e-mail address that may unlock it; none if empty.
        license: terms of the podcast.
        last_build: when the content last changed (aware).
    """

    guid: str
    locked: bool
    owner: str = ""
    license: LicenseTag | None = None
    last_build: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlternateEnclosure:
    """One of the audio files of an item.

    Attributes:
        url: where it is.
        media_type: what it is, codecs included.
        bytes: its size.
        bits_per_second: its nominal bit rate.
        title: what a listener would choose it by.
        integrity: its Subresource Integrity value.
        default: whether it is the item's enclosure.
    """

    url: str
    media_type: str
    bytes: int
    bits_per_second: int
    title: str
    integrity: str
    default: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTags:
    """The tags of an item that feedgen does not write.

    Attributes:
        published: when it came out (aware).
        season: season number.
        episode: number in the season.
        chapters_url: address of its JSON chapters.
        chapters_type: their media type.
        people: name and role of each person; they replace the channel's.
        license: its terms.
        enclosures: its audio files.
    """

    published: datetime
    season: int
    episode: int
    chapters_url: str
    chapters_type: str
    people: Sequence[tuple[str, str]] = ()
    license: LicenseTag | None = None
    enclosures: Sequence[AlternateEnclosure] = ()


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
        return {"podcast": PODCAST}

    def extend_rss(self, feed: Any) -> Any:
        channel = feed[0]
        _correct_explicit(channel)
        for built in channel.findall("lastBuildDate"):
            channel.remove(built)
        if self.tags.last_build is not None:
            etree.SubElement(channel, "lastBuildDate").text = rfc2822(self.tags.last_build)
        _add(channel, "guid", self.tags.guid)
        _add(channel, "locked", "yes" if self.tags.locked else "no", owner=self.tags.owner)
        _add(channel, "medium", "podcast")
        _add_license(channel, self.tags.license)
        return feed


class _ItemExtension(BaseEntryExtension):  # type: ignore[misc]
    """Writes :class:`ItemTags`; runs after feedgen's own extension for Apple's tags, which it corrects."""

    tags: ItemTags

    def extend_rss(self, feed: Any) -> Any:
        item, tags = feed, self.tags
        _correct_explicit(item)
        etree.SubElement(item, "pubDate").text = rfc2822(tags.published)
        _add(item, "season", str(tags.season))
        _add(item, "episode", str(tags.episode))
        _add(item, "chapters", url=tags.chapters_url, type=tags.chapters_type)
        for name, role in tags.people:
            _add(item, "person", name, role=role)
        _add_license(item, tags.license)
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


def _add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    element = etree.SubElement(parent, f"{{{PODCAST}}}{name}")
    element.text = text or None
    for key, value in attributes.items():
        if value:
            element.set(key, value)
    return element


def _add_license(parent: Any, tag: LicenseTag | None) -> None:
    if tag is not None:
        _add(parent, "license", tag.name, url=tag.url)


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
