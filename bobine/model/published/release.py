"""The release records: one per episode, from which the feed is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bobine.model.published.online import PublishedPlan


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFile:
    """One immutable object of the destination.

    Attributes:
        key: its path below the destination's root; ASCII, holds a hash of the content.
        media_type: what it is served as.
        bytes: its size.
        sha256: hexadecimal digest of its content.
        integrity: the same as a Subresource Integrity value (``sha384-…``), for players that check.
    """

    key: str
    media_type: str
    bytes: int
    sha256: str
    integrity: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Audio:
    """An audio file of a release, with its nominal bit rate in kb/s."""

    file: StoredFile
    kbps: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Contributor:
    """A person named in the feed; ``role`` is one of the Podcast Taxonomy's, lower case (``host``, ``guest``)."""

    name: str
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One published episode: all that its item of the feed says.

    Attributes:
        guid: the item's identity, for ever.
        date: day of broadcast.
        season: season number.
        number: number in the season.
        title: the episode's title.
        description: plain text, with the chapters' timestamps.
        duration_s: length in whole seconds.
        published: when listeners first could have it (aware); never changes.
        updated: when its content last changed (aware).
        audio: the enclosures, the main one first.
        image: its cover.
        chapters: its JSON chapters.
        people: hosts and guests; these replace the channel's.
    """

    guid: str
    date: date
    season: int
    number: int
    title: str
    description: str
    duration_s: int
    published: datetime
    updated: datetime
    audio: tuple[Audio, ...]
    image: StoredFile
    chapters: StoredFile
    people: tuple[Contributor, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One chapter of the podcast: where it starts and ends, in milliseconds from the podcast's start, and a title."""

    start_ms: int
    end_ms: int
    title: str


class ReleaseStatus(StrEnum):
    """The progress of a release's publication."""

    PENDING = "pending"
    ONLINE = "online"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalRelease:
    """A release as the workspace remembers it.

    Attributes:
        destination: name of the destination.
        feed_url: public address of the feed that names it.
        status: ``pending`` from before the first upload until the feed names it, then ``online``.
        release: what is, or is about to be, online.
        plan: what of the plan was online last; None where nothing was yet, or an older version noted it.
    """

    destination: str
    feed_url: str
    status: ReleaseStatus
    release: Release
    plan: PublishedPlan | None = None

    @property
    def is_online(self) -> bool:
        """Whether the feed names it: a publication that is under way, or failed, takes nothing away."""
        return self.status is ReleaseStatus.ONLINE or self.plan is not None
