"""Days with an hour as people write them: ``27/11/2026 8h``, ``vendredi 27 novembre à 8 h 30``. Pure."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo

from bobine.model.written.days import parse_day

_HOUR = re.compile(
    r"(?P<day>.*?)(?:[\s,]+(?:à\s*)?|(?<=\d)t)(?P<hour>\d{1,2})\s*(?:h|:)\s*(?P<minute>\d{2})?",
    re.ASCII | re.IGNORECASE,
)


def parse_moment(text: str, near: date, zone: tzinfo) -> datetime:
    """The instant at which a day and an hour begin, in a time zone; a day alone begins at midnight.

    An hour that comes twice, when clocks go back, is the first of the two.

    Args:
        text: the day in any form of ``parse_day``, then the hour, or not.
        near: of a day without its year, the closest to this one is meant.
        zone: where that hour is.

    Raises:
        ValueError: if it is none.
    """
    plain = " ".join(text.replace("\u202f", " ").split())
    found = _HOUR.fullmatch(plain)
    if found is None:
        return datetime.combine(parse_day(plain, near), time(), zone)
    return datetime.combine(parse_day(found["day"], near), time(int(found["hour"]), int(found["minute"] or 0)), zone)
