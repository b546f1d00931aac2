"""Cells written and read by the type of their field: French words and figures for values of the plan. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from bobine.french import printable, sort_key
from bobine.model.counted.objectives import Objective
from bobine.model.episode import PodcastRights, Work
from bobine.model.fields.field import Field, FieldType
from bobine.model.fields.work import WORK
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import WORDS
from bobine.plan.sheet.spreadsheet.lists import join, split
from bobine.store.codec.spelling import unknown_value

WORK_PARTS = tuple(
    sorted((field for field in WORK.values() if field.cell), key=lambda field: field.cell.place if field.cell else 0)
)
"""The parts of a work in its cell, in their order."""

_YES = frozenset({"oui", "o", "x", "vrai", "1", "true", "yes", "y", "✓", "✔", "☑"})
_NO = frozenset({"non", "n", "faux", "0", "false", "no", "-", "–", "—", "☐"})

_FORMER: dict[type[StrEnum], dict[str, StrEnum]] = {
    PodcastRights: {"oui": PodcastRights.CLEARED, "non": PodcastRights.CUT, "inconnu": PodcastRights.UNKNOWN},
    Objective: {
        "parole à tous": Objective.VOICES,
        "initiatives locales": Objective.INITIATIVES,
        "éducation populaire": Objective.EDUCATION,
        "accessible à tous": Objective.ACCESSIBLE,
    },
}
"""Words that files of older versions have."""


class CellFault(ValueError):
    """The fault of a cell, in French."""


class CellForm(NamedTuple):
    """The two ways of a cell.

    Attributes:
        write: the text for the value of a field.
        read: the value as the plan's file has it, from a text that is not empty; raises ``CellFault``.
    """

    write: Callable[[Field, Any], str]
    read: Callable[[Field, str], Any]


def write_cell(field: Field, value: object) -> str:
    """The text of a field's value; empty for None."""
    return "" if value is None else _FORMS[field.holds].write(field, value)


def read_cell(field: Field, cell: str) -> Any:
    """The value that a text means, as the plan's file has it.

    Args:
        field: of an item or of a work.
        cell: a text that is not empty.

    Raises:
        CellFault: if it means none.
    """
    return _FORMS[field.holds].read(field, cell if field.holds is FieldType.LINES else cell.strip())


def _as_it_is(_: Field, cell: str) -> str:
    return cell


def _length(_: Field, value: timedelta) -> str:
    return format_duration(value)


def _whole(_: Field, value: int) -> str:
    return str(value)


def _whole_number(_: Field, cell: str) -> int:
    if not re.fullmatch(r"\d{1,6}", cell, re.ASCII):
        raise CellFault(f"« {printable(cell[:40])} » n'est pas un nombre entier")
    return int(cell)


def _clock(_: Field, value: time) -> str:
    return f"{value:%H:%M:%S}"


def _hour(_: Field, cell: str) -> time:
    found = re.fullmatch(r"(\d{1,2})(?::| ?h ?)(\d\d)(?::(\d\d))?", cell.replace("\u00a0", " "), re.ASCII)
    hour, minute, second = (int(part or 0) for part in found.groups()) if found else (24, 0, 0)
    if hour > 23 or minute > 59 or second > 59:
        raise CellFault(f"« {printable(cell[:40])} » n'est pas une heure : écrivez-la comme 18:53:10")
    return time(hour, minute, second)


def _yes(_: Field, value: bool) -> str:
    return "oui" if value else ""


def _yes_or_no(_: Field, value: bool) -> str:
    return "oui" if value else "non"


def _boolean(_: Field, cell: str) -> bool:
    word = sort_key(cell)
    if word not in _YES | _NO:
        raise CellFault(f"« {printable(cell[:40])} » n'est pas accepté : écrivez oui, non, ou rien")
    return word in _YES


def _word(_: Field, value: StrEnum) -> str:
    return WORDS[type(value)][value]


def _choice(field: Field, cell: str) -> str:
    """The value that a French word means, of today or of older files, or a word of the plan itself, in English."""
    enum = field.choices
    if enum is None:
        raise TypeError(f"{field.name} has no choices")
    words = WORDS[enum]
    by_word = {_plain(word): value for word, value in _FORMER.get(enum, {}).items()}
    by_word |= {_plain(str(value)): value for value in words} | {_plain(word): value for value, word in words.items()}
    found = by_word.get(_plain(cell))
    if found is None:
        raise CellFault(unknown_value(cell, list(words.values())))
    return str(found)


def _plain(word: str) -> str:
    return sort_key(word.replace("’", "'"))


def _words(field: Field, values: Iterable[StrEnum]) -> str:
    return join((_word(field, value) for value in values), ",")


def _choices(field: Field, cell: str) -> list[str]:
    return [_choice(field, part) for part in _names(field, cell)]


def _listed(_: Field, values: Iterable[str]) -> str:
    return join(values, ",")


def _names(_: Field, cell: str) -> list[str]:
    return [part for part in split(cell, ",") if part]


def _works(_: Field, works: Iterable[Work]) -> str:
    return "\n".join(join([write_cell(part, getattr(work, part.name)) for part in WORK_PARTS], "|") for work in works)


def _read_works(_: Field, cell: str) -> list[dict[str, Any]]:
    return [_work(line) for line in cell.splitlines() if line.strip()]


def _work(line: str) -> dict[str, Any]:
    parts = split(line, "|")
    if len(parts) > len(WORK_PARTS):
        raise CellFault(f"une œuvre a au plus {len(WORK_PARTS)} parties entre barres ; celle-ci en a {len(parts)}")
    return {field.name: read_cell(field, part) for field, part in zip(WORK_PARTS, parts, strict=False) if part}


_PLAIN = CellForm(_as_it_is, _as_it_is)

_FORMS: dict[FieldType, CellForm] = {
    FieldType.TEXT: _PLAIN,
    FieldType.LINES: _PLAIN,
    FieldType.PATH: _PLAIN,
    FieldType.ID: _PLAIN,
    FieldType.ISRC: _PLAIN,
    FieldType.EAN: _PLAIN,
    FieldType.ADDRESS: _PLAIN,
    FieldType.CHRONIQUE: _PLAIN,
    FieldType.LENGTH: CellForm(_length, _as_it_is),
    FieldType.CLOCK: CellForm(_clock, _hour),
    FieldType.COUNT: CellForm(_whole, _whole_number),
    FieldType.FLAG: CellForm(_yes, _boolean),
    FieldType.YES_OR_NO: CellForm(_yes_or_no, _boolean),
    FieldType.CHOICE: CellForm(_word, _choice),
    FieldType.CHOICES: CellForm(_words, _choices),
    FieldType.MICS: CellForm(_listed, _names),
    FieldType.NAMES: CellForm(_listed, _names),
    FieldType.PEOPLE: CellForm(_listed, _names),
    FieldType.WORKS: CellForm(_works, _read_works),
}
"""The forms of the types that an item or a work has. A length is read as it is written: the plan reads it."""
