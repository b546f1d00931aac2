"""Durations as people write them in a rundown: ``3'30``, ``30"``, ``1 h 02``."""

from __future__ import annotations

import re
from datetime import timedelta

ACCEPTED_FORMS = "3'30, 3:30, 3 min 30, 45\", 210 s ou 1 h 02"
"""The accepted forms, as they are named to a user whose text is not a duration."""

_APOSTROPHES = str.maketrans({"’": "'", "′": "'", "ʹ": "'", "″": '"', "”": '"', "“": '"', "\u00a0": " ", "\u202f": " "})
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        r"(?:(?P<h>\d+) ?h ?)?(?P<m>\d+) ?' ?(?:(?P<s>[0-5]?\d) ?(?:\"|'')?)?",
        r"(?P<s>\d+) ?(?:\"|'')",
        r"(?:(?P<h>\d+):(?=\d\d:))?(?P<m>\d+):(?P<s>[0-5]\d)",
        r"(?P<h>\d+) ?h(?: ?(?P<m>\d+)(?: ?(?:min|mn|m)\.?(?: ?(?P<s>[0-5]?\d) ?(?:s|sec)?\.?)?)?)?",
        r"(?P<m>\d+) ?(?:min|mn|m)\.?(?: ?(?P<s>[0-5]?\d) ?(?:s|sec)?\.?)?",
        r"(?P<s>\d+) ?(?:s|sec)\.?",
    )
)


def parse_duration(text: str) -> timedelta:
    """Read a duration in any of the forms of a rundown, to the second.

    Args:
        text: such as ``3'30``, ``3’30``, ``3:30``, ``3 min 30``, ``210 s``, ``45"``, ``1 h 02``, ``1:02:00``.

    Raises:
        ValueError: if the text is none of the accepted forms, or is over 24 hours.
    """
    cleaned = " ".join(text.translate(_APOSTROPHES).split())
    for form in _FORMS:
        found = form.fullmatch(cleaned)
        if found is None:
            continue
        parts = {unit: int(value) for unit, value in found.groupdict().items() if value is not None}
        if any(value > 86_400 for value in parts.values()):
            break
        duration = timedelta(hours=parts.get("h", 0), minutes=parts.get("m", 0), seconds=parts.get("s", 0))
        if duration <= timedelta(hours=24):
            return duration
        break
    raise ValueError(f"« {text[:40]} » n'est pas une durée : écrivez {ACCEPTED_FORMS}")


def format_duration(duration: timedelta) -> str:
    """Write a duration in the one printed form: ``0'40``, ``3'30``, ``1 h 02'05``; a negative one has a ``−``.

    Fractions of a second are rounded to the nearest second.
    """
    seconds = round(abs(duration).total_seconds())
    sign = "−" if duration < timedelta() and seconds else ""
    hours, rest = divmod(seconds, 3600)
    head = f"{hours} h {rest // 60:02d}" if hours else f"{rest // 60}"
    return f"{sign}{head}'{rest % 60:02d}"


def clock(seconds: float) -> str:
    """A position in a sound, for people: ``4:05``, ``1:02:05``; rounded to the nearest second."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
