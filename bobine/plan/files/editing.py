"""Edits that do not collide: what I changed is merged into the newest state, inside the file's transaction."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Generic, TypeVar

from bobine.errors import BobineError, BusyError, PlanError, WorkspaceError
from bobine.model.episode import Episode
from bobine.model.hours import HoursLine
from bobine.model.ideas import Idea
from bobine.model.show import Show
from bobine.model.team import Member
from bobine.plan.editing.committed import Committed
from bobine.plan.editing.conflicts import Conflict
from bobine.plan.editing.merge import Merged, merge_episode, merge_rows
from bobine.plan.editing.taking_back import take_back_episode, take_back_rows
from bobine.plan.season.ideas import follow_ideas
from bobine.plan.season.planned_ideas import EpisodeAndIdeas, merge_both, take_both_back
from bobine.plan.settings.merge import merge_show
from bobine.plan.settings.taking_back import take_back_show
from bobine.plan.volunteers.merging import merge_hours
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.edit_show import edit_show
from bobine.store.documents.hours import edit_hours, edit_other_hours
from bobine.store.documents.ideas import edit_ideas, ideas_edited_with, read_ideas
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
    """Write what I changed in an episode, and with it what becomes of the ideas that its items came from.

    Both are written or neither is; ideas that cannot be read, or edited in place, are left as they are.

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
    return merging.committed(edit_with_ideas(workspace, show, day, merging, now))


def edit_with_ideas(
    workspace: Workspace, show: Show, day: date, change: Callable[[Episode], Episode], now: datetime
) -> Episode:
    """Change an episode, and with it its ideas, as ``commit_episode`` does.

    Takes, gives and raises what ``edit_episode`` does.
    """
    with contextlib.ExitStack() as beside:

        def changed_with_ideas(newest: Episode) -> Episode:
            changed = change(newest)
            beside.enter_context(_ideas_following(workspace, show, newest, changed))
            return changed

        return edit_episode(workspace, show, day, changed_with_ideas, now)


@contextlib.contextmanager
def _ideas_following(workspace: Workspace, show: Show, before: Episode, after: Episode) -> Iterator[None]:
    """The ideas as an edit of an episode leaves them; as they were, if it fails."""

    def follow(newest: Sequence[Idea]) -> tuple[Idea, ...]:
        return follow_ideas(newest, before, after)

    with contextlib.ExitStack() as held:
        if {item.id for item in before.items} != {item.id for item in after.items}:
            try:
                ideas = read_ideas(workspace, show)
                if follow(ideas) != ideas:
                    held.enter_context(ideas_edited_with(workspace, show, follow))
            except BusyError:
                raise
            except (PlanError, WorkspaceError):
                pass  # « Idées » says why; what is in the episode counts where ideas are offered
        yield


def commit_both(
    workspace: Workspace,
    show: Show,
    base: EpisodeAndIdeas,
    mine: EpisodeAndIdeas,
    now: datetime,
    *,
    back: bool = False,
) -> Committed[EpisodeAndIdeas]:
    """Write what I changed in an episode and in the ideas of its show: both, or neither.

    Takes and raises what ``commit_episode`` does, and what the ideas' file raises as well.
    """
    merge = take_both_back if back else merge_both
    merging = _Merging[EpisodeAndIdeas](lambda newest: merge(base, mine, newest))
    with contextlib.ExitStack() as beside:

        def changed(episode: Episode) -> Episode:
            def ideas(newest: tuple[Idea, ...]) -> tuple[Idea, ...]:
                return merging(EpisodeAndIdeas(episode, newest)).ideas

            beside.enter_context(ideas_edited_with(workspace, show, ideas))
            return merging.made.episode

        edit_episode(workspace, show, base.episode.date, changed, now)
        return merging.committed(merging.made)


def keep_ideas(workspace: Workspace, show: Show, before: Episode, after: Episode) -> None:
    """Note on the ideas of a show what became of those whose items left an episode, or came into it, as written.

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


def commit_hours(
    workspace: Workspace,
    show: Show,
    base: Sequence[HoursLine],
    mine: Sequence[HoursLine],
    *,
    day: date | None,
    back: bool = False,
) -> Committed[tuple[HoursLine, ...]]:
    """Write what I changed in the hours of a show's day, or of no one day; raises as ``commit_episode`` does."""
    merge = take_back_rows if back else merge_hours
    merging = _Merging[tuple[HoursLine, ...]](lambda newest: merge(base, mine, newest))
    if day is None:
        return merging.committed(edit_other_hours(workspace, show, merging))
    return merging.committed(edit_hours(workspace, show, day, merging))


def commit_show(workspace: Workspace, base: Show, mine: Show, *, back: bool = False) -> Committed[Show]:
    """Write what I changed in a show's settings; raises as ``commit_episode`` does."""
    merging = _Merging[Show](lambda newest: (take_back_show if back else merge_show)(base, mine, newest))
    return merging.committed(edit_show(workspace.root, base.slug, merging))


class _Merging(Generic[T]):
    """A change for the store, which remembers what it found, what it made, and the conflicts of its merge."""

    def __init__(self, merge: Callable[[T], Merged[T]]) -> None:
        self._merge = merge
        self._conflicts: tuple[Conflict, ...] = ()

    def __call__(self, newest: T) -> T:
        self._found = newest
        merged = self._merge(newest)
        self._conflicts = merged.conflicts
        self.made = merged.value
        return merged.value

    def committed(self, value: T) -> Committed[T]:
        return Committed(value, self._found, self._conflicts)
