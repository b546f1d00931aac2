"""Notations of the files: TOML, JSON, and JSON without the defaults; each says how dates and None are written. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from bobine.model.episode_day import EpisodeDay, read_episode_day


@dataclass(frozen=True, slots=True)
class Notation:
    """A way to write tables.

    Attributes:
        dates_as_text: days, hours and instants are texts, because the language has no form for them.
        whole: everything is written, ``null`` for None and texts that are empty; otherwise what is None or empty is
            left out. A key that is not there stands for its default either way, so that what an older version wrote
            is read.
    """

    dates_as_text: bool
    whole: bool


TOML = Notation(dates_as_text=False, whole=False)
"""The notation of the files that people write."""

JSON = Notation(dates_as_text=True, whole=True)
"""The notation of what programs write for programs."""

SPARSE_JSON = Notation(dates_as_text=True, whole=False)
"""The notation of a table that people wrote, kept as JSON: the items in a journal."""


@dataclass(frozen=True, slots=True)
class TextForm:
    """The form of a date in a text.

    Attributes:
        example: one such text.
        parse: the value of a text; ``ValueError`` or ``OverflowError`` where there is none.
        write: the text of a value.
    """

    example: str
    parse: Callable[[str], object]
    write: Callable[..., str]


def utc_text(moment: datetime) -> str:
    """An instant in UTC, as JSON holds it: ``2026-11-26T18:05:00+00:00``."""
    return moment.astimezone(UTC).isoformat()


def _instant(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError("no offset from UTC")
    return moment.astimezone(UTC)


def _hour(text: str) -> time:
    hour = time.fromisoformat(text)
    if hour.tzinfo is not None:
        raise ValueError("an offset from UTC")
    return hour


TEXT_FORMS: dict[type, TextForm] = {
    date: TextForm("2026-11-26", date.fromisoformat, date.isoformat),
    EpisodeDay: TextForm("2026-11-26", read_episode_day, str),
    datetime: TextForm("2026-11-26T18:05:00+00:00", _instant, utc_text),
    time: TextForm("18:00:00", _hour, time.isoformat),
}
"""How dates are written as texts, by their types."""
