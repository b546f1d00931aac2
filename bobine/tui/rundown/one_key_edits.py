"""Edits by one key, without a question: move, drop, duplicate, reserve, ten seconds more or less. Pure.

Each takes the episode and the item under the cursor, and gives the new episode, what was done in French, and the id of
the item that the cursor goes to.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from bobine.french import sort_key
from bobine.model.episode import Episode, Item
from bobine.model.fields.field import FieldType
from bobine.model.fields.item import ITEM
from bobine.model.written.durations import format_duration
from bobine.plan.editing.moves import drop, duplicate, move, replace_item, toggle_standby

STEP = timedelta(seconds=10)
"""The time by which one press makes an item longer or shorter."""

Done = tuple[Episode, str, str | None]


def _up(episode: Episode, item: Item) -> Done:
    return move(episode, item.id, -1), f"« {item.title} » plus tôt", item.id


def _down(episode: Episode, item: Item) -> Done:
    return move(episode, item.id, 1), f"« {item.title} » plus tard", item.id


def _drop(episode: Episode, item: Item) -> Done:
    return drop(episode, item.id), f"« {item.title} » enlevé", _neighbour(episode, item)


def _duplicate(episode: Episode, item: Item) -> Done:
    copied = duplicate(episode, item.id)
    ids = {one.id for one in episode.items}
    copy = next(one.id for one in copied.items if one.id not in ids)
    return copied, f"« {item.title} » dupliqué", copy


def _standby(episode: Episode, item: Item) -> Done:
    what = "pris de la réserve" if item.standby else "mis en réserve"
    return toggle_standby(episode, item.id), f"« {item.title} » {what}", item.id


def _lengthen(step: timedelta) -> Callable[[Episode, Item], Done]:
    def lengthen(episode: Episode, item: Item) -> Done:
        length = max(STEP / 2, item.duration + step)
        changed = replace(
            item,
            duration=length,
            min=min(item.min, length) if item.min is not None else None,
            max=max(item.max, length) if item.max is not None else None,
        )
        return replace_item(episode, changed), f"« {item.title} » : {format_duration(length)}", item.id

    return lengthen


ONE_KEY_EDITS: dict[str, Callable[[Episode, Item], Done]] = {
    "up": _up,
    "down": _down,
    "drop": _drop,
    "duplicate": _duplicate,
    "standby": _standby,
    "longer": _lengthen(STEP),
    "shorter": _lengthen(-STEP),
}
"""The gestures by name."""


def _neighbour(episode: Episode, item: Item) -> str | None:
    """The item that the cursor goes to when one leaves: the next of its sort, else the one before."""
    peers = [one.id for one in episode.items if one.standby == item.standby]
    place = peers.index(item.id)
    near = peers[place + 1 : place + 2] or peers[max(0, place - 1) : place]
    return near[0] if near else None


def next_match(episode: Episode, item: Item | None, sought: str) -> str | None:
    """The id of the next item that has these words, after the given one and round to the top; None where none has.

    Titles, people, sources, cues, notes and works are looked through, without regard to accents and case.
    """
    words = sort_key(sought).split()
    shown = [*episode.counted_items, *(one for one in episode.items if one.standby)]
    ids = [one.id for one in shown]
    place = ids.index(item.id) + 1 if item is not None and item.id in ids else 0
    for one in (*shown[place:], *shown[:place]):
        text = sort_key(_all_text(episode, one))
        if words and all(word in text for word in words):
            return one.id
    return None


def _all_text(episode: Episode, item: Item) -> str:
    people = [person.name for person in episode.people if person.id in item.people]
    works = [f"{work.title} {work.performer} {work.composer} {work.author}" for work in item.works]
    texts = [getattr(item, field.name) for field in ITEM.values() if field.holds in (FieldType.TEXT, FieldType.LINES)]
    return " ".join((*texts, *people, *item.mics, *works))
