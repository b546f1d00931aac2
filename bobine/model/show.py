"""A show: when it airs, what it is made of, how it sounds, where its podcast lives."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bobine.model.carts import ShowCart
from bobine.model.counted.subsidy import Subsidy
from bobine.model.episode import Episode, Item
from bobine.model.episode_day import plain_day
from bobine.model.hours import HourlyRate
from bobine.model.podcast import Podcast
from bobine.model.recording import RecordingSettings


class Weekday(StrEnum):
    """Days of the week, in the order of ``date.weekday()``."""

    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def number(self) -> int:
        """0 for Monday to 6 for Sunday, as ``date.weekday()`` counts."""
        return list(Weekday).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """The radio station that airs the show.

    Attributes:
        name: as it is said.
        frequency: « 99.2 FM »; empty where it is not said.
        stream: the address of its sound on the web, empty for none.
        address: where its studio is, on one line; empty where nobody needs telling.
    """

    name: str
    frequency: str = ""
    stream: str = ""
    address: str = ""

    @property
    def full_name(self) -> str:
        """The name with the frequency: ``Radio Méga 99.2 FM``."""
        return f"{self.name} {self.frequency}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """The weekly slot of a show; its end is hard: the station takes the air back.

    Attributes:
        day: day of the week.
        start: local time of day.
        end: local time of day; one that is not after ``start`` is on the next day.
        timezone: IANA name.
        tolerance: how far from the hard end, early or late, a show may be planned and still count as ready.
        arrival: how long before the start the team is expected; None for the start itself.
    """

    day: Weekday
    start: time
    end: time
    timezone: str = "Europe/Paris"
    tolerance: timedelta = timedelta(seconds=30)
    arrival: timedelta | None = None

    def bounds(self, day: date) -> tuple[datetime, datetime]:
        """The slot of one day, as two aware instants."""
        zone = ZoneInfo(self.timezone)
        last_day = day if self.end > self.start else day + timedelta(days=1)
        return datetime.combine(day, self.start, zone), datetime.combine(last_day, self.end, zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holiday:
    """A stretch of days without a show, both ends included."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """A window, both days included, in which political speech is timed with a stopwatch (Arcom's rules)."""

    name: str
    start: date
    end: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonCalendar:
    """The months that make a season, and the weeks left out of them.

    Attributes:
        first_month: 1 to 12, the month a season opens in.
        last_month: 1 to 12, the month it closes in, possibly of the next year.
        first_year: year in which season 1 opened.
        holidays: weeks off.
    """

    first_month: int = 10
    last_month: int = 7
    first_year: int = 2019
    holidays: tuple[Holiday, ...] = ()

    def number(self, day: date) -> int:
        """The season that a day belongs to, from 1 (a day before season 1 counts as 1)."""
        year = day.year if day.month >= self.first_month else day.year - 1
        return max(1, year - self.first_year + 1)

    def years(self, number: int) -> tuple[int, int]:
        """The years in which a season opens and closes; the same twice where it does not pass the new year."""
        first = self.first_year + number - 1
        return first, first + (self.first_month > self.last_month)

    def is_open(self, day: date) -> bool:
        """Whether there is a show that week: in season and not on holiday."""
        if self.first_month <= self.last_month:
            in_season = self.first_month <= day.month <= self.last_month
        else:
            in_season = day.month >= self.first_month or day.month <= self.last_month
        return in_season and not any(holiday.start <= plain_day(day) <= holiday.end for holiday in self.holidays)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chronique:
    """A regular segment of the show.

    Attributes:
        id: slug; items name their chronique by it.
        title: as it is announced.
        every_weeks: its cadence: 1 for each show, 2 for every other…
        duration: usual duration.
        serial: a feuilleton, whose instalments are numbered.
        ended: is over: past episodes name it, no coming one is asked for it.
        political: each of its items is political (see ``Item.political``).
        minors: people under age speak in each of its items: their names, and who signs for them, are asked for.
        feed: has a podcast of its own, with its items alone.
        themes: what funders call its subject, for its items that say none.
        description: what it is about.
    """

    id: str
    title: str
    every_weeks: int = 1
    duration: timedelta | None = None
    serial: bool = False
    ended: bool = False
    political: bool = False
    minors: bool = False
    feed: bool = False
    themes: tuple[str, ...] = ()
    description: str = ""


class AudioFormat(StrEnum):
    """The formats that the podcast is encoded to."""

    MP3 = "mp3"
    OPUS = "opus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sound:
    """The figures that the master must measure, and the limits on how they are reached.

    Attributes:
        integrated_lufs: integrated loudness of the whole podcast (EBU R 128 / ITU-R BS.1770).
        true_peak_dbtp: true peak that the decoded file must not exceed.
        tolerance_lu: how far the integrated loudness may be from its target.
        spread_lu: largest difference between two spoken items.
        max_gain_db: most that an item may be raised.
        leveling_db: how far a voice may be raised or lowered beside the others of its item; 0 leaves them as they are.
        remove_hum: whether the hum of the mains is taken out wherever it is found.
        master_on_air: whether each item is mastered as soon as it has left the air.
        warn_gain_db: gain above which the raised noise is reported.
        dead_air: silence longer than this is reported.
        formats: what is made; the first one is the main enclosure.
        mp3_kbps: constant bit rate of the MP3.
        opus_kbps: average bit rate of the Opus.
    """

    integrated_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    tolerance_lu: float = 0.3
    spread_lu: float = 1.5
    max_gain_db: float = 24.0
    leveling_db: float = 12.0
    remove_hum: bool = False
    master_on_air: bool = True
    warn_gain_db: float = 12.0
    dead_air: timedelta = timedelta(seconds=3)
    formats: tuple[AudioFormat, ...] = (AudioFormat.MP3, AudioFormat.OPUS)
    mp3_kbps: int = 128
    opus_kbps: int = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Show:
    """One show of the workspace, as ``shows.toml`` describes it.

    Attributes:
        slug: its key in the file, its folder under ``episodes/`` and in the destination.
        title: its name.
        tagline: its motto.
        description: for the podcast apps; at most 4000 bytes.
        language: BCP 47 code.
        elections: windows in which political speech is timed.
        hourly_rates: what a volunteer's hour is worth in the season's report, from which day.
        subsidy: what its yearly file is made by.
        carts: sounds that every episode has at hand on air.
        template: the skeleton that a new episode starts from.
    """

    slug: str
    title: str
    station: Station
    slot: Slot
    podcast: Podcast
    tagline: str = ""
    description: str
    language: str = "fr"
    season: SeasonCalendar = field(default_factory=SeasonCalendar)
    sound: Sound = field(default_factory=Sound)
    recording: RecordingSettings = field(default_factory=RecordingSettings)
    chroniques: tuple[Chronique, ...] = ()
    elections: tuple[Election, ...] = ()
    hourly_rates: tuple[HourlyRate, ...] = ()
    subsidy: Subsidy = field(default_factory=Subsidy)
    carts: tuple[ShowCart, ...] = ()
    template: tuple[Item, ...] = ()

    def bounds(self, episode: Episode) -> tuple[datetime, datetime]:
        """Start and end of an episode, as two aware instants: those of the slot.

        One that is not made for the slot has its planned length, from midnight: its hours are its positions.
        """
        if episode.in_slot:
            return self.slot.bounds(episode.date)
        zone = ZoneInfo(self.slot.timezone)
        start = datetime.combine(plain_day(episode.date), time(), zone)
        return start, (start.astimezone(UTC) + episode.planned_total).astimezone(zone)

    def themes_of(self, item: Item) -> tuple[str, ...]:
        """The themes of an item: its own, else those of its chronique."""
        if item.themes or item.chronique is None:
            return item.themes
        return next((one.themes for one in self.chroniques if one.id == item.chronique), ())

    def next_free_day(self, from_day: date, taken: frozenset[date]) -> date | None:
        """The first day of the slot from ``from_day`` on, in season, that has no episode; None within three years."""
        first = from_day + timedelta(days=(self.slot.day.number - from_day.weekday()) % 7)
        for week in range(160):
            day = first + timedelta(weeks=week)
            if self.season.is_open(day) and day not in taken:
                return day
        return None
