"""Conflicts: what two people wrote in one place at the same time, as the later of them is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from bobine.model.episode import Item
from bobine.model.hours import HoursLine
from bobine.model.ideas import Idea
from bobine.model.people import Person
from bobine.model.show import Chronique
from bobine.model.team import Member
from bobine.plan.fields.field_words import LONGEST, NOTHING, inside, shortened

Row = Item | Person | Idea | Member | Chronique | HoursLine
"""A row in a list of a file, known there by its id."""

PRESENCE = "Présence"
"""The field of a conflict about whether something is there at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One field that somebody else had just written too; what the later wrote stands.

    Attributes:
        where: « Agenda », a person's name, « l'émission ».
        field: what a form calls the field; ``PRESENCE`` for whether something is there at all.
        kept: what stands, in words; for a presence, a clause.
        other: what the other had written, in words and whole; for a presence, a clause.
    """

    where: str
    field: str
    kept: str
    other: str

    @property
    def sentence(self) -> str:
        """One French sentence, plain text."""
        where = self.where[:1].upper() + self.where[1:]
        if self.field == PRESENCE:
            return f"{where} : {self.kept} ; {self.other}."
        kept = "tout effacé" if self.kept == NOTHING else f"écrit {_short(self.kept)}"
        other = "de tout effacer" if self.other == NOTHING else f"d'écrire {_short(self.other)}"
        return f"{where}, {inside(self.field)} : vous avez {kept} ; quelqu'un d'autre venait {other}."


def row_name(row: Row) -> str:
    """The name that a sentence gives a row: « Agenda », Claire Dumollard, Claire Dumollard (montage)."""
    if isinstance(row, HoursLine):
        return f"{row.name} ({row.task.french})"
    return row.name if isinstance(row, Person | Member) else f"« {row.title} »"


def dropped_by_me(row: Row, changes: str) -> Conflict:
    """The conflict where I took away what somebody else was changing.

    Args:
        row: as the other left it.
        changes: what the other changed, in words.
    """
    return Conflict(
        where=row_name(row),
        field=PRESENCE,
        kept=f"vous avez enlevé {noun(row)}",
        other=f"quelqu'un d'autre venait d'y changer {changes}",
    )


def dropped_by_other(row: Row) -> Conflict:
    """The conflict where I changed what somebody else had just taken away: it comes back."""
    pronoun = "le" if isinstance(row, Item) else "la"
    return Conflict(
        where=row_name(row),
        field=PRESENCE,
        kept=f"vos changements {pronoun} ramènent",
        other=f"quelqu'un d'autre venait d'enlever {noun(row)}",
    )


def needed_by_other(row: Row) -> Conflict:
    """The conflict where I took away a person whom somebody else was putting somewhere: the person stays."""
    return Conflict(
        where=row_name(row),
        field=PRESENCE,
        kept="vous vouliez enlever cette personne",
        other="elle reste, car quelqu'un d'autre venait de l'inscrire dans le conducteur",
    )


def noun(row: Row) -> str:
    """The noun that a sentence uses for a row: « cet élément »."""
    match row:
        case Item():
            return "cet élément"
        case Idea():
            return "cette idée"
        case Chronique():
            return "cette chronique"
        case HoursLine():
            return "cette ligne"
        case Person() | Member():
            return "cette personne"


def _short(words: str) -> str:
    if words.startswith("« "):
        return f"« {shortened(words[2:-2], LONGEST)} »"
    return shortened(words, LONGEST)
