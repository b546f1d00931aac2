"""The label of any field, and any value in words, as forms, history and conflicts say them in French. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time, timedelta
from enum import StrEnum

from bobine.french import long_date
from bobine.model.carts import ShowCart
from bobine.model.episode import Item, Work
from bobine.model.fields.field import FieldType
from bobine.model.fields.tables import FIELDS, names_holding
from bobine.model.ideas import Idea
from bobine.model.people import Person
from bobine.model.podcast import License, Platform
from bobine.model.show import Chronique, Election, Holiday
from bobine.model.team import Member
from bobine.model.written.durations import format_duration
from bobine.plan.fields.words import WORDS
from bobine.plan.settings.words import SETTINGS

NOTHING = "rien"
"""The name of an empty value."""

LONGEST = 60
"""Characters of a text that is quoted in a sentence; the rest is cut."""

_OF_PEOPLE = names_holding(FieldType.PERSON, FieldType.PEOPLE)


def label(cls: type, field: str) -> str:
    """The label of a field of the plan's dataclasses, or of a show's settings.

    Raises:
        KeyError: if the class has no such field.
    """
    return FIELDS[cls][field].label if cls in FIELDS else SETTINGS[cls][field].label


def label_inside(cls: type, field: str) -> str:
    """The same, inside a sentence: without its capital, unless it is an acronym.

    Raises:
        KeyError: if the class has no such field.
    """
    return inside(label(cls, field))


def inside(words: str) -> str:
    """Words that stand at the start of a line, as they are written inside a sentence."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def value_words(value: object, names: Mapping[str, str] | None = None) -> str:
    """A field's value in words, plain text on one line or several as it is.

    Args:
        value: of any field of the plan's dataclasses.
        names: what texts that are ids stand for, such as the names of people.

    Returns:
        ``3'30``, ``18:05:30``, « signée », « oui », names separated by commas…; ``NOTHING`` for what is empty.
    """
    match value:
        case None | "" | ():
            return NOTHING
        case bool():
            return "oui" if value else "non"
        case StrEnum():
            return WORDS[type(value)][value]
        case str():
            return (names or {}).get(value, value)
        case timedelta():
            return format_duration(value)
        case time():
            return value.isoformat("seconds")
        case date():
            return long_date(value)
        case tuple():
            return ", ".join(value_words(one, names) for one in value)
        case Work():
            return f"{value.title} ({value.performer})" if value.performer else value.title
        case Item() | Idea() | Chronique() | ShowCart():
            return value.title
        case Person() | Member() | License() | Platform() | Holiday() | Election():
            return value.name
        case _:
            return str(value)


def names_in(field: str, names: Mapping[str, str]) -> Mapping[str, str]:
    """The names of people where a field holds their ids; none where its texts mean themselves."""
    return names if field in _OF_PEOPLE else {}


def quoted(value: object, names: Mapping[str, str] | None = None, length: int | None = LONGEST) -> str:
    """A value's words for a sentence, a free text between « and ».

    Args:
        value: as for ``value_words``.
        names: as for ``value_words``.
        length: the words are put on one line and cut beyond so many characters; None leaves them whole.
    """
    words = value_words(value, names)
    if length is not None:
        words = shortened(words, length)
    return f"« {words} »" if type(value) is str and value and value not in (names or {}) else words


def shortened(text: str, length: int) -> str:
    """A text on one line, cut between words where it is longer than ``length`` characters."""
    line = " ".join(text.split())
    if len(line) <= length:
        return line
    cut = line[: length - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut).rstrip(" ,;:") + "…"
