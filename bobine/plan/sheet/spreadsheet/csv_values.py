"""The meaning of CSV cells: French words and figures, as values of the plan's file. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

from bobine.french import printable, sort_key
from bobine.plan.fields.words import KINDS
from bobine.plan.sheet.spreadsheet.csv import OBJECTIVE_WORDS, RIGHTS_WORDS, USE_WORDS, WORK_FIELDS, split
from bobine.store.codec.spelling import unknown_value

_YES = frozenset({"oui", "o", "x", "vrai", "1", "true", "yes", "y", "✓", "✔", "☑"})
_NO = frozenset({"non", "n", "faux", "0", "false", "no", "-", "–", "—", "☐"})


class CellFault(ValueError):
    """The fault of a cell, in French."""


def _word(words: Mapping[Any, str]) -> Callable[[str], str]:
    """A parser of a French word (or of the plan's own, in English)."""
    by_word = {sort_key(word): str(value) for value, word in words.items()} | {
        str(value): str(value) for value in words
    }

    def parse(cell: str) -> str:
        found = by_word.get(sort_key(cell))
        if found is None:
            raise CellFault(unknown_value(cell, list(words.values())))
        return found

    return parse


def _boolean(cell: str) -> bool:
    word = sort_key(cell)
    if word not in _YES | _NO:
        raise CellFault(f"« {printable(cell[:40])} » n'est pas accepté : écrivez oui, non, ou rien")
    return word in _YES


def _whole_number(cell: str) -> int:
    if not re.fullmatch(r"\d{1,6}", cell, re.ASCII):
        raise CellFault(f"« {printable(cell[:40])} » n'est pas un nombre entier")
    return int(cell)


def _hour(cell: str) -> time:
    found = re.fullmatch(r"(\d{1,2})(?::| ?h ?)(\d\d)(?::(\d\d))?", cell.replace("\u00a0", " "), re.ASCII)
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (24, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise CellFault(f"« {printable(cell[:40])} » n'est pas une heure : écrivez-la comme 18:53:10")
    return time(hour, minute, second)


def _works(cell: str) -> list[dict[str, Any]]:
    return [_work(line) for line in cell.splitlines() if line.strip()]


def _work(line: str) -> dict[str, Any]:
    parts = split(line, "|")
    if len(parts) > len(WORK_FIELDS):
        raise CellFault(f"une œuvre a au plus {len(WORK_FIELDS)} parties entre barres ; celle-ci en a {len(parts)}")
    work: dict[str, Any] = {field: part for field, part in zip(WORK_FIELDS, parts, strict=False) if part}
    if "use" in work:
        work["use"] = _word(USE_WORDS)(work["use"])
    return work


PARSERS: dict[str, Callable[[str], Any]] = {
    "kind": _word(KINDS),
    "podcast": _word(RIGHTS_WORDS),
    "droppable": _boolean,
    "standby": _boolean,
    "political": _boolean,
    "leveling": _boolean,
    "remove_hum": _boolean,
    "chapter": _boolean,
    "instalment": _whole_number,
    "fixed_start": _hour,
    "mics": lambda cell: [part for part in split(cell, ",") if part],
    "objectives": lambda cell: [_word(OBJECTIVE_WORDS)(part) for part in split(cell, ",") if part],
    "works": _works,
}
"""Parsers of stripped cells, by the item's field; they raise ``CellFault``. Other cells are texts."""
