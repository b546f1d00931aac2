"""The values of a season's report: sections of figures, each with its sources; what draws it needs nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bobine.model.episode_day import EpisodeDate, suffix_of


class Unit(StrEnum):
    """The units of a figure's value."""

    COUNT = "count"
    SECONDS = "seconds"
    CENTS = "cents"
    PERMILLE = "permille"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One thing that a figure is made from.

    Attributes:
        what: in French: a title, a task, a role.
        date: day of the episode, or of the hours; None for what has no day.
        people: names of the people behind it.
        amount: its part of the figure, in the figure's unit; 0 where it is one of those that are counted.
    """

    what: str
    date: date | None = None
    people: tuple[str, ...] = ()
    amount: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """The part of a season that a figure rests on.

    Attributes:
        known: episodes that tell.
        of: episodes that should.
    """

    known: int
    of: int

    @property
    def whole(self) -> bool:
        """Whether every episode tells."""
        return self.known >= self.of

    @property
    def words(self) -> str:
        """The same in French: « 31 émissions sur 39 »."""
        return f"{self.known} émission{'s' if self.known > 1 else ''} sur {self.of}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure.

    Attributes:
        key: names it for scripts; the same from season to season.
        label: in French, with a capital.
        unit: of the value.
        value: None where it is not known.
        note: what must be known to read it, in French; empty for nothing.
        basis: what it rests on; None where that is all there is.
        sources: where it comes from, by date.
        before: its value in the season before; None where that is not known.
    """

    key: str
    label: str
    unit: Unit
    value: int | None
    note: str = ""
    basis: Basis | None = None
    sources: tuple[Source, ...] = ()
    before: int | None = None

    @property
    def dates(self) -> tuple[date, ...]:
        """The days behind it, in order, each once."""
        return tuple(sorted({source.date for source in self.sources if source.date is not None}))

    @property
    def people(self) -> tuple[str, ...]:
        """The people behind it, in order of the alphabet, each once."""
        return tuple(sorted({name for source in self.sources for name in source.people}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Figures that belong together.

    Attributes:
        key: names it for scripts.
        title: in French.
        figures: in the order to be read.
        note: how its figures are counted, in French.
        of_people: its figures are about one person each: what leaves the house does not name them.
        of_shows: its figures are about one show each, the day of their sources; the label is its title.
    """

    key: str
    title: str
    figures: tuple[Figure, ...]
    note: str = ""
    of_people: bool = False
    of_shows: bool = False


class DayOutcome(StrEnum):
    """The outcomes that a day of the season can have."""

    AIRED = "aired"
    REPLAY = "replay"
    CANCELLED = "cancelled"
    PLANNED = "planned"
    UNREADABLE = "unreadable"
    OFF = "off"
    EMPTY = "empty"

    @property
    def french(self) -> str:
        """The word on screen."""
        return _OUTCOMES[self][1]

    @property
    def sign(self) -> str:
        """One character that says the same without colour."""
        return _OUTCOMES[self][0]


_OUTCOMES = {
    DayOutcome.AIRED: ("•", "diffusée"),
    DayOutcome.REPLAY: ("R", "rediffusion"),
    DayOutcome.CANCELLED: ("×", "annulée"),
    DayOutcome.PLANNED: ("◊", "prévue, sans trace de diffusion"),
    DayOutcome.UNREADABLE: ("?", "conducteur illisible"),
    DayOutcome.OFF: ("V", "vacances"),
    DayOutcome.EMPTY: ("–", "pas d'émission"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportDay:
    """One day of the season's calendar.

    Attributes:
        date: the day.
        outcome: what became of it.
        title: of its show; empty where there is none.
        note: more about it, in French: the holiday, the day that was aired again; empty for nothing.
    """

    date: EpisodeDate
    outcome: DayOutcome
    title: str = ""
    note: str = ""

    @property
    def number(self) -> str:
        """The day of the month; ``26+`` for another episode of a day."""
        return f"{self.date.day}{'+' if suffix_of(self.date) else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonReport:
    """The report of one season of a show.

    Attributes:
        show: its slug.
        title: its title.
        season: number.
        years: those it opens and closes in; the same twice within one year.
        sections: the figures.
        days: the calendar, by date.
        has_before: the season before is known, and stands beside.
        likenesses: pairs of names that may be one person's.
        remarks: what could not be read, in French.
    """

    show: str
    title: str
    season: int
    years: tuple[int, int]
    sections: tuple[Section, ...]
    days: tuple[ReportDay, ...] = ()
    has_before: bool = False
    likenesses: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def heading(self) -> str:
        """The season in words: « saison 10 (2026-2027) »."""
        first, last = self.years
        return f"saison {self.season} ({first}{f'-{last}' if last != first else ''})"

    def figure(self, key: str) -> Figure:
        """The figure of a key.

        Raises:
            KeyError: if there is none.
        """
        for section in self.sections:
            for figure in section.figures:
                if figure.key == key:
                    return figure
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """The section of a key.

        Raises:
            KeyError: if there is none.
        """
        for section in self.sections:
            if section.key == key:
                return section
        raise KeyError(key)


def total(key: str, label: str, unit: Unit, sources: Iterable[Source], *, note: str = "",
          basis: Basis | None = None) -> Figure:  # fmt: skip
    """A figure that is the sum of its sources' amounts."""
    kept = in_order(sources)
    return Figure(
        key=key, label=label, unit=unit, value=sum(one.amount for one in kept), note=note, basis=basis, sources=kept
    )


def in_order(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources by date, then by what and who they are: no order of files is left in them."""
    return tuple(sorted(sources, key=lambda one: (one.date or date.min, one.what, one.people, one.amount)))
