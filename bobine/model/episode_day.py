"""The identity of an episode: its day of broadcast, and a suffix where the day has more than one. Pure."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Self

MOST_SUFFIX_CHARS = 24
"""Longest suffix: it is a part of file names and of addresses."""

_FORM = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_NAME = re.compile(rf"(\d{{4}}-\d{{2}}-\d{{2}})(?:-({_FORM}))?", re.ASCII)


class EpisodeDay(date):
    """A day of broadcast that names another episode than the day's own: ``2026-11-26-bonus``.

    It is its day wherever a day is meant (slots, seasons, words), and another value than that day: it is not equal to
    it, comes right after it, and is written with its suffix. What is reckoned from it (``+``, ``replace``) is a plain
    day. The day's own episode is named by a plain ``date``.

    Attributes:
        suffix: what tells the episode from the others of its day; small ASCII letters and digits, with hyphens.
    """

    _suffix = ""  # of what the interpreter makes itself, such as ``replace``

    def __new__(cls, year: int, month: int, day: int, suffix: str = "") -> Self:
        """Make the name.

        Raises:
            ValueError: if there is no such day, or the suffix is none.
        """
        if suffix and not is_suffix(suffix):
            raise ValueError(f"not a suffix: {suffix!r}")
        made = super().__new__(cls, year, month, day)
        made._suffix = suffix
        return made

    @property
    def suffix(self) -> str:
        """The word that tells the episode from the others of its day."""
        return self._suffix

    def isoformat(self) -> str:
        """The name of the episode's folder: ``2026-11-26-bonus``."""
        plain = super().isoformat()
        return f"{plain}-{self._suffix}" if self._suffix else plain

    def __str__(self) -> str:
        return self.isoformat()

    def __repr__(self) -> str:
        return f"EpisodeDay({self.year}, {self.month}, {self.day}, {self._suffix!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, date) and _rank(self) == _rank(other)

    def __hash__(self) -> int:
        return hash(_rank(self)) if self._suffix else super().__hash__()

    def __lt__(self, other: date, /) -> bool:
        return _rank(self) < _rank(other)

    def __le__(self, other: date, /) -> bool:
        return _rank(self) <= _rank(other)

    def __gt__(self, other: date, /) -> bool:
        return _rank(self) > _rank(other)

    def __ge__(self, other: date, /) -> bool:
        return _rank(self) >= _rank(other)

    def __reduce__(self) -> tuple[Any, ...]:
        return EpisodeDay, (self.year, self.month, self.day, self._suffix)


EpisodeDate = Annotated[date, EpisodeDay]
"""The type of a field that names an episode: a plain day for the day's own, an ``EpisodeDay`` for another one."""


def is_suffix(text: str) -> bool:
    """Whether a text can tell an episode from the others of its day: ``bonus``, ``2``, ``matinale-de-noel``."""
    return len(text) <= MOST_SUFFIX_CHARS and re.fullmatch(_FORM, text, re.ASCII) is not None


def episode_day(day: date, suffix: str) -> date:
    """The name of the episode of that day and suffix; the day itself where the suffix is empty.

    Raises:
        ValueError: if the suffix is none.
    """
    return EpisodeDay(day.year, day.month, day.day, suffix) if suffix else plain_day(day)


def read_episode_day(text: str) -> date:
    """The episode that a folder, key or record names: ``2026-11-26``, ``2026-11-26-bonus``.

    Raises:
        ValueError: if it names none.
    """
    found = _NAME.fullmatch(text)
    if found is None:
        raise ValueError(f"not the name of an episode: {text[:60]!r}")
    return episode_day(date.fromisoformat(found[1]), found[2] or "")


def suffix_of(day: date) -> str:
    """The suffix of an episode's name; empty for the day's own episode."""
    return day.suffix if isinstance(day, EpisodeDay) else ""


def plain_day(day: date) -> date:
    """The day of an episode, without its suffix: what another day is compared with."""
    return date(day.year, day.month, day.day)


def _rank(day: date) -> tuple[int, str]:
    return day.toordinal(), suffix_of(day)
