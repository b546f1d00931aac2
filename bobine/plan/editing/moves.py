"""Edits of a rundown by hand: each function takes an episode and returns a new one. Pure.

An item or a person is named by its id; an unknown one is a ``KeyError``.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from bobine.model.aired.progress import closing_items
from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Consent, Person, Role
from bobine.plan.editing.ids import free_id, slug
from bobine.plan.repair.changes import Change, ChangeKind, Repair, apply_repair

__all__ = [
    "drop",
    "drop_person",
    "duplicate",
    "find_item",
    "free_id",
    "insert",
    "last_before_the_closing",
    "move",
    "replace_item",
    "replace_person",
    "slug",
    "toggle_standby",
    "without_idle",
]


def find_item(episode: Episode, item_id: str) -> Item:
    """The item of that id.

    Raises:
        KeyError: if there is none.
    """
    return episode.items[_place(episode, item_id)]


def insert(episode: Episode, item: Item, after: str | None) -> Episode:
    """The episode with one more item, under another id where its own is taken.

    Args:
        episode: the plan.
        item: what comes in.
        after: id of the item that it follows; None for the very top.
    """
    new = replace(item, id=free_id(item.id, {one.id for one in episode.items}))
    place = 0 if after is None else _place(episode, after) + 1
    return replace(episode, items=(*episode.items[:place], new, *episode.items[place:]))


def last_before_the_closing(episode: Episode) -> str | None:
    """Id of the last item that counts, but for those that close the show; None where there is none."""
    closing = {item.id for item in closing_items(episode.items)}
    before = [item.id for item in episode.counted_items if item.id not in closing]
    return before[-1] if before else None


def move(episode: Episode, item_id: str, steps: int) -> Episode:
    """The episode with an item so many places up (negative) or down, as far as the ends allow.

    Places are counted among the items of its sort: one that counts passes what is in reserve without a step, since
    that moves nothing in the show; and the other way round.
    """
    item = find_item(episode, item_id)
    peers = [one.id for one in episode.items if one.standby == item.standby]
    place = peers.index(item_id)
    target = peers[min(max(place + steps, 0), len(peers) - 1)]
    if target == item_id:
        return episode
    others = [one for one in episode.items if one.id != item_id]
    at = next(index for index, one in enumerate(others) if one.id == target) + (steps > 0)
    return replace(episode, items=(*others[:at], item, *others[at:]))


def duplicate(episode: Episode, item_id: str) -> Episode:
    """The episode with a copy of an item after it.

    What can be true of one item only is left out of the copy: the number of a serial's instalment, the ready-to-air
    sound and the fixed hour.
    """
    copy = replace(find_item(episode, item_id), instalment=None, file="", fixed_start=None)
    return insert(episode, copy, item_id)


def drop(episode: Episode, item_id: str) -> Episode:
    """The episode without an item.

    Who was only there for it leaves too, if nothing was noted about them but their name: see ``without_idle``.
    """
    item = find_item(episode, item_id)
    rest = replace(episode, items=tuple(one for one in episode.items if one.id != item_id))
    return without_idle(rest, item.people)


def replace_item(episode: Episode, item: Item) -> Episode:
    """The episode with an item in place of the one of the same id."""
    place = _place(episode, item.id)
    return replace(episode, items=(*episode.items[:place], item, *episode.items[place + 1 :]))


def toggle_standby(episode: Episode, item_id: str) -> Episode:
    """The episode with an item put in reserve, or taken in from there.

    What is taken in from among the closing items, or after them, goes before them: nothing follows the closing theme.
    A closing theme and an item with a fixed hour stay where they are.
    """
    item = find_item(episode, item_id)
    if item.fixed_start is not None or item.kind is ItemKind.CLOSING_THEME:
        return replace_item(episode, replace(item, standby=not item.standby))
    kind = ChangeKind.TAKE_IN if item.standby else ChangeKind.DROP
    change = Change(item=item_id, title=item.title, kind=kind, seconds=round(item.duration.total_seconds()))
    items, _ = apply_repair(episode.items, Repair((change,)))
    return replace(episode, items=items)


def replace_person(episode: Episode, person: Person) -> Episode:
    """The episode with a participant in place of the one of the same id."""
    episode.person(person.id)
    return replace(episode, people=tuple(person if one.id == person.id else one for one in episode.people))


def drop_person(episode: Episode, person_id: str) -> Episode:
    """The episode without a participant: no item names them any more, nor the stopwatch."""
    episode.person(person_id)
    return replace(
        episode,
        people=tuple(one for one in episode.people if one.id != person_id),
        items=tuple(_without(item, person_id) for item in episode.items),
        stopwatch="" if episode.stopwatch == person_id else episode.stopwatch,
    )


def without_idle(episode: Episode, candidates: Collection[str]) -> Episode:
    """The episode without those of the people given who have nothing left to do in it and leave nothing to lose.

    Guests, musicians and contributors leave once no item names them. They stay if they hold a role of the team, learn
    one or hold the stopwatch; and if they said that they would come, or if anything was noted of an authorisation:
    somebody has to tell them, and a paper is not forgotten by the press of a key.
    """
    busy = _named(episode.items) | {episode.stopwatch}
    idle = {one.id for one in episode.people if one.id in candidates and one.id not in busy and not _is_noted(one)}
    return replace(episode, people=tuple(one for one in episode.people if one.id not in idle)) if idle else episode


def _is_noted(person: Person) -> bool:
    if person.role not in (Role.GUEST, Role.MUSICIAN, Role.CONTRIBUTOR) or person.also or person.understudy:
        return True
    return person.confirmed or person.consent is not Consent.NONE or bool(person.consent_reference)


def _named(items: Sequence[Item]) -> set[str]:
    return {person for item in items for person in item.people}


def _without(item: Item, person_id: str) -> Item:
    if person_id not in item.people:
        return item
    return replace(item, people=tuple(one for one in item.people if one != person_id))


def _place(episode: Episode, item_id: str) -> int:
    for place, item in enumerate(episode.items):
        if item.id == item_id:
            return place
    raise KeyError(item_id)
