"""Hours of work as people write them: ``2 h 30``, ``2,5``, ``2:30``, ``45 min``."""

from __future__ import annotations

import re
from datetime import timedelta

from bobine.model.written.durations import format_duration, parse_duration

LONGEST = timedelta(hours=24)
"""The most that one line of hours may be."""

_NUMBER = re.compile(r"(\d{1,3})(?:[.,](\d{1,6}))?(?: ?(?:h|heures?))?", re.ASCII | re.IGNORECASE)
_CLOCK = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?", re.ASCII)
_QUARTER = timedelta(minutes=15)


def parse_hours(text: str) -> timedelta:
    """Read how long somebody worked, to the second; a number alone is hours.

    Args:
        text: such as ``2 h 30``, ``2,5``, ``2.5 h``, ``2:30``, ``02:30:00``, ``45 min``.

    Raises:
        ValueError: if the text is none of these, or is not above zero and at most 24 hours; in French.
    """
    plain = " ".join(text.replace("\u202f", " ").split())
    number, clock = _NUMBER.fullmatch(plain), _CLOCK.fullmatch(plain)
    if number is not None:
        found = timedelta(seconds=round(float(f"{number[1]}.{number[2] or 0}") * 3600))
    elif clock is not None:
        found = timedelta(hours=int(clock[1]), minutes=int(clock[2]), seconds=int(clock[3] or 0))
    else:
        try:
            found = parse_duration(plain, bare=False)
        except ValueError as error:
            raise ValueError(f"« {text[:20]} » n'est pas une durée : écrivez 2 h 30, 2,5 ou 45 min") from error
    if not timedelta() < found <= LONGEST:
        raise ValueError(f"« {text[:20]} » : une durée au-dessus de zéro, et de 24 h au plus, est attendue")
    return found


def hours_text(length: timedelta) -> str:
    """A time worked, as ``parse_hours`` reads it: ``2 h 30``, ``3 h``, ``45 min``; else ``1 h 02'05``."""
    minutes, seconds = divmod(round(length.total_seconds()), 60)
    if seconds:
        return format_duration(length)
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h" + (f" {rest:02}" if rest else "")


def decimal_hours(length: timedelta) -> str:
    """Hours as a French spreadsheet adds them up, exact to the second: ``2,5``."""
    return f"{length / timedelta(hours=1):.4f}".rstrip("0").rstrip(".").replace(".", ",")


def quarter_more(length: timedelta) -> timedelta:
    """The next quarter of an hour above a length; the longest where there is none."""
    return min(LONGEST, (length // _QUARTER + 1) * _QUARTER)


def quarter_less(length: timedelta) -> timedelta:
    """The next quarter of an hour below a length; one quarter at the least, or as short as it is."""
    return max(min(length, _QUARTER), (-(-length // _QUARTER) - 1) * _QUARTER)
