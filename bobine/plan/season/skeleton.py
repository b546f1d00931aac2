"""The rundown that a new episode starts from: the show's template, and the chroniques due that week. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bobine.model.aired.progress import closing_items
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.show import Show
from bobine.plan.editing.ids import free_id
from bobine.plan.season.cadence import Cadence, cadences

USUAL_DURATION = timedelta(minutes=4)
"""Duration of a chronique that states none."""

_DUE = "Proposition : chronique due cette semaine, à prendre ou à enlever."


def starting_items(show: Show, episodes: Iterable[Episode], day: date) -> tuple[Item, ...]:
    """The items of a new episode.

    The template stays as it is, but for the serials in it, which take their next number. Chroniques that are due and
    that it does not hold are suggested before the closing items: in reserve, so that the length stays the template's,
    and droppable.

    Args:
        show: whose.
        episodes: the episodes known.
        day: the day of the new one.
    """
    known = {cadence.chronique.id: cadence for cadence in cadences(show, episodes, day)}
    items = [_numbered(item, known) for item in show.template]
    held = {item.chronique for item in show.template}
    taken = {item.id for item in show.template}
    suggested = []
    for cadence in known.values():
        if cadence.due and cadence.chronique.id not in held:
            suggested.append(_suggestion(cadence, taken))
            taken.add(suggested[-1].id)
    place = closing_place(items)
    return (*items[:place], *suggested, *items[place:])


def closing_place(items: Sequence[Item]) -> int:
    """The place where the closing items begin, with the talk just before them; never the very start of a rundown.

    It is the end of the rundown where nothing closes it.
    """
    place = len(items) - len(closing_items(items))
    while 0 < place < len(items) and items[place - 1].kind is ItemKind.TALK:
        place -= 1
    return place or max(0, len(items) - 1)


def _numbered(item: Item, known: dict[str, Cadence]) -> Item:
    cadence = known.get(item.chronique or "")
    if cadence is None or cadence.next_instalment is None or item.instalment is not None:
        return item
    return replace(item, instalment=cadence.next_instalment)


def _suggestion(cadence: Cadence, taken: Collection[str]) -> Item:
    chronique = cadence.chronique
    return Item(
        id=free_id(chronique.id, taken),
        title=chronique.title,
        kind=ItemKind.SERIAL if chronique.serial else ItemKind.CHRONIQUE,
        duration=chronique.duration or USUAL_DURATION,
        droppable=True,
        standby=True,
        chronique=chronique.id,
        instalment=cadence.next_instalment,
        notes=_DUE,
    )
