"""One Thursday's plan: the rundown, its items, and the music in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from bobine.model.counted.objectives import Objective
from bobine.model.episode_day import suffix_of
from bobine.model.people import Person

Day: TypeAlias = date
"""A day, where a field of that name hides the type."""


class ItemKind(StrEnum):
    """The kinds of item, in the trade's words."""

    OPENING_THEME = "opening-theme"
    CLOSING_THEME = "closing-theme"
    TALK = "talk"
    CHRONIQUE = "chronique"
    INTERVIEW = "interview"
    REPORT = "report"
    VOX_POP = "vox-pop"
    SERIAL = "serial"
    GAME = "game"
    LIVE_MUSIC = "live-music"
    MUSIC = "music"
    JINGLE = "jingle"
    STING = "sting"

    @property
    def spoken(self) -> bool:
        """Whether the item is speech, whose level listeners compare from one voice to the next."""
        return self in _SPOKEN

    @property
    def musical(self) -> bool:
        """Whether the item is music by nature, so that podcast rights must be stated for it."""
        return not self.spoken

    @property
    def connective(self) -> bool:
        """Whether the item only joins two others; it makes no chapter of its own."""
        return self in (ItemKind.JINGLE, ItemKind.STING)


_SPOKEN = frozenset(
    {
        ItemKind.TALK,
        ItemKind.CHRONIQUE,
        ItemKind.INTERVIEW,
        ItemKind.REPORT,
        ItemKind.VOX_POP,
        ItemKind.SERIAL,
        ItemKind.GAME,
    }
)


class EpisodeType(StrEnum):
    """The kind of a feed's item, as Apple and the apps know it (``itunes:episodeType``)."""

    FULL = "full"
    TRAILER = "trailer"
    BONUS = "bonus"


class PodcastRights(StrEnum):
    """Podcast rights of the music in an item: unknown ones block the podcast, ``cut`` leaves the item out of it."""

    CLEARED = "cleared"
    CUT = "cut"
    UNKNOWN = "unknown"


class WorkUse(StrEnum):
    """The use of a work, for the music log."""

    FULL = "full"
    BED = "bed"
    THEME = "theme"
    LIVE = "live"


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """A musical work heard in an item, as the music log wants it.

    Attributes:
        author: who wrote its words.
        composer: who wrote its music.
        label: who publishes the work or its recording.
        isrc: code of the recording.
        ean: bar code of the disc.
        duration: how long it was heard.
        own: we recorded it ourselves.
        authors_rights: podcast rights of the work (authors, composers, publishers); None for what the item says.
        recording_rights: podcast rights of its recording (performers, producers); None for what the item says.
    """

    title: str
    author: str = ""
    composer: str = ""
    performer: str = ""
    label: str = ""
    isrc: str = ""
    ean: str = ""
    album: str = ""
    duration: timedelta | None = None
    use: WorkUse = WorkUse.FULL
    own: bool = False
    authors_rights: PodcastRights | None = None
    recording_rights: PodcastRights | None = None

    @property
    def stated_rights(self) -> tuple[PodcastRights | None, PodcastRights | None]:
        """The two rights as they are stated: of the work, then of its recording."""
        return self.authors_rights, self.recording_rights


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of the rundown.

    Attributes:
        id: slug, unique in the episode, kept when the title changes.
        title: what is announced; one line.
        kind: what the item is.
        duration: planned duration, whole seconds, above zero.
        min: shortest duration that still makes sense, for an elastic item.
        max: longest duration, for an elastic item.
        droppable: may be left out when the show runs late.
        fixed_start: time of day before which the item must not start and by which it should.
        standby: held in reserve, not counted until it is taken in.
        chronique: id of the show's chronique that this item is an instalment of.
        instalment: number of the instalment of a serial, from 1.
        people: ids of the participants.
        mics: microphones, as they are called in the studio.
        source: where the sound comes from (« PAD », « M1 », « musique live »).
        file: the ready-to-air sound, a path relative to the episode's folder, inside the workspace; without one, the
            sound is on the studio's own player and nothing can be checked.
        bed: music under the speech.
        in_cue: first words.
        out_cue: last words, for a clean cut.
        notes: anything else, for the studio only: never published.
        podcast: rights of the music for the podcast; required of music, ``cleared`` by default for plain speech.
        works: the works heard.
        chapter: whether the podcast has a chapter here; by default every item but jingles and stings.
        objectives: what the item does for the editorial line.
        political: somebody speaks as a candidate or an elected person: timed with a stopwatch in election windows.
        leveling: whether mastering brings the voices inside it together; without effect on music.
        remove_hum: whether mastering takes the hum of the mains out of it, where it is found.
        partners: associations and places that it was made with, for the season's report.
        neighbourhoods: where its people come from, or what it is about.
        themes: what funders call its subject.
    """

    id: str
    title: str
    kind: ItemKind
    duration: timedelta
    min: timedelta | None = None
    max: timedelta | None = None
    droppable: bool = False
    fixed_start: time | None = None
    standby: bool = False
    chronique: str | None = None
    instalment: int | None = None
    people: tuple[str, ...] = ()
    mics: tuple[str, ...] = ()
    source: str = ""
    file: str = ""
    bed: str = ""
    in_cue: str = ""
    out_cue: str = ""
    notes: str = ""
    podcast: PodcastRights | None = None
    works: tuple[Work, ...] = ()
    chapter: bool | None = None
    objectives: tuple[Objective, ...] = ()
    political: bool = False
    leveling: bool = True
    remove_hum: bool = False
    partners: tuple[str, ...] = ()
    neighbourhoods: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()

    @property
    def podcast_rights(self) -> PodcastRights:
        """The rights of all its music together: cut where one is, unknown where one is, else cleared.

        What the item states is said of both rights of each work that states none itself, and of the music that is not
        among the works. What is stated nowhere is unknown where there is music; plain speech is cleared.
        """
        if self.podcast is PodcastRights.CUT:
            return PodcastRights.CUT
        has_music = self.kind.musical or bool(self.works) or bool(self.bed)
        unstated = self.podcast or (PodcastRights.UNKNOWN if has_music else PodcastRights.CLEARED)
        told = [right or unstated for work in self.works for right in work.stated_rights]
        if not self.works or (self.bed and all(work.use is not WorkUse.BED for work in self.works)):
            told.append(unstated)
        return next((one for one in (PodcastRights.CUT, PodcastRights.UNKNOWN) if one in told), PodcastRights.CLEARED)

    @property
    def has_chapter(self) -> bool:
        """Whether the podcast has a chapter at this item."""
        return self.chapter if self.chapter is not None else not self.kind.connective


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """An episode's plan, as ``episode.toml`` holds it.

    Attributes:
        show: slug of the show (the folder above).
        date: day of broadcast in the show's time zone, with the suffix of the folder's name (``EpisodeDay``).
        season: season number, from 1.
        number: number of the episode in its season, from 1.
        title: what the podcast calls it; without the number.
        summary: what it is about, for listeners; may have several lines.
        cover: image of the episode, a path relative to the episode's folder; drawn where there is none.
        stopwatch: id of the person who times political speech, in an election window.
        kind: what the podcast's apps are told that it is.
        explicit: whether it is explicit where the show is not.
        discussion: address of a post under which it is talked about (ActivityPub); empty for none.
        release_at: when it enters the feed (aware); None as soon as it is published.
        soundbite: id of the item that an extract for the apps is taken from; empty for none.
        soundbite_at: where the extract starts, from that item's start; None for its start.
        soundbite_for: how long the extract is, from 15 s to 2 min; None for 1 min.
        cancelled: was planned, and did not air.
        replay: day of the episode that is aired again; None for a new one.
        people: who takes part.
        items: the rundown, in order.
    """

    show: str
    date: date
    season: int
    number: int
    title: str
    summary: str = ""
    cover: str = ""
    stopwatch: str = ""
    kind: EpisodeType = EpisodeType.FULL
    explicit: bool = False
    discussion: str = ""
    release_at: datetime | None = None
    soundbite: str = ""
    soundbite_at: timedelta | None = None
    soundbite_for: timedelta | None = None
    cancelled: bool = False
    replay: Day | None = None
    people: tuple[Person, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def in_slot(self) -> bool:
        """Whether it is made for the show's slot: not a bonus, a trailer or a second episode of its day."""
        return self.kind is EpisodeType.FULL and not suffix_of(self.date)

    @property
    def reference(self) -> str:
        """The name that commands give the episode: ``bobine-romanaise/2026-11-26``."""
        return f"{self.show}/{self.date.isoformat()}"

    @property
    def counted_items(self) -> tuple[Item, ...]:
        """The items that are planned to air: standbys are left out."""
        return tuple(item for item in self.items if not item.standby)

    @property
    def planned_total(self) -> timedelta:
        """Sum of the planned durations, standbys left out."""
        return sum((item.duration for item in self.counted_items), timedelta())

    def person(self, person_id: str) -> Person:
        """The participant of that id.

        Raises:
            KeyError: if nobody has it.
        """
        for person in self.people:
            if person.id == person_id:
                return person
        raise KeyError(person_id)


HEAD_FIELDS = (
    "season", "number", "title", "summary", "cover", "stopwatch", "kind", "explicit", "discussion", "release_at",
    "soundbite", "soundbite_at", "soundbite_for", "cancelled", "replay",
)  # fmt: skip
"""The fields of an episode that are neither its identity nor its lists."""
