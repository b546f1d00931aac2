"""The days of a season: its bounds, and the days on which the slot falls. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from bobine.model.show import SeasonCalendar, Show


def season_bounds(calendar: SeasonCalendar, number: int) -> tuple[date, date]:
    """First and last day of a season."""
    first_year = calendar.first_year + number - 1
    last_year = first_year + (calendar.last_month < calendar.first_month)
    after = date(last_year + calendar.last_month // 12, calendar.last_month % 12 + 1, 1)
    return date(first_year, calendar.first_month, 1), after - timedelta(days=1)


def slot_days(show: Show, number: int) -> tuple[date, ...]:
    """The days of a season on which the slot falls, holidays included."""
    first, last = season_bounds(show.season, number)
    first += timedelta(days=(show.slot.day.number - first.weekday()) % 7)
    return tuple(first + timedelta(weeks=week) for week in range((last - first).days // 7 + 1))
