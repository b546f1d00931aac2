"""Items that may be added to a rundown: chroniques, the reserve, ideas, and blank items of each kind. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bobine.french import day_and_month
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.ideas import Idea
from bobine.model.show import Show
from bobine.model.written.durations import format_duration
from bobine.plan.editing.ids import free_id
from bobine.plan.editing.moves import find_item, insert
from bobine.plan.fields.usual import USUAL, usual_item
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.season.cadence import Cadence, cadences
from bobine.plan.season.ideas import idea_item, is_waiting, proposed_words, sorted_ideas
from bobine.plan.season.skeleton import USUAL_DURATION

_ONCE = (ItemKind.OPENING_THEME, ItemKind.CLOSING_THEME)
"""Kinds of which a rundown has only one."""


class AdditionGroup(StrEnum):
    """The source of an addition; each group is together in the list, in this order."""

    CHRONIQUE = "chronique"
    RESERVE = "reserve"
    IDEA = "idea"
    ELEMENT = "element"

    @property
    def french(self) -> str:
        """The word on screen."""
        return _GROUPS[self]


_GROUPS = {
    AdditionGroup.CHRONIQUE: "chronique",
    AdditionGroup.RESERVE: "réserve",
    AdditionGroup.IDEA: "idée",
    AdditionGroup.ELEMENT: "élément",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """One thing that may be added.

    Attributes:
        group: where it comes from.
        title: what it is called.
        detail: why it is offered, or what it is, in French.
        due: a chronique that the show owes its listeners that day.
        item: what comes in, under a free id; the id of a standby is its own.
        takes_in: id of the standby that is taken in; empty for a new item.
        idea: id of the idea that it comes from, to be planned for the day; empty for none.
    """

    group: AdditionGroup
    title: str
    detail: str
    item: Item
    due: bool = False
    takes_in: str = ""
    idea: str = ""


def additions(
    show: Show, episode: Episode, known_episodes: Iterable[Episode], ideas: Iterable[Idea], day: date
) -> tuple[Addition, ...]:
    """List the items that may be added to an episode, the most expected first.

    Chroniques: those due, the most overdue first, then the others, those of the rundown last. One that waits in
    reserve is taken in from there. Then the rest of the reserve, the ideas that wait, and a blank item of each sort.

    Args:
        show: whose.
        episode: the plan.
        known_episodes: the others known.
        ideas: the show's ideas.
        day: the day of the episode.
    """
    episodes = tuple(known_episodes)
    taken = {item.id for item in episode.items}
    standbys = [item for item in episode.items if item.standby]
    chroniques = sorted(
        (_chronique(show, episode, episodes, cadence, taken) for cadence in cadences(show, episodes, day)),
        key=lambda found: found[0],
    )
    offered = tuple(addition for _, addition in chroniques)
    in_chroniques = {addition.takes_in for addition in offered}
    return (
        *offered,
        *(_reserve(item) for item in standbys if item.id not in in_chroniques),
        *(_idea(idea, taken) for idea in sorted_ideas(ideas) if is_waiting(idea, episode)),
        *_elements(show, episode, taken),
    )


def add(episode: Episode, addition: Addition, after: str | None) -> Episode:
    """The episode with an addition in it; a standby that is taken in moves there.

    Args:
        episode: the plan.
        addition: what comes in.
        after: id of the item that it follows; None for the very top.

    Raises:
        KeyError: if what is taken in, or what it should follow, is no longer there.
    """
    if not addition.takes_in:
        return insert(episode, addition.item, after)
    item = replace(find_item(episode, addition.takes_in), standby=False)
    if after == item.id:
        return replace(episode, items=tuple(item if one.id == item.id else one for one in episode.items))
    return insert(replace(episode, items=tuple(one for one in episode.items if one.id != item.id)), item, after)


def _chronique(
    show: Show, episode: Episode, episodes: Sequence[Episode], cadence: Cadence, taken: Collection[str]
) -> tuple[tuple[bool, bool, int], Addition]:
    """One chronique as an addition, after the key by which chroniques are sorted."""
    own = cadence.chronique
    held = [item for item in episode.items if item.chronique == own.id]
    planned = any(not item.standby for item in held)
    reserve = next((item for item in held if item.standby and not planned), None)
    due = cadence.due and not planned
    item = replace(reserve, standby=False) if reserve is not None else _instalment(show, episodes, cadence, taken)
    detail = _heard(cadence)
    if planned:
        detail = f"déjà au conducteur, {detail}"
    elif due:
        detail = f"due : {detail}"
    addition = Addition(
        group=AdditionGroup.CHRONIQUE,
        title=item.title,
        detail=f"{detail}, en réserve{', sans personne ni son' if is_bare(reserve) else ''}" if reserve else detail,
        due=due,
        item=item,
        takes_in=reserve.id if reserve is not None else "",
    )
    return (not due, planned, own.every_weeks - cadence.shows_since), addition


def _heard(cadence: Cadence) -> str:
    if cadence.last is None:
        return "jamais entendue"
    missed = cadence.shows_since - 1
    if missed < 1:
        return f"dernière fois le {day_and_month(cadence.last)}"
    return f"pas entendue depuis {missed} émission{'s' if missed > 1 else ''}"


def _instalment(show: Show, episodes: Sequence[Episode], cadence: Cadence, taken: Collection[str]) -> Item:
    """The next item of a chronique: as in the show's template, else with what its last one shows of its form."""
    own = cadence.chronique
    political = own.political
    model = next((item for item in show.template if item.chronique == own.id), None)
    if model is not None:
        return replace(
            model,
            id=free_id(model.id, taken),
            standby=False,
            fixed_start=None,
            instalment=cadence.next_instalment,
            political=model.political or political,
        )
    past = [item for one in episodes if one.date == cadence.last for item in one.items if item.chronique == own.id]
    item = Item(
        id=free_id(own.id, taken),
        title=own.title,
        kind=ItemKind.SERIAL if own.serial else ItemKind.CHRONIQUE,
        duration=own.duration or USUAL_DURATION,
        chronique=own.id,
        instalment=cadence.next_instalment,
        political=political,
    )
    if not past:
        return item
    last = past[0]
    return replace(item, kind=last.kind, source=last.source, mics=last.mics, objectives=last.objectives)


def _reserve(item: Item) -> Addition:
    source = ", sans personne ni son" if is_bare(item) else f", {item.source}" if item.source else ""
    return Addition(
        group=AdditionGroup.RESERVE,
        title=item.title,
        detail=f"en réserve : {format_duration(item.duration)}{source}",
        item=replace(item, standby=False),
        takes_in=item.id,
    )


def _idea(idea: Idea, taken: Collection[str]) -> Addition:
    item = idea_item(idea, taken)
    detail = proposed_words(idea) or f"proposée : {format_duration(item.duration)}"
    return Addition(group=AdditionGroup.IDEA, title=idea.title, detail=detail, item=item, idea=idea.id)


def _elements(show: Show, episode: Episode, taken: Collection[str]) -> Iterable[Addition]:
    """A blank item of each kind; jingles, stings and themes as the show's template has them."""
    there = {item.kind for item in episode.counted_items}
    for kind in USUAL:
        if kind in _ONCE and kind in there:
            continue
        model = next((item for item in show.template if item.kind is kind), None)
        if model is not None and (kind.connective or kind in _ONCE):
            item = replace(model, id=free_id(model.id, taken), standby=False)
        else:
            blank = usual_item("", kind)
            item = replace(blank, id=free_id(blank.title, taken))
        length = format_duration(item.duration)
        detail = f"{length} d'habitude, {item.source}" if item.source else f"{length} d'habitude"
        yield Addition(group=AdditionGroup.ELEMENT, title=item.title, detail=detail, item=item)
