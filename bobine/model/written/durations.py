"""Durations as people write them in a rundown: ``3'30``, ``30"``, ``1 h 02``, ``5 minutes``, ``5``."""

from __future__ import annotations

import re
from datetime import timedelta

WITH_UNITS = "3'30, 3:30, 3 min 30, 45\", 210 s ou 1 h 02"
"""The forms that say their unit, as they are named to a user whose text is not a duration."""

ACCEPTED_FORMS = f"{WITH_UNITS}, ou 5 pour cinq minutes"
"""The accepted forms of a planned length."""

MOST_BARE_MINUTES = 180
"""A number alone is minutes up to this: beyond it, whoever writes « 210 » may well mean seconds."""

_SIGNS = str.maketrans({"’": "'", "′": "'", "ʹ": "'", "″": '"', "”": '"', "“": '"', "\u00a0": " ", "\u202f": " "})
_H = r"(?:h|heures?)\.?"
_M = r"(?:minutes?|mins?|mn|m)\.?"
_S = r"(?:secondes?|secs?|s)\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE | re.ASCII)
    for form in (
        rf"(?:(?P<h>\d+) ?{_H} ?)?(?P<m>\d+) ?' ?(?:(?P<s>[0-5]?\d) ?(?:\"|'')?)?",
        r"(?P<s>\d+) ?(?:\"|'')",
        r"(?:(?P<h>\d+):(?=\d\d:))?(?P<m>\d+):(?P<s>[0-5]\d)",
        rf"(?P<h>\d+) ?{_H}(?: ?(?:et )?(?P<m>\d+)(?: ?{_M}(?: ?(?:et )?(?P<s>[0-5]?\d) ?(?:{_S})?)?)?)?",
        rf"(?P<m>\d+) ?{_M}(?: ?(?:et )?(?P<s>[0-5]?\d) ?(?:{_S})?)?",
        rf"(?P<s>\d+) ?{_S}",
    )
)
_MOST_DIGITS = 5
"""Digits of the number of seconds in a day."""

_BARE = re.compile(r"[1-9]\d{0,3}", re.ASCII)


def parse_duration(text: str, *, bare: bool = True) -> timedelta:
    """Read a duration in any of the forms of a rundown, to the second.

    Args:
        text: such as ``3'30``, ``3’30``, ``3:30``, ``3 min 30``, ``210 s``, ``45"``, ``1 h 02``, ``1h02``,
            ``1:02:00``, ``5 minutes``.
        bare: a number alone is taken for minutes, as one plans in minutes; False where a length is more often seconds.

    Raises:
        ValueError: if the text is none of the accepted forms, or is over 24 hours.
    """
    cleaned = re.sub(r"^une? ", "1 ", " ".join(text.translate(_SIGNS).split()), flags=re.IGNORECASE)
    if bare and _BARE.fullmatch(cleaned):
        if int(cleaned) > MOST_BARE_MINUTES:
            raise ValueError(f"« {cleaned} » : des minutes ou des secondes ? Écrivez {cleaned} min ou {cleaned} s")
        return timedelta(minutes=int(cleaned))
    for form in _FORMS:
        found = form.fullmatch(cleaned)
        if found is None:
            continue
        written = {unit: value.lstrip("0") for unit, value in found.groupdict().items() if value is not None}
        if any(len(value) > _MOST_DIGITS for value in written.values()):
            break
        parts = {unit: int(value or "0") for unit, value in written.items()}
        duration = timedelta(hours=parts.get("h", 0), minutes=parts.get("m", 0), seconds=parts.get("s", 0))
        if duration <= timedelta(hours=24):
            return duration
        break
    raise ValueError(
        f"« {text[:40]} » n'est pas une durée : écrivez {ACCEPTED_FORMS if bare else WITH_UNITS}, jusqu'à 24 heures"
    )


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
