"""All fields that are declared, by class. Pure."""

from __future__ import annotations

from bobine.model.episode import Episode, Item, Work
from bobine.model.fields.field import Field, FieldType
from bobine.model.fields.hours import HOURS
from bobine.model.fields.item import ITEM
from bobine.model.fields.person import PERSON
from bobine.model.fields.planning import EPISODE, IDEA, MEMBER
from bobine.model.fields.work import WORK
from bobine.model.hours import HoursLine
from bobine.model.ideas import Idea
from bobine.model.people import Person
from bobine.model.team import Member

FIELDS: dict[type, dict[str, Field]] = {
    Item: ITEM,
    Work: WORK,
    Person: PERSON,
    Episode: EPISODE,
    Idea: IDEA,
    HoursLine: HOURS,
    Member: MEMBER,
}
"""The fields of each class, by name."""


def names_holding(*types: FieldType) -> frozenset[str]:
    """Names of the fields that hold one of these types, in any class."""
    return frozenset(field.name for fields in FIELDS.values() for field in fields.values() if field.holds in types)
