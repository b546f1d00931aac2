"""Usual values for each kind of item in a radio magazine: its length, and where its sound comes from. Pure."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from bobine.model.episode import Item, ItemKind
from bobine.plan.fields.words import KINDS


class Usual(NamedTuple):
    """The usual values for items of one kind.

    Attributes:
        duration: how long it lasts.
        source: where its sound comes from.
        mics: the microphones it takes.
    """

    duration: timedelta
    source: str = ""
    mics: tuple[str, ...] = ()


USUAL: dict[ItemKind, Usual] = {
    ItemKind.TALK: Usual(timedelta(minutes=2), "M1", ("M1",)),
    ItemKind.CHRONIQUE: Usual(timedelta(minutes=4), "M3", ("M3",)),
    ItemKind.INTERVIEW: Usual(timedelta(minutes=9), "M1 M4", ("M1", "M4")),
    ItemKind.REPORT: Usual(timedelta(minutes=4, seconds=30), "PAD + pied"),
    ItemKind.VOX_POP: Usual(timedelta(minutes=1, seconds=30), "PAD"),
    ItemKind.LIVE_MUSIC: Usual(timedelta(minutes=4), "musique live"),
    ItemKind.MUSIC: Usual(timedelta(minutes=3, seconds=30), "PAD"),
    ItemKind.GAME: Usual(timedelta(minutes=3), "M1", ("M1",)),
    ItemKind.SERIAL: Usual(timedelta(minutes=3, seconds=30), "PAD"),
    ItemKind.JINGLE: Usual(timedelta(seconds=20), "PAD"),
    ItemKind.STING: Usual(timedelta(seconds=10), "PAD"),
    ItemKind.OPENING_THEME: Usual(timedelta(seconds=40), "PAD"),
    ItemKind.CLOSING_THEME: Usual(timedelta(seconds=40), "PAD"),
}
"""Usual values by kind, in the order of the list of additions: kinds that are mostly speech first."""


def usual_item(item_id: str, kind: ItemKind, title: str = "", duration: timedelta | None = None) -> Item:
    """An item as its kind usually is, to be filled in.

    Args:
        item_id: its id.
        kind: what it is.
        title: what is announced; the word for its kind by default.
        duration: how long it lasts; the usual length by default.
    """
    usual, word = USUAL[kind], KINDS[kind]
    return Item(
        id=item_id,
        title=title or f"{word[:1].upper()}{word[1:]}",
        kind=kind,
        duration=duration or usual.duration,
        source=usual.source,
        mics=usual.mics,
    )
