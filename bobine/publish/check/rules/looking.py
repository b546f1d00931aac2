"""Forms of values: whether a text is an address, a language, an instant, a number."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, urlsplit

_DATE = re.compile(
    r"(?:(?P<day>Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT|UT|Z|[ECMP][SD]T)",
    re.ASCII,
)
_ISO = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:?\d\d)", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
_MEDIA_TYPE = re.compile(r"[a-z]+/[A-Za-z0-9!#$&^_.+-]+(?:\s*;\s*[A-Za-z0-9_-]+=(?:\"[^\"]*\"|[^\s;]+))*", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE | re.ASCII)
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def names(text: str) -> frozenset[str]:
    """The names of a line of them, separated by spaces."""
    return frozenset(text.split())


def is_address(text: str) -> bool:
    """Whether text is a whole ``http`` or ``https`` address in ASCII (RFC 3986)."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    return bool(host) and parts.scheme in ("http", "https") and re.fullmatch(r"[!-~]+", text) is not None


def parsed(text: str) -> SplitResult:
    """The parts of an address; empty ones where text cannot be one."""
    try:
        return urlsplit(text)
    except ValueError:
        return urlsplit("")


def is_secure(text: str) -> bool:
    """Whether an address is ``https``, or of this machine, where nobody listens in between."""
    parts = parsed(text)
    return parts.scheme == "https" or parts.hostname in ("localhost", "127.0.0.1", "::1")


def extension(address: str) -> str:
    """The extension of an address' last name, in lower case, without the dot; empty if there is none."""
    name = parsed(address).path.rpartition("/")[2]
    return name.rpartition(".")[2].lower() if "." in name else ""


def is_language(text: str) -> bool:
    """Whether text has the form of a language code (BCP 47)."""
    return _LANGUAGE.fullmatch(text) is not None


def is_media_type(text: str) -> bool:
    """Whether text has the form of a media type, parameters included (RFC 9110)."""
    return _MEDIA_TYPE.fullmatch(text) is not None


def is_uuid(text: str) -> bool:
    """Whether text is a UUID in its usual form (RFC 9562)."""
    return _UUID.fullmatch(text) is not None


def whole(text: str) -> int | None:
    """A whole number of at most 15 digits, written in digits alone; None if text is not one."""
    return int(text) if re.fullmatch(r"[0-9]{1,15}", text) else None


def rfc822_instant(text: str) -> datetime | None:
    """A date of a feed (RFC 822 with a year of four digits, as RFC 2822 wants), aware; None if it is not one."""
    if _DATE.fullmatch(text) is None:
        return None
    try:
        found = parsedate_to_datetime(text)
    except (ValueError, OverflowError, TypeError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)  # "-0000" is universal time as well (RFC 5322, 3.3)


def has_right_weekday(text: str, instant: datetime) -> bool:
    """Whether a date names no day of the week, or the one that it is."""
    found = _DATE.fullmatch(text)
    return found is None or found["day"] in (None, _DAYS[instant.weekday()])


def iso_instant(text: str) -> datetime | None:
    """An instant with its zone in the form of ISO 8601; None if text is not one."""
    if _ISO.fullmatch(text) is None:
        return None
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None
