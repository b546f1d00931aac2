"""The box of ideas: what anybody proposes, until it is planned or set aside. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from bobine.french import day_and_month, printable, sort_key
from bobine.model.episode import Episode, Item
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.editing.ids import free_id
from bobine.plan.fields.usual import usual_item
from bobine.store.rules import texts


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


def follow_ideas(ideas: Iterable[Idea], before: Episode, after: Episode) -> tuple[Idea, ...]:
    """The ideas once an episode has changed: one whose item left is free again, one whose item came has its day.

    Taking the change back is the same with both episodes exchanged.

    Args:
        ideas: those of the show.
        before: the episode as it was.
        after: as it is.
    """
    had, has = {item.id for item in before.items}, {item.id for item in after.items}
    gone = [item for item in before.items if item.id not in has]
    come = [item for item in after.items if item.id not in had]
    return tuple(_followed(idea, gone, come, after) for idea in ideas)


def is_waiting(idea: Idea, episode: Episode) -> bool:
    """Whether an idea may be put into an episode: it is free, or that episode has it but lacks its item."""
    lost = idea.planned_for == episode.date and not any(_made_from(idea, item) for item in episode.items)
    return idea.status is IdeaStatus.OPEN or (idea.status is IdeaStatus.PLANNED and lost)


def _followed(idea: Idea, gone: Sequence[Item], come: Sequence[Item], episode: Episode) -> Idea:
    match idea.status:
        case IdeaStatus.PLANNED if any(_made_from(idea, item) for item in gone) and is_waiting(idea, episode):
            return reopen(idea)
        case IdeaStatus.OPEN if any(sort_key(item.title) == sort_key(idea.title) for item in come):
            return plan_idea(idea, episode.date)
        case _:
            return idea


def _made_from(idea: Idea, item: Item) -> bool:
    """Whether an item of the day that an idea is planned for came from it: it keeps the idea's id, or its title."""
    return item.id == idea.id or sort_key(item.title) == sort_key(idea.title)


def sorted_ideas(ideas: Iterable[Idea]) -> tuple[Idea, ...]:
    """Open ideas first, the newest on top; then the planned ones, the latest show first; then what was set aside."""
    return tuple(sorted(ideas, key=_rank))


def proposed_words(idea: Idea) -> str:
    """The source of an idea: « proposée par une auditrice le 26 novembre »; empty where neither part is known."""
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
