"""Edits that do not collide: what I changed is merged into the newest state, inside the file's transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.ideas import Idea
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.plan.editing.committed import Committed
from bobine.plan.editing.conflicts import Conflict
from bobine.plan.editing.merge import Merged, merge_episode, merge_rows
from bobine.plan.editing.taking_back import take_back_episode, take_back_rows
from bobine.plan.season.ideas import follow_ideas
from bobine.plan.settings.merge import merge_show
from bobine.plan.settings.taking_back import take_back_show
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.edit_show import edit_show
from bobine.store.documents.ideas import edit_ideas, read_ideas
from bobine.store.documents.team import edit_team
from bobine.store.workspace import Workspace

T = TypeVar("T")


def commit_episode(
    workspace: Workspace,
    show: Show,
    day: date,
    base: Episode,
    mine: Episode,
    now: datetime,
    *,
    back: bool = False,
) -> Committed[Episode]:
    """Write what I changed in an episode.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        base: what I saw.
        mine: what it shall be.
        now: the present instant, aware.
        back: an edit is taken back, or done again: what was written since in the same places stands.

    Raises:
        WorkspaceError: if there is no such episode, another program holds the lock, or the file is written in an
            unusual way.
        PlanError: if the plan cannot be read as it stands, or could not be read with this change.
        DiskError: if the disk is full or the place cannot be written.
    """
    merge = take_back_episode if back else merge_episode
    merging = _Merging(lambda newest: merge(base, mine, newest))
    done = merging.committed(edit_episode(workspace, show, day, merging, now))
    keep_ideas(workspace, show, done.found, done.value)
    return done


def keep_ideas(workspace: Workspace, show: Show, before: Episode, after: Episode) -> None:
    """Note on the ideas of a show what became of those whose items left an episode, or came into it.

    Ideas that cannot be read or written are left as they are: « Idées » says why, and what is in the episode counts
    where ideas are offered.
    """
    if {item.id for item in before.items} == {item.id for item in after.items}:
        return
    with contextlib.suppress(BobineError):
        ideas = read_ideas(workspace, show)
        if follow_ideas(ideas, before, after) != ideas:
            edit_ideas(workspace, show, lambda newest: follow_ideas(newest, before, after))


def commit_ideas(
    workspace: Workspace, show: Show, base: Sequence[Idea], mine: Sequence[Idea], *, back: bool = False
) -> Committed[tuple[Idea, ...]]:
    """Write what I changed in the ideas of a show; raises as ``commit_episode`` does."""
    merge = take_back_rows if back else merge_rows
    merging = _Merging[tuple[Idea, ...]](lambda newest: merge(base, mine, newest))
    return merging.committed(edit_ideas(workspace, show, merging))


def commit_team(
    workspace: Workspace, show: Show, base: Sequence[Member], mine: Sequence[Member], *, back: bool = False
) -> Committed[tuple[Member, ...]]:
    """Write what I changed in the team of a show; raises as ``commit_episode`` does."""
    merge = take_back_rows if back else merge_rows
    merging = _Merging[tuple[Member, ...]](lambda newest: merge(base, mine, newest))
    return merging.committed(edit_team(workspace, show, merging))


def commit_show(workspace: Workspace, base: Show, mine: Show, *, back: bool = False) -> Committed[Show]:
    """Write what I changed in a show's settings; raises as ``commit_episode`` does."""
    merging = _Merging[Show](lambda newest: (take_back_show if back else merge_show)(base, mine, newest))
    return merging.committed(edit_show(workspace.root, base.slug, merging))


class _Merging(Generic[T]):
    """A change for the store, which remembers what it found and the conflicts of its merge."""

    def __init__(self, merge: Callable[[T], Merged[T]]) -> None:
        self._merge = merge
        self._conflicts: tuple[Conflict, ...] = ()

    def __call__(self, newest: T) -> T:
        self._found = newest
        merged = self._merge(newest)
        self._conflicts = merged.conflicts
        return merged.value

    def committed(self, value: T) -> Committed[T]:
        return Committed(value, self._found, self._conflicts)
