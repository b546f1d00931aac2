"""Values of a feed as hosts really write them: dates, lengths, numbers, yes and no. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_STEMS = {
    **{name.lower(): name for name in _MONTHS},
    "janv": "Jan", "févr": "Feb", "mars": "Mar", "avr": "Apr", "juin": "Jun", "juil": "Jul", "août": "Aug",
    "sept": "Sep", "déc": "Dec",
    "fev": "Feb", "aout": "Aug", "dez": "Dec", "mai": "May", "okt": "Oct", "ene": "Jan", "abr": "Apr", "ago": "Aug",
    "dic": "Dec", "juill": "Jul", "mär": "Mar", "gen": "Jan", "mag": "May", "giu": "Jun", "lug": "Jul", "set": "Sep",
    "ott": "Oct",
}  # fmt: skip
"""Beginnings of the names of months, in the languages around."""

_DAY_NAME = re.compile(r"^[^\W\d_]+\.?\s*,?\s+(?=\d)")
_MONTH = re.compile(r"(?<=\d)[\s.-]+([^\W\d_]{3,})\.?[\s.-]+(?=\d)")
_CLOCK = r"\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
_ISO = re.compile(rf"(\d{{4}}-\d\d-\d\d)(?:[T ]({_CLOCK})\s*(Z|UTC|GMT|[+-]\d\d:?\d\d)?)?", re.IGNORECASE)
_HOURS = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,]\d+)?", re.ASCII)
_WORDED = re.compile(r"PT(?:(\d{1,3})H)?(?:(\d{1,4})M)?(?:(\d{1,6})(?:\.\d+)?S)?", re.IGNORECASE | re.ASCII)
_MOST_YEARS = range(1970, 2201)


def instant(text: str) -> datetime | None:
    """The instant that a feed's date says, aware; without a zone it is universal time. None where it says none.

    RFC 822 and 2822 dates in all that is met of them (names of days and months in French, long, or wrong; a 24th hour;
    no seconds; no zone), and ISO 8601 ones.
    """
    text = " ".join(text.split())
    for read in (_iso, _rfc):
        found = read(text)
        if found is not None and found.year in _MOST_YEARS:
            return found.astimezone(UTC).replace(microsecond=0)
    return None


def _iso(text: str) -> datetime | None:
    found = _ISO.fullmatch(text)
    if found is None:
        return None
    day, clock, zone = found.groups()
    offset = "+00:00" if not zone or zone.upper() in ("Z", "UTC", "GMT") else zone
    try:
        return datetime.fromisoformat(f"{day}T{clock or '00:00'}{offset}")
    except ValueError:
        return None


def _rfc(text: str) -> datetime | None:
    text = _DAY_NAME.sub("", text)  # it may be wrong, and adds nothing
    text = _MONTH.sub(lambda found: f" {_month(found[1])} ", text, count=1)
    text = re.sub(r"(?i)\b(?:GMT|UTC)\s*(?=[+-]\d)", "", text)
    text = re.sub(r"([+-])(\d{1,2})(?::?(\d\d))?$", lambda zone: f"{zone[1]}{zone[2]:0>2}{zone[3] or '00'}", text)
    if re.fullmatch(r"\d{1,2} [A-Za-z]{3} \d{4}", text):
        text += " 00:00"
    midnight = re.sub(r"\b24:(?=00\b)", "00:", text)
    try:
        found = parsedate_to_datetime(midnight)
        if midnight != text:
            found += timedelta(days=1)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def _month(name: str) -> str:
    folded = name.casefold()
    for length in (5, 4, 3):
        if folded[:length] in _STEMS:
            return _STEMS[folded[:length]]
    return name


def length_s(text: str) -> int | None:
    """A length in whole seconds: ``3300``, ``55:00``, ``0:55:00``, ``PT55M``; None where text is none, or nothing."""
    text = text.strip()
    found = _HOURS.fullmatch(text) or (_WORDED.fullmatch(text) if text else None)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    total = hours * 3600 + minutes * 60 + seconds
    return total if 0 < total <= 10**6 else None


def moment_ms(text: str) -> int | None:
    """A place in the sound, in milliseconds: ``73.25``, ``01:13.250``, ``00:01:13``; None where text is none."""
    found = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:[.,](\d{1,9}))?", text.strip(), re.ASCII)
    if found is None:
        return None
    hours, minutes, seconds = (int(part or 0) for part in found.groups()[:3])
    return (hours * 3600 + minutes * 60 + seconds) * 1000 + int((found[4] or "0").ljust(3, "0")[:3])


def number(text: str, most: int) -> int | None:
    """A number from 1 to ``most``, also as ``7.0`` or ``07``; None where text is none of them."""
    found = re.fullmatch(r"0*(\d{1,9})(?:\.0+)?", text.strip(), re.ASCII)
    return int(found[1]) if found is not None and 1 <= int(found[1]) <= most else None


def truth(text: str) -> bool | None:
    """The meaning of a parental advisory: true for ``yes``, ``true``, ``explicit``; false for ``no`` and ``clean``."""
    word = text.strip().lower()
    if word in ("yes", "true", "explicit", "1"):
        return True
    return False if word in ("no", "false", "clean", "notexplicit", "0") else None
