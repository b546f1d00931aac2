"""An item that was taken out elsewhere while its sheet was open: how it comes back, with what was written. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bobine.model.episode import Episode, Item
from bobine.plan.editing.merge import merge_episode
from bobine.plan.editing.moves import drop, replace_item
from bobine.plan.people.known_people import KnownPerson, people_text, set_people

GONE = "Cet élément vient d'être enlevé ailleurs. Ce que vous écrivez ici est gardé ; Échap : le remettre, ou non."
"""The sentence on the sheet meanwhile."""


def put_back(seen: Episode, item: Item, people: str, newest: Episode, known: Iterable[KnownPerson]) -> Episode:
    """The newest state with the item in it again, after what it followed.

    Args:
        seen: the last state that had the item.
        item: what was made of it since.
        people: its people as they are written.
        newest: the episode now, without the item.
        known: who may be named.

    Raises:
        ValueError: if the people are not understood; one French sentence.
    """
    mine = replace_item(seen, replace(item, people=next(one.people for one in seen.items if one.id == item.id)))
    if people != people_text(seen, item):
        mine = set_people(mine, item.id, people, known)
    return merge_episode(drop(seen, item.id), mine, newest).value
