"""The day, and so the key, of each episode that is taken over: its own day here, for ever. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, count
from zoneinfo import ZoneInfo

from bobine.model.episode_day import episode_day
from bobine.model.show import SeasonCalendar
from bobine.publish.moving.reading.source import SourceItem


def days_of(items: Iterable[SourceItem], timezone: str, taken: Mapping[date, str]) -> dict[str, date]:
    """The day of each item, by guid: the one it came out on, or another name where that day has an episode already.

    Args:
        items: oldest first, so that a newer one changes no older one's.
        timezone: the show's, in which days are told.
        taken: guids of the episodes that are there, by day; an item that is there already keeps its day.
    """
    known = {guid: day for day, guid in taken.items()}
    used = set(taken)
    found = {}
    for item in items:
        day = known.get(item.guid) or another(item.published.astimezone(ZoneInfo(timezone)).date(), used)
        found[item.guid] = day
        used.add(day)
    return found


def another(day: date, used: set[date]) -> date:
    """The name of an episode of a day where others of that day may be there: the day, else the day with a number."""
    names = chain((day,), (episode_day(day, str(number)) for number in count(2)))
    return next(name for name in names if name not in used)


def numbers_of(
    items: Iterable[SourceItem], days: Mapping[str, date], season: SeasonCalendar
) -> dict[str, tuple[int, int]]:
    """The season and number of each item, by guid: its own, else those of its day and its turn in that season.

    Args:
        items: oldest first.
        days: the day of each.
        season: the show's calendar.
    """
    found: dict[str, tuple[int, int]] = {}
    so_far: dict[int, int] = {}
    for item in items:
        of = item.season if item.season is not None else season.number(days[item.guid])
        so_far[of] = so_far.get(of, 0) + 1
        found[item.guid] = of, item.number if item.number is not None else so_far[of]
    return found
