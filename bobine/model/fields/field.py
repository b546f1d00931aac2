"""The declaration of one field: all that forms, files and sentences must know of it. Pure.

The type says three things at once: how a value is checked (``store/rules/tables.py``), how it is written in a
spreadsheet's cell and read back (``plan/sheet/spreadsheet/cell_forms.py``), and which control edits it
(``tui/episode/forms.py``).
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from enum import Enum, StrEnum, auto


class FieldType(Enum):
    """The types of field."""

    TEXT = auto()
    """Words on one line, for people to read."""
    LINES = auto()
    """Words on several lines."""
    PATH = auto()
    """A file's path."""
    ID = auto()
    """The short name by which other rows name this one; it never changes."""
    ADDRESS = auto()
    """A web address."""
    ISRC = auto()
    """The code of a recording."""
    EAN = auto()
    """The bar code of a disc."""
    LENGTH = auto()
    """A duration above zero."""
    CLOCK = auto()
    """A time of day."""
    DAY = auto()
    """A date."""
    INSTANT = auto()
    """A day and an hour, in a time zone."""
    COUNT = auto()
    """A whole number, from 1."""
    FLAG = auto()
    """True or false, where nothing written means false."""
    YES_OR_NO = auto()
    """True or false, where nothing written means a default of its own."""
    CHOICE = auto()
    """One of the words of an enum."""
    CHOICES = auto()
    """Several of them."""
    MICS = auto()
    """Names of microphones."""
    NAMES = auto()
    """Several names of several words, with commas between."""
    PERSON = auto()
    """The id of a participant."""
    PEOPLE = auto()
    """Ids of participants."""
    CHRONIQUE = auto()
    """The id of one of the show's chroniques."""
    WORKS = auto()
    """Musical works."""
    ROWS = auto()
    """A list with a screen of its own."""


class Said(Enum):
    """The way that a rundown on paper says a field: after its word, and only if it is not empty."""

    SOUND = auto()
    """Among the sound, in a column of its own."""
    FACT = auto()
    """Below the title: « tapis : Fil rouge »."""
    CUE = auto()
    """Below the title, as words that are spoken."""


@dataclass(frozen=True, slots=True)
class Cell:
    """The column of a field in the spreadsheet; for a work, its part of the cell.

    Attributes:
        heading: the word on the first line, which also stands before the value on paper.
        place: the columns stand in this order; tens, so that others fit between.
        former: headings of older versions, which are still read.
    """

    heading: str
    place: int
    _: KW_ONLY
    former: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The control of a field in a form.

    Attributes:
        section: heading of the part of the form that holds it; empty for the first.
        label: what the form calls it, where its heading or its room asks for other words than the field's label.
        hint: what may be written there, while it is empty.
        none: the word for no value, among the words of a choice.
    """

    section: str = ""
    _: KW_ONLY
    label: str = ""
    hint: str = ""
    none: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field.

    Attributes:
        name: of the dataclass's field, which is also the key in the file.
        label: its name in forms, history and conflicts, with a capital.
        holds: the type of what it holds.
        choices: the enum, for ``CHOICE`` and ``CHOICES``.
        note: what it means and what may be written there, as comments of files say it; ``{words}`` stands for the
            list of the choices.
        cell: its column in the spreadsheet; None where it has none.
        asked: its control in the form; None where no form changes it.
        said: how the rundown on paper says it, in words of its own; None where it is drawn otherwise or not at all.
        script: its key in the sheet for scripts; empty where it is not in it.
        keys: other French words that people write for the key, beside the label and the heading; without accents.
    """

    name: str
    label: str
    holds: FieldType
    _: KW_ONLY
    choices: type[StrEnum] | None = None
    note: str = ""
    cell: Cell | None = None
    asked: Asked | None = None
    said: Said | None = None
    script: str = ""
    keys: tuple[str, ...] = ()


def declared(*fields: Field) -> dict[str, Field]:
    """Fields by name, in the order given, which is that of the form."""
    return {field.name: field for field in fields}
