"""Limits on the size of a TOML text: far more than any show needs, and little for a machine."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

KeyPath = tuple[str | int, ...]
"""The path to a value: names of keys, and 0-based indexes in lists."""

MOST_BYTES = 2_000_000
"""Bytes of a TOML file, at most."""

MOST_LINES = 50_000
"""Lines of one file, at most."""

MOST_VALUES = 50_000
"""Keys and elements of lists in one file."""

LONGEST_LIST = 5_000
"""Elements of one list: items, people, ideas, lines of what was purged."""

DEEPEST = 12
"""Tables and lists inside one another."""

LARGEST = 10**15
"""The largest number, either sign: the samples of a thousand years."""

FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Years that a date may lie in: reckoning a day or a zone further must stay in the calendar."""

_LONG_NUMBER = re.compile(r"[0-9_]{400}")
_LONG_KEY = re.compile(r"""(?<![\w"'.-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){100}""", re.ASCII)


def excess_before(text: str) -> tuple[int, str] | None:
    """The first line that would stall the parser, or be refused by it without a line, with its fault; or None."""
    if text.count("\n") > MOST_LINES:
        return MOST_LINES + 1, f"ce fichier a plus de {MOST_LINES} lignes : ce n'est pas un fichier de l'atelier"
    for pattern, message in (
        (_LONG_KEY, "cette clé a trop de points : trop de tables les unes dans les autres"),
        (_LONG_NUMBER, "ce nombre a trop de chiffres"),
    ):
        found = pattern.search(text)
        if found:
            return text.count("\n", 0, found.start()) + 1, message
    return None


def excesses(table: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """The first value of a parsed text that exceeds a limit, with the path to it; nothing for a sound text."""
    values = 0
    stack: list[tuple[KeyPath, object]] = [((), table)]
    while stack:
        path, value = stack.pop()
        children: list[tuple[KeyPath, object]] = []
        if isinstance(value, Mapping):
            children = [((*path, str(key)), child) for key, child in value.items()]
        elif isinstance(value, list):
            if len(value) > LONGEST_LIST:
                yield path, f"cette liste a {len(value)} éléments : {LONGEST_LIST} au plus"
                return
            children = [((*path, index), child) for index, child in enumerate(value)]
        values += len(children)
        if values > MOST_VALUES:
            yield (), f"ce fichier a plus de {MOST_VALUES} valeurs : ce n'est pas un fichier de l'atelier"
            return
        message = _too_much(value) if not children else _too_deep(path)
        if message:
            yield path[:DEEPEST], message
            return
        stack += reversed(children)


def impossible_dates(table: Mapping[str, Any]) -> Iterator[tuple[KeyPath, str]]:
    """The dates and instants of a table that cannot be reckoned with, each with the path to it."""
    stack: list[tuple[KeyPath, object]] = [((), table)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Mapping):
            stack += [((*path, str(key)), child) for key, child in value.items()]
        elif isinstance(value, list):
            stack += [((*path, index), child) for index, child in enumerate(value)]
        elif isinstance(value, date) and not possible_year(value):
            yield path, f"cette date n'est pas entre {FIRST_YEAR} et {LAST_YEAR}"


def possible_year(day: date) -> bool:
    """Whether a date, or an instant, lies in a year that can be reckoned with."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def _too_deep(path: KeyPath) -> str | None:
    return "trop de listes ou de tables les unes dans les autres" if len(path) >= DEEPEST else None


def _too_much(value: object) -> str | None:
    match value:
        case bool():
            return None
        case int():
            return "ce nombre est démesuré" if abs(value) > LARGEST else None
        case float():
            return (
                "ce nombre est infini, ou bien trop grand" if not math.isfinite(value) or abs(value) > LARGEST else None
            )
        case _:
            return None
