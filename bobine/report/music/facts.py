"""The facts that a music log is worked out from, and the half-year that it covers. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bobine.model.episode import ItemKind, Work
from bobine.model.episode_day import plain_day


@dataclass(frozen=True, slots=True, order=True)
class HalfYear:
    """Half a calendar year.

    Attributes:
        year: of the calendar.
        half: 1 from January to June, 2 from July to December.
    """

    year: int
    half: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def due(self) -> date:
        """The day by which it is declared: two months after its end."""
        return date(self.year, 8, 31) if self.half == 1 else date(self.year + 1, 3, 1) - timedelta(days=1)

    def holds(self, day: date) -> bool:
        """Whether a day is in it."""
        return self.first <= plain_day(day) <= self.last

    def __str__(self) -> str:
        return f"{self.year}-S{self.half}"

    @property
    def words(self) -> str:
        """« 1er semestre 2026 »."""
        return f"{'1er' if self.half == 1 else '2e'} semestre {self.year}"


def half_year_of(day: date) -> HalfYear:
    """The half-year of a day."""
    return HalfYear(day.year, 1 if day.month <= 6 else 2)


def half_year_named(text: str) -> HalfYear | None:
    """The half-year that a text names: ``2026-S1``, ``2026s1``, ``S1-2026``; None where it names none."""
    found = re.fullmatch(r"(\d{4})[- ]?s([12])|s([12])[- ]?(\d{4})", text.strip().lower(), re.ASCII)
    if found is None or int(found[1] or found[4]) == 0:
        return None
    return HalfYear(int(found[1] or found[4]), int(found[2] or found[3]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Playing:
    """One stretch of an item on air, or one sound that was started by its key.

    Attributes:
        reference: how a command names the episode.
        id: of the item, or the file of the sound.
        title: what it is.
        kind: of the item; None for a sound that was started by its key.
        started: when, in the show's time zone.
        length: how long it was heard; None where nothing tells when it ended.
        works: as they are noted now.
        bed: name of the music under the speech; empty for none.
        musicians: names of those who play in it.
        asked: the one to ask about it, in French.
        replay: day on which it was first aired; None for a new one.
    """

    reference: str
    id: str
    title: str
    kind: ItemKind | None
    started: datetime
    length: timedelta | None
    works: tuple[Work, ...] = ()
    bed: str = ""
    musicians: tuple[str, ...] = ()
    asked: str = ""
    replay: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Untold:
    """A show of which nothing tells what was heard.

    Attributes:
        date: its day.
        title: its title.
        why: one French sentence, with what to do.
        asked: the one to ask, in French.
    """

    date: date
    title: str
    why: str
    asked: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MusicFacts:
    """The facts of half a year of a show.

    Attributes:
        show: its title.
        station: name and frequency.
        half: which.
        playings: what was heard, in any order; those of other days are left out of the log.
        untold: shows that should be in it, and are not.
        remarks: what could not be read, in French.
    """

    show: str
    station: str
    half: HalfYear
    playings: tuple[Playing, ...] = ()
    untold: tuple[Untold, ...] = ()
    remarks: tuple[str, ...] = ()
