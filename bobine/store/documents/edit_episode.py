"""Edit ``episode.toml``: a transaction on the newest file, which leaves the rest of it as it was, to the byte."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from bobine.errors import WorkspaceError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.documents.episodes import decode_episode, no_episode
from bobine.store.documents.history import content_of, replace_plan, sweep_leftovers
from bobine.store.files import locked
from bobine.store.toml.edit import with_changes
from bobine.store.toml.read import Source, parse_toml, read_toml
from bobine.store.workspace import Workspace


def edit_episode(
    workspace: Workspace, show: Show, day: date, change: Callable[[Episode], Episode], now: datetime
) -> Episode:
    """Change an episode, under the lock of its file, from its newest state.

    Where nothing changes, nothing is written; else what was there and what is there now are kept in the history.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        change: makes the new episode from the episode as it stands: its items, its people, and the fields of its head
            but the date; what it raises leaves the file as it was.
        now: the present instant, aware.

    Returns:
        The episode as written.

    Raises:
        WorkspaceError: if there is no such episode, another program holds the lock or wrote meanwhile, or the file is
            written in a way that this cannot be changed in.
        PlanError: if the plan cannot be read as it stands, or could not be read with this change.
        DiskError: if the disk is full or the place cannot be written.
    """
    folder = workspace.folder(show, day)
    if content_of(folder.plan) is None:
        raise no_episode(show, day)
    with locked(folder.plan):
        sweep_leftovers(folder)
        try:
            source = read_toml(folder.plan, workspace.root)
        except FileNotFoundError as error:
            raise no_episode(show, day) from error
        episode = decode_episode(source, workspace, show, day)
        changed = change(episode)
        if changed == episode:
            return episode
        content = _edited(source, episode, changed)
        if content is None or decode_episode(parse_toml(content, source.name), workspace, show, day) != changed:
            raise WorkspaceError(
                f"« {source.name} » est écrit d'une façon qui ne permet pas de le modifier d'ici : rassemblez les "
                "[[items]] à la suite, chacun avec ses [[items.works]], puis recommencez."
            )
        if content_of(folder.plan) != source.content:
            raise WorkspaceError(f"« {source.name} » vient d'être modifié par un autre programme : recommencez.")
        replace_plan(folder, source.content, content, now)
    return changed


def _edited(source: Source, episode: Episode, changed: Episode) -> bytes | None:
    """The new content; None where it cannot be made."""
    try:
        return source.encoded(with_changes(source.text, (), episode, changed, ahead_of={"people": "items"}))
    except (KeyError, UnicodeEncodeError):
        return None
