"""The workspace of a command, and the episode that its user named."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.french import enumerate_words
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import EpisodeFolder, Workspace, find_root, open_workspace


@dataclass(frozen=True, slots=True)
class Place:
    """An episode in its workspace."""

    workspace: Workspace
    show: Show
    episode: Episode
    folder: EpisodeFolder


def now() -> datetime:
    """The present instant, aware, in the machine's zone: the one place where commands read the clock."""
    return datetime.now().astimezone()


def open_root(options: argparse.Namespace) -> Workspace:
    """The workspace: ``--atelier``'s, else the one around the current folder.

    Raises:
        WorkspaceError: if there is none.
        PlanError: if ``shows.toml`` cannot be read.
    """
    return open_workspace(find_root(options.atelier or Path.cwd()))


def show_named(workspace: Workspace, slug: str | None) -> Show:
    """The show of that short name; without one, the only one that there is.

    Raises:
        WorkspaceError: if there is none, or there are several and none was named.
    """
    if slug is not None or len(workspace.shows) == 1:
        return workspace.show(slug) if slug is not None else workspace.shows[0]
    slugs = enumerate_words([show.slug for show in workspace.shows], "ou")
    raise WorkspaceError(f"Cet atelier a plusieurs émissions : dites laquelle avec --emission {slugs}.")


def open_episode(options: argparse.Namespace) -> Place:
    """The episode that ``options.episode`` names.

    Raises:
        WorkspaceError: if there is none.
        PlanError: if its plan cannot be read.
    """
    workspace = open_root(options)
    show, day = workspace.resolve(options.episode, now().date(), now())
    return Place(workspace, show, read_episode(workspace, show, day), workspace.folder(show, day))
