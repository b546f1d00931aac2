"""The release records: one per episode, from which the feed is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from bobine.model.episode import EpisodeType, ItemKind
from bobine.model.episode_day import EpisodeDate
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
    """An audio file of a release.

    Attributes:
        file: the file.
        kbps: its nominal bit rate, kb/s.
        body_sha256: hexadecimal digest of what comes behind its tags; None where it was not noted. Two files that
            differ in what is known of that are the same file.
    """

    file: StoredFile
    kbps: int
    body_sha256: str | None = field(default=None, compare=False)


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
class Instalment:
    """An item that is in the feed of its chronique as well, with its own sound.

    Attributes:
        item: the item's id; ``HeardItem`` says the rest of it.
        chronique: id of the chronique.
        guid: its identity there, for ever.
        audio: its sound.
        duration_s: length in whole seconds.
    """

    item: str
    chronique: str
    guid: str
    audio: Audio
    duration_s: int


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
class Origin:
    """The old place of an episode that was taken over from another podcast host, and what only its feed there said.

    Attributes:
        feed: address of that feed; empty where it was given as a file that names none.
        page: address of the episode's page there; empty for none.
        enclosure: address of its sound there.
        notes: its notes, as HTML of the tags that apps show; empty where the description says all.
        says_season: whether it said a season; where not, the season is that of its day here, for the pages alone.
        says_number: whether it said a number; where not, the number only counts the episodes of the season here.
        season_name: what it called the season; empty for no name.
    """

    enclosure: str
    feed: str = ""
    page: str = ""
    notes: str = ""
    says_season: bool = False
    says_number: bool = False
    season_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One published episode: all that its item of the feed says.

    Attributes:
        guid: the item's identity, for ever.
        date: day of broadcast, which names the episode.
        season: season number.
        number: number in the season.
        title: the episode's title.
        description: plain text, with the chapters' timestamps; empty without a summary and three chapters.
        duration_s: length in whole seconds.
        published: when listeners first could have it (aware); never changes once they can.
        updated: when its content last changed (aware).
        audio: the enclosures, the main one first.
        image: its cover.
        chapters: its JSON chapters; None for an episode taken over without any.
        people: hosts and guests; these replace the channel's.
        kind: what kind of item it is.
        explicit: whether it is explicit; None where the show's own word counts.
        items: the items heard, in order; empty in a release of an older version.
        transcripts: the transcript's files, each in its own format.
        soundbites: extracts that apps may play by themselves.
        discussion: address of the post under which it is talked about; empty for none.
        thumbnail: its cover's small copy for pages; None in a release of an older version.
        instalments: the items that are in feeds of their chroniques as well.
        held_until: when it enters the feed (aware), until somebody publishes after that; None once it is in it.
        former: files of earlier states that still stand at the destination.
        withdrawn: set once the episode has been withdrawn.
        origin: set where the episode was taken over from another host: no plan here tells of it.
    """

    guid: str
    date: EpisodeDate
    season: int
    number: int
    title: str
    description: str = ""
    duration_s: int
    published: datetime
    updated: datetime
    audio: tuple[Audio, ...]
    image: StoredFile
    chapters: StoredFile | None = None
    people: tuple[Contributor, ...] = ()
    kind: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None
    items: tuple[HeardItem, ...] = ()
    transcripts: tuple[StoredFile, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    discussion: str = ""
    thumbnail: StoredFile | None = None
    instalments: tuple[Instalment, ...] = ()
    held_until: datetime | None = None
    former: tuple[FormerFile, ...] = ()
    withdrawn: Withdrawal | None = None
    origin: Origin | None = None

    @property
    def stated_season(self) -> int | None:
        """The season that listeners are told; None where none is known."""
        return self.season if self.origin is None or self.origin.says_season else None

    @property
    def stated_number(self) -> int | None:
        """The number in its season that listeners are told; None where none is known."""
        return self.number if self.origin is None or self.origin.says_number else None


class Chapter(NamedTuple):
    """One chapter of the podcast: where it starts and ends, in milliseconds from the podcast's start, and a title.

    A feed has thousands of them: a tuple is made in less than half the time of a dataclass.
    """

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
    def is_out(self) -> bool:
        """Whether listeners have it, as far as is known here: online, and not held for a later instant."""
        return self.is_online and self.release.held_until is None

    @property
    def is_online(self) -> bool:
        """Whether the feed names it: what is under way, or failed, takes nothing away; a withdrawal does, once done."""
        if self.release.withdrawn is not None and self.status is ReleaseStatus.ONLINE:
            return False
        return self.status is ReleaseStatus.ONLINE or self.plan is not None
