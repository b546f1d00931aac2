"""The show that a command is about, where it is about no single episode."""

from __future__ import annotations

from bobine.errors import WorkspaceError
from bobine.french import enumerate_words
from bobine.model.show import Show
from bobine.store.workspace import Workspace


def show_named(workspace: Workspace, slug: str | None) -> Show:
    """The show of a name, or the only one of the workspace.

    Raises:
        WorkspaceError: if there is no such show, or several and none is named.
    """
    if slug is not None:
        return workspace.show(slug)
    if len(workspace.shows) == 1:
        return workspace.shows[0]
    slugs = enumerate_words([show.slug for show in workspace.shows], "ou")
    raise WorkspaceError(f"Cet atelier a plusieurs émissions ({slugs}) : dites laquelle avec --emission.")
