"""Days as people write them: ``26/11/2026``, ``2026-11-26``, ``jeudi 26 novembre``."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre",
           "decembre")  # fmt: skip
_SHORTEST_MONTH = 3
"""Letters of a month that are enough: « nov. »; June and July take four, as « juin » does."""

_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_FIGURES = re.compile(
    r"(?P<day>\d{1,2})(?:er)? ?[-/. ] ?(?P<month>\d{1,2})(?: ?[-/. ] ?(?P<year>\d{4}|\d{2}))?", re.ASCII
)
_WORDS = re.compile(r"(?P<day>\d{1,2})(?:er)? (?P<month>[a-z]{3,})\.?(?: (?P<year>\d{4}))?", re.ASCII)
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{3,8})\.?,? (?P<rest>.*)", re.ASCII)


def parse_day(text: str, near: date | None = None) -> date:
    """A day in figures or in words, with its weekday or not.

    Args:
        text: such as ``26/11/2026``, ``26.11.26``, ``2026-11-26``, ``jeudi 26 novembre 2026``, ``1er décembre 2026``.
        near: of a day written without its year, the closest to this one is meant; by default a year is needed.

    Raises:
        ValueError: if it is none, or not of the weekday that is named.
    """
    plain = " ".join(_without_accents(text).split())
    named = _WEEKDAY.fullmatch(plain)
    weekday = next((n for n, one in enumerate(_DAYS) if named and one.startswith(named["weekday"])), None)
    if named is not None and weekday is not None:
        plain = named["rest"]
    days = _days(plain, near)
    fitting = [day for day in days if weekday is None or day.weekday() == weekday]
    if days and not fitting and weekday is not None:
        raise ValueError(f"« {text[:40]} » : ce jour-là est un {_DAYS[days[0].weekday()]}, pas un {_DAYS[weekday]}")
    if not fitting:
        raise ValueError(f"« {text[:20]} » n'est pas un jour : écrivez 26/11/2026")
    return fitting[0]


def _days(plain: str, near: date | None) -> list[date]:
    """The days that it may be, the closest first."""
    found = _ISO.fullmatch(plain) or _FIGURES.fullmatch(plain) or _WORDS.fullmatch(plain)
    if found is None:
        return []
    month = int(found["month"]) if found["month"].isdigit() else _month(found["month"])
    if found["year"] is not None:
        years = [int(found["year"]) + (2000 if len(found["year"]) == len("26") else 0)]
    else:
        years = [near.year - 1, near.year, near.year + 1] if near is not None else []
    days = []
    for year in years:
        try:
            days.append(date(year, month, int(found["day"])))
        except ValueError:
            continue
    return sorted(days, key=lambda day: abs(day - near)) if near is not None else days


def _month(word: str) -> int:
    """1 to 12 for a month, whole or shortened; 0 for none."""
    shortest = _SHORTEST_MONTH + word.startswith("jui")
    meant = [n for n, month in enumerate(_MONTHS, 1) if month.startswith(word) and len(word) >= shortest]
    return meant[0] if len(meant) == 1 else 0


def _without_accents(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))
