"""The box of ideas: what anybody proposes, until it is planned or set aside. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from bobine.french import day_and_month, printable, sort_key
from bobine.model.episode import Item
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.ids import free_id
from bobine.plan.usual import usual_item
from bobine.store import texts


def new_idea(title: str, by: str, today: date, taken: Collection[str]) -> Idea:
    """An idea that somebody proposes today.

    Args:
        title: the subject.
        by: who proposes it; may be empty.
        today: the day it is.
        taken: ids of the ideas there are.

    Raises:
        ValueError: if a text is empty, too long or holds an invisible character; one French sentence.
    """
    title, by = title.strip(), by.strip()
    for text in (title, *([by] if by else [])):
        fault = texts.one_line(text)
        if fault:
            raise ValueError(f"« {printable(text[:60])} » : {fault}." if text else "Il manque le sujet de l'idée.")
    return Idea(id=free_id(title, taken), title=title, by=by, proposed=today)


def idea_item(idea: Idea, taken: Collection[str]) -> Item:
    """The item that an idea becomes, as such an item usually is.

    Args:
        idea: which.
        taken: ids of the items there are.
    """
    item = usual_item(free_id(idea.id, taken), idea.kind, idea.title, idea.duration)
    return replace(item, notes=idea.notes)


def plan_idea(idea: Idea, day: date) -> Idea:
    """The idea once the show of a day has it."""
    return replace(idea, status=IdeaStatus.PLANNED, planned_for=day)


def set_aside(idea: Idea) -> Idea:
    """The idea once nobody thinks of making it, for now."""
    return replace(idea, status=IdeaStatus.SET_ASIDE, planned_for=None)


def reopen(idea: Idea) -> Idea:
    """The idea, to be taken again."""
    return replace(idea, status=IdeaStatus.OPEN, planned_for=None)


def sorted_ideas(ideas: Iterable[Idea]) -> tuple[Idea, ...]:
    """Open ideas first, the newest on top; then the planned ones, the latest show first; then what was set aside."""
    return tuple(sorted(ideas, key=_rank))


def proposed_words(idea: Idea) -> str:
    """Who proposed it and when: « proposée par une auditrice le 26 novembre »; empty where neither is known."""
    by = f" par {idea.by}" if idea.by else ""
    when = f" le {day_and_month(idea.proposed)}" if idea.proposed is not None else ""
    return f"proposée{by}{when}" if by or when else ""


def _rank(idea: Idea) -> tuple[int, int, str, str]:
    day = idea.planned_for if idea.status is IdeaStatus.PLANNED else idea.proposed
    return (
        list(IdeaStatus).index(idea.status),
        -(day.toordinal() if day is not None else 0),
        sort_key(idea.title),
        idea.id,
    )
