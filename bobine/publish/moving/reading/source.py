"""A podcast as the feed of another host describes it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit, urlunsplit

from bobine.model.episode import EpisodeType
from bobine.model.published.release import Contributor, Soundbite

_NAMED = re.compile(r"\.(?:mp3|m4[abv]|mp4|aac|og[ga]|opus|flac|wav|jpe?g|png|webp|gif|json|vtt|srt)$", re.IGNORECASE)


def stable(address: str) -> str:
    """An address without the marks that some hosts put behind it, another time others: where it ends in a file's name.

    The query stays where it is what tells one file from another (``download.php?id=7``).
    """
    parts = urlsplit(address)
    is_named = _NAMED.search(parts.path) is not None
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", "")) if is_named else address


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that a feed names: its address, its media type by the feed, its language; empty where unsaid."""

    address: str
    media_type: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceItem:
    """An episode of the feed.

    Attributes:
        guid: its identity; the address of its sound where it states none that is its own.
        title: what it is called, one line.
        published: its date (aware).
        sound: its enclosure.
        others: the same in other forms.
        description: its notes as plain text.
        notes: its notes as HTML of harmless tags; empty where they are plain text.
        page: address of its page; empty for none.
        duration_s: its length; None where it states none.
        season: its season, from 1; None where it states none.
        season_name: what the season is called; empty for no name.
        number: its number, from 1; None where it states none.
        kind: what kind of item it is.
        explicit: whether it is explicit; None where it does not say.
        image: address of its own cover; empty for none.
        chapters: its JSON chapters.
        marks: its chapters as the feed itself lists them: milliseconds and titles.
        transcripts: its transcripts.
        people: the people named.
        soundbites: extracts.
        discussion: address of the post under which it is talked about.
    """

    guid: str
    title: str
    published: datetime
    sound: SourceFile
    others: tuple[SourceFile, ...] = ()
    description: str = ""
    notes: str = ""
    page: str = ""
    duration_s: int | None = None
    season: int | None = None
    season_name: str = ""
    number: int | None = None
    kind: EpisodeType = EpisodeType.FULL
    explicit: bool | None = None
    image: str = ""
    chapters: SourceFile | None = None
    marks: tuple[tuple[int, str], ...] = ()
    transcripts: tuple[SourceFile, ...] = ()
    people: tuple[Contributor, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    discussion: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFeed:
    """The podcast.

    Attributes:
        address: where the feed is, as it says or as it was asked for; empty for a file that does not say.
        title: the podcast's.
        guid: its ``podcast:guid``; empty where it states none.
        is_locked: whether it forbids other platforms to import it (``podcast:locked``).
        owner: e-mail address of its owner; may be empty.
        image: address of its cover; may be empty.
        explicit: whether it is explicit; None where it does not say.
        items: the episodes, oldest first.
        said: what the channel says that stands in ``shows.toml`` here, by the name of the setting.
        lost: what it says and cannot be kept, a French sentence each, in order.
    """

    address: str = ""
    title: str = ""
    guid: str = ""
    is_locked: bool = False
    owner: str = ""
    image: str = ""
    explicit: bool | None = None
    items: tuple[SourceItem, ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
