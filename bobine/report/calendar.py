"""The calendar of a season: what became of each day of the slot, and of each other day with a show. Pure."""

from __future__ import annotations

from datetime import date

from bobine.french import long_date
from bobine.model.episode import EpisodeType
from bobine.model.show import Show
from bobine.model.slot_days import slot_days
from bobine.report.facts import EpisodeFacts, SeasonFacts
from bobine.report.figures import DayOutcome, ReportDay


def season_calendar(facts: SeasonFacts) -> tuple[ReportDay, ...]:
    """The days of a season, by date; trailers and extras that were never on air are no shows."""
    found = {
        one.episode.date: one for one in facts.episodes if one.traced or one.episode.kind is EpisodeType.FULL
    }  # fmt: skip
    unreadable = {day for day, _ in facts.unreadable}
    days = sorted({*slot_days(facts.show, facts.number), *found, *unreadable})
    return tuple(_day(facts.show, day, found.get(day), unreadable=day in unreadable) for day in days)


def _day(show: Show, day: date, one: EpisodeFacts | None, *, unreadable: bool) -> ReportDay:
    if one is None:
        holiday = next((off.name for off in show.season.holidays if off.start <= day <= off.end), "")
        outcome = DayOutcome.UNREADABLE if unreadable else DayOutcome.OFF if holiday else DayOutcome.EMPTY
        return ReportDay(date=day, outcome=outcome, note=holiday)
    episode = one.episode
    outcome = DayOutcome.PLANNED
    if episode.cancelled:
        outcome = DayOutcome.CANCELLED
    elif one.traced:
        outcome = DayOutcome.AIRED if episode.replay is None else DayOutcome.REPLAY
    note = f"celle du {long_date(episode.replay)}" if episode.replay is not None else ""
    return ReportDay(date=day, outcome=outcome, title=episode.title, note=note)
