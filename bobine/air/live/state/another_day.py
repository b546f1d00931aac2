"""Recognise a journal of another day: a trial of the day before, or a show that nobody ended. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from bobine.air.live.state.session import Session

AROUND = timedelta(hours=6)
"""So long before its slot and after it a show is still the one of that slot; and so long nothing happens in none."""


def began_another_day(
    session: Session, last: datetime | None, slot: tuple[datetime, datetime], now: datetime
) -> datetime | None:
    """The start of a journal's show if it is not the present one; None if it is, or if there is no show.

    Args:
        session: the state that the journal adds up to.
        last: the instant of its last event, aware; None for an empty journal.
        slot: start and end of the slot, aware.
        now: the present instant, aware.
    """
    progress = session.progress
    began = progress.began
    if began is None or last is None:
        return None
    first, end = (moment.timestamp() for moment in slot)
    around = AROUND.total_seconds()

    def in_slot(moment: datetime) -> bool:
        return first - around <= moment.timestamp() <= end + around

    if in_slot(began) and in_slot(now):
        return None
    if abs(now.timestamp() - last.timestamp()) <= around:
        return None
    over = progress.ended is not None
    return began if not over or in_slot(now) else None
