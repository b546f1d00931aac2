"""Volunteer hours as « Saison » speaks of them: whether they are still to be noted, and for which show."""

from __future__ import annotations

from datetime import date

from bobine.model.episode_day import plain_day
from bobine.plan.season.calendar import SeasonDay
from bobine.store.opening import is_regular
from bobine.tui.documents.desk import Desk
from bobine.tui.kit.lists.rows import Tone


def hours_line(desk: Desk, day: SeasonDay) -> list[tuple[str, Tone]]:
    """The line that says after a show that nobody noted its hours; none where there is nothing to say."""
    episode = day.facts.episode if day.facts is not None else None
    # what was cancelled or aired again asked for nobody on that day; B notes its hours all the same
    if not day.past or episode is None or episode.cancelled or episode.replay is not None:
        return []
    if is_regular(desk.workspace.folder(desk.show, day.date).hours):
        return []
    return [("○ Heures de bénévolat à noter : B.", Tone.PLAIN)]


def day_of_hours(desk: Desk, day: SeasonDay) -> date | None:
    """The show whose hours are meant: that of the day, or the last one where the day is to come; None for none."""
    days = desk.days()
    over = [one for one in days if plain_day(one) <= desk.today] if plain_day(day.date) > desk.today else []
    meant = over[-1] if over else day.date
    return meant if meant in days else None
