"""Remedies: one gesture that settles a lack, and the helpers that several of them share. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bobine.french import printable
from bobine.model.episode import Episode
from bobine.model.people import Person
from bobine.plan.editing.moves import drop_person
from bobine.store.rules import texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One gesture that settles a lack.

    Attributes:
        label: what it says, in French; ends with « … » where a text is asked for.
        episode: the plan once it is done; None where a text is asked for.
        asks: the text that is asked for, in French; empty where none is.
        apply: the plan with that text; raises ``ValueError`` with one French sentence.
        people: the text is made of names, which may be completed.
        detail: why it is offered; empty where that goes without saying.
    """

    label: str
    episode: Episode | None = None
    asks: str = ""
    apply: Callable[[str], Episode] | None = None
    people: bool = False
    detail: str = ""


def leaves(episode: Episode, person: Person) -> Remedy:
    """The remedy that removes a person who does not come after all."""
    return Remedy(label=f"Ne vient pas : enlever {person.name}", episode=drop_person(episode, person.id))


def one_line(text: str, what: str = "un nom") -> str:
    """A text that a plan may hold.

    Raises:
        ValueError: if it may not.
    """
    line = text.strip()
    fault = texts.one_line(line)
    if fault:
        raise ValueError(f"« {printable(line[:60])} » : {fault}." if line else f"Il manque {what}.")
    return line
