"""The facts that a subsidy's file is worked out from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.report.facts import EpisodeFacts


@dataclass(frozen=True, slots=True, kw_only=True)
class YearFacts:
    """The facts of a calendar year of a show.

    Attributes:
        show: whose.
        year: of the calendar.
        episodes: of that year, in any order.
        team: the show's.
        hours: hours given to no one episode, of that year.
        asked: the one to ask about an item, in French, by the day of its show and its id.
        remarks: what could not be read, in French.
    """

    show: Show
    year: int
    episodes: tuple[EpisodeFacts, ...] = ()
    team: tuple[Member, ...] = ()
    hours: tuple[HoursLine, ...] = ()
    asked: Mapping[tuple[date, str], str] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()
