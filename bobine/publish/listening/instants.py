"""Instants as access logs write them. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

_COMMON = re.compile(r"(\d\d)/([A-Z][a-z]{2})/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)", re.ASCII)
_EPOCH = re.compile(r"\d{1,11}(?:\.\d{1,9})?", re.ASCII)
_MONTHS = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=1
    )
}
_YEARS = range(2000, 2201)


@lru_cache(maxsize=1024)
def parse_instant(text: str) -> datetime:
    """An instant as servers write it.

    Args:
        text: the Common Log Format's (``26/Nov/2026:18:03:04 +0100``), ISO 8601 with its zone, or seconds since 1970.

    Raises:
        ValueError: if it is none of these, no date, or in a year that no log can be of (before 2000, after 2200).
    """
    moment = _parsed(text).astimezone(UTC)
    if moment.year not in _YEARS:
        raise ValueError(text)
    return moment


def _parsed(text: str) -> datetime:
    found = _COMMON.fullmatch(text)
    if found is not None:
        day, month, year, hour, minute, second, sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        zone = timezone(-offset if sign == "-" else offset)
        try:
            return datetime(
                int(year), _MONTHS[month], int(day), int(hour), int(minute), min(int(second), 59), tzinfo=zone
            )
        except (KeyError, OverflowError) as error:
            raise ValueError(text) from error
    try:
        if _EPOCH.fullmatch(text):
            return datetime.fromtimestamp(float(text), UTC)
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None or moment.year not in _YEARS:
            raise ValueError(text)
        return moment.astimezone(UTC)
    except (OverflowError, OSError) as error:
        raise ValueError(text) from error
