"""French text: typography, dates, sorting and sizes. Never depends on an installed locale."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from bobine.model.episode_day import plain_day, suffix_of

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")  # fmt: skip


_SPACED = re.compile("[;!?»«%:—°]")
"""The marks that a space of their own goes with: text without any of them is right as it is."""

_PRINTED = {
    **{mark: tuple((f"{space}{mark}", f"\u202f{mark}") for space in " \u00a0") for mark in ";!?»%"},
    "«": tuple((f"«{space}", "«\u202f") for space in " \u00a0"),
    **{mark: ((f" {mark}", f"\u00a0{mark}"),) for mark in ":—"},
    "°": (("n° ", "n°\u00a0"),),
}
"""Corrections for each mark, in this order."""

_SHORT_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def typeset(text: str) -> str:
    """French spacing for a terminal: U+00A0 before ``: ; ! ? »`` and after ``«`` in place of ordinary spaces."""
    return re.sub(r" (?=[:;!?»%])|(?<=«) ", "\u00a0", text)


def typeset_print(text: str) -> str:
    """French spacing for a page or paper: U+202F before ``; ! ? % »`` and after ``«``, U+00A0 before ``:`` and ``—``.

    It replaces ordinary spaces, and the wider U+00A0 where a narrow one belongs; it adds none.
    """
    if not _SPACED.search(text):
        return text
    for mark, pairs in _PRINTED.items():
        if mark in text:
            for found, right in pairs:
                text = text.replace(found, right)
    return text


def long_date(day: date) -> str:
    """``jeudi 26 novembre 2026``, with ``1er`` for the first of a month; « (bonus) » after it for such an episode."""
    suffix = suffix_of(day)
    return f"{DAYS[day.weekday()]} {day_and_month(day)} {day.year}{f' ({suffix})' if suffix else ''}"


def short_day(day: date) -> str:
    """``26 nov. 2026``, with ``1er`` for the first; ``26 nov. +bonus`` for another episode of a day."""
    number = "1er" if day.day == 1 else str(day.day)
    suffix = suffix_of(day)
    return f"{number} {_SHORT_MONTHS[day.month - 1]} {f'+{suffix}' if suffix else day.year}"


def day_and_month(day: date) -> str:
    """``26 novembre``, ``1er décembre``: where the year goes without saying."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]}"


def in_tense(day: date, today: date, *, past: str, present: str, future: str) -> str:
    """The words that suit a day that is over, today, or a day to come: « était le », « est le », « sera le »."""
    return past if day < today else future if plain_day(day) > today else present


def sort_key(text: str) -> str:
    """A key that sorts without accents or case, œ as oe and æ as ae."""
    plain = text.casefold().replace("œ", "oe").replace("æ", "ae")
    return "".join(char for char in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(char))


def decimal(value: float, digits: int = 1) -> str:
    """A number with a decimal comma and a true minus sign: ``−16,0``."""
    text = f"{value:.{digits}f}".replace(".", ",")
    return "−" + text[1:] if text.startswith("-") and text.strip("-0,") else text.lstrip("-")


def enumerate_words(words: Sequence[str], last: str = "et") -> str:
    """``a, b et c``."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}" if words else ""


def others(count: int, noun: str = "") -> str:
    """``1 autre``, ``3 autres``, ``2 autres remarques``: what is left of a list that is not told whole.

    Args:
        count: how many.
        noun: what they are, in the singular, one that takes an s; empty to leave it out.
    """
    s = "s" if count > 1 else ""
    return f"{count} autre{s} {noun}{s}" if noun else f"{count} autre{s}"


def size(count: int) -> str:
    """A size in bytes for people: ``52,8 Mo``."""
    for unit, scale in (("Go", 1e9), ("Mo", 1e6), ("ko", 1e3)):
        if count >= scale:
            return f"{decimal(count / scale)} {unit}"
    return f"{count} octets"


_DIRECTION_OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def printable(text: str) -> str:
    """Text from outside, safe to show on one line of a terminal: control characters and the like become ``·``."""
    return "".join("·" if _is_unsafe(char) else char for char in text)


def _is_unsafe(char: str) -> bool:
    return (
        unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")
        or char in "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    )


def is_one_safe_line(text: str) -> bool:
    """Whether text has neither line breaks nor control, direction-override or non-XML characters."""
    return text.isprintable() or not any(_is_unsafe(char) for char in text)
