"""Changes to a rundown that are proposed together, their cost, and the rundown that they make once accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from bobine.model.aired.progress import Progress, closing_items
from bobine.model.episode import Item

_SECOND = timedelta(seconds=1)


class ChangeKind(StrEnum):
    """The kinds of change that can be made to an item."""

    SQUEEZE = "squeeze"
    STRETCH = "stretch"
    DROP = "drop"
    TAKE_IN = "take-in"

    @property
    def shortens(self) -> bool:
        """Whether it makes the show shorter."""
        return self in (ChangeKind.SQUEEZE, ChangeKind.DROP)

    @property
    def decides(self) -> bool:
        """Whether the item is in the show or not because of it."""
        return self in (ChangeKind.DROP, ChangeKind.TAKE_IN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change to one item.

    Attributes:
        item: the item's id; a standby that is taken in at another length has two changes.
        title: its title, to name it by.
        kind: what is done.
        seconds: by how much the show gets shorter or longer; above zero.
        bare: what is taken in has neither somebody nor a sound yet.
    """

    item: str
    title: str
    kind: ChangeKind
    seconds: int
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Repair:
    """A set of changes that go together, in running order."""

    changes: tuple[Change, ...]

    @property
    def saved(self) -> timedelta:
        """The time by which it shortens the show; negative when it makes it longer."""
        return sum((one.seconds if one.kind.shortens else -one.seconds for one in self.changes), 0) * _SECOND

    @property
    def harm(self) -> tuple[int, int, bool, int, int]:
        """The cost of the changes, in the order in which it is weighed.

        Items dropped or taken in; those of them that have neither somebody nor a sound; whether others go the opposite
        way to make up for it; changes; seconds moved.
        """
        back = {one.kind.shortens for one in self.changes if not one.kind.decides}
        against = back == {self.saved < timedelta()}
        decided = sum(one.kind.decides for one in self.changes)
        bare = sum(one.bare for one in self.changes)
        return decided, bare, against, len(self.changes), sum(one.seconds for one in self.changes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """Advice on how to close a gap.

    Attributes:
        needed: by how much the show must get shorter; negative when it must get longer; zero when it fits.
        repairs: sets of changes that land on time, or early by less than the step they are made in, the least harmful
            first; none where there is no such set.
        best: where none does, the one that comes nearest; None if any change would make it worse.
        missing: what ``best`` leaves, positive when the show would still be too long; zero where one lands, or
            where what is needed is less than a step.
    """

    needed: timedelta
    repairs: tuple[Repair, ...] = ()
    best: Repair | None = None
    missing: timedelta = timedelta()


def apply_repair(
    items: Sequence[Item], repair: Repair, progress: Progress | None = None
) -> tuple[tuple[Item, ...], Progress | None]:
    """The rundown, and the live progress, once a repair is accepted.

    In a plan, a dropped item goes into reserve (a standby), and one that is taken in counts, before the closing items.
    Live, the first is skipped and the second taken in, and both can be undone.
    """
    by_id: dict[str, list[Change]] = {}
    for change in repair.changes:
        by_id.setdefault(change.item, []).append(change)
    changed = [_changed(item, by_id.get(item.id, ()), planning=progress is None) for item in items]
    decided = {kind: {one.item for one in repair.changes if one.kind is kind} for kind in ChangeKind}
    if progress is None:
        tail = {item.id for item in closing_items(items)}
        moved = tail & decided[ChangeKind.TAKE_IN]
        ahead = [item for item in changed if item.id not in tail]
        taken = [item for item in changed if item.id in moved]
        return (*ahead, *taken, *(item for item in changed if item.id in tail - moved)), None
    return tuple(changed), replace(
        progress,
        skipped=progress.skipped | decided[ChangeKind.DROP],
        taken_in=progress.taken_in | decided[ChangeKind.TAKE_IN],
    )


def _changed(item: Item, changes: Sequence[Change], *, planning: bool) -> Item:
    for change in changes:
        if not change.kind.decides:
            sign = -1 if change.kind.shortens else 1
            item = replace(item, duration=item.duration + sign * change.seconds * _SECOND)
        elif planning:
            item = replace(item, standby=change.kind is ChangeKind.DROP)
    return item
