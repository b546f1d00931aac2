"""The live as-run so far: what has been aired, what is on air, and what was decided about the rest."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bobine.model.episode import Item, ItemKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OnAir:
    """The item that is on air.

    Attributes:
        item: the item as it was when it was taken: later edits of the plan do not reach it.
        started: the instant of the take; aware.
        added: what the technician gave it (positive) or took from it (negative) while it was on air.
        first: its first sample; None where nothing recorded.
        file: the file of the recording that samples are counted in; None where nothing recorded.
    """

    item: Item
    started: datetime
    added: timedelta = timedelta()
    first: int | None = None
    file: str | None = None

    def left(self, ended: datetime) -> Airing:
        """The same once it has left the air, no sooner than it began."""
        return Airing(
            item=self.item, started=self.started, ended=max(self.started, ended), first=self.first, file=self.file
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Airing:
    """One stretch of an item on air, once it is over.

    Attributes:
        item: the item as it was when it was taken: title and planned duration as aired, whatever the plan says now.
        started: the instant it went on air; aware.
        ended: the instant it left; aware.
        first: its first sample; None where nothing recorded.
        last: one past its last sample; None where nothing recorded, and where another file was begun meanwhile.
        file: the file of the recording that samples are counted in; None where nothing recorded.
    """

    item: Item
    started: datetime
    ended: datetime
    first: int | None = None
    last: int | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """The progress of a live show; ``Progress()`` is that of a show that has not begun.

    Attributes:
        on_air: what is on air; None before the first take, and after the end.
        next: id of the item chosen to come next; None for the first one to come, in order.
        aired: what has left the air, oldest first; an item that was put on air again is there again.
        skipped: ids of the items left out by choice, so far.
        taken_in: ids of the standbys that count from now on.
        ended: the instant the show ended; nothing comes after it.
    """

    on_air: OnAir | None = None
    next: str | None = None
    aired: tuple[Airing, ...] = ()
    skipped: frozenset[str] = frozenset()
    taken_in: frozenset[str] = frozenset()
    ended: datetime | None = None

    @property
    def stretches(self) -> tuple[Airing | OnAir, ...]:
        """All stretches on air, oldest first, the one that goes on included."""
        return (*self.aired, self.on_air) if self.on_air is not None else self.aired

    @property
    def began(self) -> datetime | None:
        """The instant the first item went on air; None before that."""
        return self.stretches[0].started if self.stretches else None

    @property
    def begun(self) -> bool:
        """Whether anything has gone on air."""
        return self.on_air is not None or bool(self.aired)

    def coming(self, items: Sequence[Item]) -> tuple[Item, ...]:
        """The items still to be aired, in running order.

        An item jumped over by the choice of ``next`` still comes: only skipping leaves it out. A chosen standby comes
        without being taken in first, and a chosen item that was aired already comes again.

        Args:
            items: the rundown, in order, as it is planned now.
        """
        if self.ended is not None:
            return ()
        out = self.skipped if self.on_air is None else self.skipped | {self.on_air.item.id}
        past = {airing.item.id for airing in self.aired}
        coming = {
            item.id
            for item in items
            if item.id not in out
            and (item.id == self.next or (item.id not in past and (not item.standby or item.id in self.taken_in)))
        }
        return running_order(items, coming, self.next)


def running_order(items: Sequence[Item], counted: Collection[str], first: str | None = None) -> tuple[Item, ...]:
    """The order in which items are aired: the rundown's, but for two things.

    A standby that stands among or after the closing items comes just before them, since nothing follows the closing
    theme; and the item chosen as next leads.

    Args:
        items: the whole rundown, in its order.
        counted: ids of those that are wanted.
        first: id of the item chosen as next.
    """
    closing = closing_items(items)
    order = [item for item in items[: len(items) - len(closing)] if item.id in counted]
    order += [item for item in closing if item.standby and item.id in counted]
    order += [item for item in closing if not item.standby and item.id in counted]
    if first is not None:
        order.sort(key=lambda item: item.id != first)
    return tuple(order)


def closing_items(items: Sequence[Item]) -> tuple[Item, ...]:
    """The end of the rundown, timed back from the hard end: its last items that are anchored or a closing theme.

    Standbys written among or after them are returned with them; they close nothing by themselves.
    """
    start = len(items)
    for index in range(len(items) - 1, -1, -1):
        item = items[index]
        if item.standby:
            continue
        if item.kind is not ItemKind.CLOSING_THEME and item.fixed_start is None:
            break
        start = index
    return tuple(items[start:])
