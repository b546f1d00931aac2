"""The release records: one per episode, from which the feed is written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bobine.model.episode import EpisodeType, ItemKind
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
class HeardWork:
    """A musical work heard in an episode, as its page credits it; empty where it is not known."""

    title: str
    author: str = ""
    composer: str = ""
    performer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardItem:
    """An item of the rundown as the podcast holds it.

    Attributes:
        id: in the plan.
        title: what it is called.
        kind: what it is.
        start_ms: where it starts in the podcast, in milliseconds.
        end_ms: where it ends there, in milliseconds.
        chapter: whether it opens a chapter in the apps.
        chronique: id of the chronique that it is an instalment of; empty for none.
        instalment: number of the instalment of a serial, from 1; None where it has none.
        people: names of the people heard who may be named, in the plan's order.
        works: the music heard.
    """

    id: str
    title: str
    kind: ItemKind
    start_ms: int
    end_ms: int
    chapter: bool = True
    chronique: str = ""
    instalment: int | None = None
    people: tuple[str, ...] = ()
    works: tuple[HeardWork, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundbite:
    """An extract that apps may play by itself: where it starts in the podcast and how long it is, in milliseconds.

    ``title`` is what it is called; empty for the episode's own title.
    """

    start_ms: int
    duration_ms: int
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormerFile:
    """A file that a release named before it was corrected, and that stays at the destination for a while.

    Attributes:
        key: its path below the destination's root.
        until: when it may be deleted there (aware).
    """

    key: str
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """The withdrawal of an episode: its item is in no feed any more, and its page holds none of its content.

    Attributes:
        at: when it was withdrawn (aware).
        reason: what listeners are told, one line; empty where nothing is to be told.
    """

    at: datetime
    reason: str = ""


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
        kind: what kind of item it is.
        explicit: whether it is explicit; None where the show's own word counts.
        items: the items heard, in order; empty in a release of an older version.
        transcripts: the transcript's files, each in its own format.
        soundbites: extracts that apps may play by themselves.
        discussion: address of the post under which it is talked about; empty for none.
        thumbnail: its cover's small copy for pages; None in a release of an older version.
        former: files of earlier states that still stand at the destination.
        withdrawn: set once the episode has been withdrawn.
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
    kind: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None
    items: tuple[HeardItem, ...] = ()
    transcripts: tuple[StoredFile, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    discussion: str = ""
    thumbnail: StoredFile | None = None
    former: tuple[FormerFile, ...] = ()
    withdrawn: Withdrawal | None = None


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
        """Whether the feed names it: what is under way, or failed, takes nothing away; a withdrawal does, once done."""
        if self.release.withdrawn is not None and self.status is ReleaseStatus.ONLINE:
            return False
        return self.status is ReleaseStatus.ONLINE or self.plan is not None
