"""Instants and the clocks that show them: times of day, time zones, midnight and changes of clocks.

Arithmetic between two aware datetimes of one zone is done by Python on their hands, not on the instants: across a
change of clocks it is an hour wrong. So all is reckoned and shown at fixed offsets.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone, tzinfo
from functools import cache

_DAY = timedelta(days=1)


def instant(moment: datetime, face: timezone) -> datetime:
    """An aware datetime, at a fixed offset.

    Raises:
        ValueError: if it is naive, and so names no instant.
    """
    _check(moment)
    return moment.astimezone(face)


def _check(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no instant: it has no time zone")


def anchors(start: datetime, end: datetime, zone: tzinfo) -> Callable[[time], datetime]:
    """Return a function that gives the instant of a time of day in a show, at the fixed offset of ``start``.

    It is taken on the day that brings it nearest to the slot, so that 00:10 is after midnight for a show that starts
    at 23:30. An hour that the clocks go through twice is the first of the two, unless only the second is in the slot.

    Args:
        start: start of the slot, at a fixed offset.
        end: its end, likewise.
        zone: where the time of day is read.
    """
    opening, closing = (moment.astimezone(zone).replace(tzinfo=None) for moment in (start, end))
    day = opening.date()

    def distance(wall: datetime) -> timedelta:
        return max(opening - wall, wall - closing)

    def read(at: time) -> datetime:
        wall = datetime.combine(day, at)
        if not opening <= wall <= closing:
            wall = min((wall + shift * _DAY for shift in (0, 1, -1)), key=distance)
        first = wall.replace(tzinfo=zone, fold=0).astimezone(start.tzinfo)
        if first >= start:
            return first
        second = wall.replace(tzinfo=zone, fold=1).astimezone(start.tzinfo)
        return second if start <= second <= end else first

    return cache(read)


def fixed_offset(zone: tzinfo, moment: datetime) -> timezone:
    """The offset to UTC that a zone has at an instant, as a zone of its own, in which arithmetic is right.

    Raises:
        ValueError: if the moment is naive, and so names no instant.
    """
    _check(moment)
    return timezone(moment.astimezone(zone).utcoffset() or timedelta())


def clock_face(zone: tzinfo, first: datetime, last: datetime) -> Callable[[datetime], datetime]:
    """Return a function that shows an instant at the zone's own offset, for instants from ``first`` to ``last``.

    Nothing is changed, and so no time spent, where the zone keeps that offset all along.
    """
    if fixed_offset(zone, first) == fixed_offset(zone, last) == first.tzinfo:
        return lambda moment: moment
    return lambda moment: moment.astimezone(fixed_offset(zone, moment))
