"""The lacks of an episode, and who owes each. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import IntEnum

from bobine.french import enumerate_words
from bobine.model.episode import Episode, Item
from bobine.model.people import Person, Role
from bobine.plan.fields.words import ROLES

COMMITTEE = "comité de rédaction"
"""The owner of a lack that is nobody's in particular."""

PAD_MARGIN = timedelta(seconds=1)
"""A ready-to-air sound may run over its slot by less than this: players round."""


class LackKind(IntEnum):
    """The kinds of lack, the most urgent first: those that prevent a show, then a lawful one, then a smooth one."""

    RUNDOWN = 0
    TECHNICIAN = 1
    HOST = 2
    GAP = 3
    STOPWATCH = 4
    CONFIRMATION = 5
    CONSENT = 6
    SOUND = 7
    RIGHTS = 8
    WORKS = 9
    TEXT = 10
    STANDBY = 11


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that keeps the show from being ready.

    Attributes:
        kind: the kind of lack; the order of kinds is that of urgency.
        item: id of the item that it is about; empty for the show as a whole.
        owner: the one who owes it, in French: a person with their role, or a role.
        what: what is missing, one French sentence.
        person: id of the person that it is about; empty for nobody in particular.
        field: for a text that is still to be written, the field of the item, of the person or of the episode.
    """

    kind: LackKind
    item: str
    owner: str
    what: str
    person: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PadFacts:
    """The facts found about a ready-to-air sound.

    Attributes:
        exists: there is a file.
        decodable: sound came out of it.
        silent: nothing but digital silence came out of it.
        duration: length of what was decoded; zero where nothing was.
    """

    exists: bool
    decodable: bool = False
    silent: bool = False
    duration: timedelta = timedelta()


def responsible(episode: Episode, item: Item, first: Role) -> str:
    """The person who answers for an item: its people of a role, else those of the team in it, else editor or host."""
    people = [episode.person(person_id) for person_id in item.people]
    first_named = [named(person, first) for person in people if person.holds(first)]
    others = [named(person) for person in people if not person.needs_consent]
    return enumerate_words(first_named or others) or by_role(episode, Role.EDITOR, Role.HOST)


def inviter(episode: Episode, item_id: str) -> str:
    """The person who reminds a guest: the team's people in the same item, else those who welcome or present."""
    people = next(([episode.person(p) for p in item.people] for item in episode.items if item.id == item_id), [])
    team = [named(person) for person in people if not person.needs_consent]
    return enumerate_words(team) or by_role(episode, Role.WELCOME, Role.HOST)


def by_role(episode: Episode, *roles: Role) -> str:
    """The holders of the first of these roles that anybody holds; else the committee."""
    for role in roles:
        holders = [named(person, role) for person in episode.people if person.holds(role)]
        if holders:
            return enumerate_words(holders)
    return COMMITTEE


def named(person: Person, role: Role | None = None) -> str:
    """A person with what they do: the role that is asked for, else their main one."""
    return f"{person.name} ({ROLES[role or person.role]})"


def signer(person: Person) -> str:
    """The one who signs for somebody: the person, or whoever represents a minor."""
    if not person.minor:
        return named(person)
    if person.representative:
        return f"{person.representative} (représente {person.name})"
    return f"la personne qui représente légalement {person.name}"
