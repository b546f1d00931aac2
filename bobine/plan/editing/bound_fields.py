"""Fields of one row that must agree, and that two people may make disagree by changing one each. Pure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bobine.model.episode import Item
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Person


def _lengths(item: Item) -> bool:
    return (item.min is None or item.min <= item.duration) and (item.max is None or item.max >= item.duration)


def _roles(person: Person) -> bool:
    held = (person.role, *person.also, *person.understudy)
    return len(set(held)) == len(held)


def _planned(idea: Idea) -> bool:
    return (idea.planned_for is not None) == (idea.status is IdeaStatus.PLANNED)


BOUND: dict[type, tuple[tuple[tuple[str, ...], Callable[[Any], bool]], ...]] = {
    Item: ((("duration", "min", "max"), _lengths),),
    Person: ((("role", "also", "understudy"), _roles),),
    Idea: ((("status", "planned_for"), _planned),),
}
"""Groups of fields by class, with the test whether they agree in a row."""
