"""The facts that a season's figures are worked out from, as they were read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bobine.model.episode import Episode, Item
from bobine.model.hours import HoursLine
from bobine.model.show import Show
from bobine.model.team import Member


@dataclass(frozen=True, slots=True, kw_only=True)
class HeardItem:
    """An item that went on air.

    Attributes:
        item: as it was then, or as the plan has it.
        length: how long it really took; None where nothing tells.
    """

    item: Item
    length: timedelta | None = None

    @property
    def time(self) -> timedelta:
        """Its real length, or the planned one where that is unknown."""
        return self.length if self.length is not None else self.item.duration


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeFacts:
    """The facts of one episode.

    Attributes:
        episode: its plan.
        traced: something tells that it went on air: a journal, a recording with its items, a release.
        online: a feed names it.
        heard: what went on air, in order; None where nothing tells.
        length: how long the show was on air; None where nothing tells.
        hours: hours given to it; None where nobody wrote any.
    """

    episode: Episode
    traced: bool = False
    online: bool = False
    heard: tuple[HeardItem, ...] | None = None
    length: timedelta | None = None
    hours: tuple[HoursLine, ...] | None = None

    @property
    def aired(self) -> bool:
        """Whether it went on air for the first time."""
        return self.traced and not self.episode.cancelled and self.episode.replay is None

    @property
    def replayed(self) -> bool:
        """Whether an older episode went on air again."""
        return self.traced and not self.episode.cancelled and self.episode.replay is not None

    @property
    def content(self) -> tuple[HeardItem, ...]:
        """The items that went on air; those of the plan where that is unknown."""
        if self.heard is not None:
            return self.heard
        return tuple(HeardItem(item=item) for item in self.episode.counted_items)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonFacts:
    """The facts of one season of a show.

    Attributes:
        show: whose.
        number: the season.
        episodes: those that can be read, in any order.
        unreadable: the days whose plan cannot be read, and why, in French.
        remarks: other files that cannot be read as they stand, in French.
        team: the show's.
        hours: hours given to no one episode, of any day.
        downloads: by episode, named as in its folder (``2026-11-26``); None where none were ever counted.
        earlier: episodes of all seasons before; empty where none is known.
    """

    show: Show
    number: int
    episodes: tuple[EpisodeFacts, ...] = ()
    unreadable: tuple[tuple[date, str], ...] = ()
    remarks: tuple[str, ...] = ()
    team: tuple[Member, ...] = ()
    hours: tuple[HoursLine, ...] = ()
    downloads: Mapping[str, int] | None = None
    earlier: tuple[EpisodeFacts, ...] = ()
