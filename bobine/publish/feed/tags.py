"""The values of the tags that feedgen does not write."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bobine.model.published.release import Chapter


@dataclass(frozen=True, slots=True, kw_only=True)
class LicenseTag:
    """A licence: an SPDX identifier in lower case, or a name; with the address of its text where it has one."""

    name: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageTag:
    """A square cover: its address, its media type, and what it shows for people who do not see it."""

    url: str
    media_type: str
    alt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailerTag:
    """A trailer of the podcast: the address, size in bytes and media type of its sound, since when, and any season."""

    title: str
    url: str
    bytes: int
    media_type: str
    published: datetime
    season: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LocationTag:
    """The place that a podcast is about, with its geo URI, its OpenStreetMap object and its country, empty or not."""

    name: str
    geo: str = ""
    osm: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelTags:
    """The tags of a channel that feedgen does not write.

    Attributes:
        guid: the podcast's identity.
        locked: other platforms may not import the feed.
        image: its cover.
        owner: e-mail address that may unlock it; none if empty.
        license: terms of the podcast.
        last_build: when the content last changed (aware).
        pages: relation and address of the other pages (RFC 5005).
        hub: address of the WebSub hub; empty for none.
        funding: address and text of a link for giving.
        location: what place it is about.
        people: name and role of those who present it.
        frequency: recurrence rule (RFC 5545) and the same in words; empty words where there are none.
        trailers: its trailers, the newest first.
        podroll: guids of podcasts that it recommends.
        discussion: address of a post under which it is talked about.
        txt: a text for machines, and what it is for.
    """

    guid: str
    locked: bool
    image: ImageTag
    owner: str = ""
    license: LicenseTag | None = None
    last_build: datetime | None = None
    pages: Sequence[tuple[str, str]] = ()
    hub: str = ""
    funding: tuple[str, str] | None = None
    location: LocationTag | None = None
    people: Sequence[tuple[str, str]] = ()
    frequency: tuple[str, str] | None = None
    trailers: Sequence[TrailerTag] = ()
    podroll: Sequence[str] = ()
    discussion: str = ""
    txt: tuple[str, str] | None = None


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
class SoundbiteTag:
    """An extract: where it starts and how long it is, in seconds, and what it is called; empty for the item's title."""

    start_s: float
    duration_s: float
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTags:
    """The tags of an item that feedgen does not write.

    Attributes:
        published: when it came out (aware).
        season: season number, and what the season is called; None for none.
        episode: number in the season; None for a trailer, which has none.
        chapters_url: address of its JSON chapters; empty for none.
        chapters_type: their media type.
        image: its cover.
        chapters: the same chapters, for Podlove Simple Chapters.
        people: name and role of each person; they replace the channel's.
        license: its terms.
        enclosures: its audio files.
        transcripts: address and media type of each form of its transcript.
        language: the transcripts'; BCP 47.
        soundbites: its extracts.
        discussion: address of a post under which it is talked about.
    """

    published: datetime
    season: tuple[int, str] | None
    episode: int | None
    chapters_url: str
    chapters_type: str
    image: ImageTag
    chapters: Sequence[Chapter] = ()
    people: Sequence[tuple[str, str]] = ()
    license: LicenseTag | None = None
    enclosures: Sequence[AlternateEnclosure] = ()
    transcripts: Sequence[tuple[str, str]] = ()
    language: str = ""
    soundbites: Sequence[SoundbiteTag] = ()
    discussion: str = ""
