"""The show of a command that names none, or names it before what it is about."""

from __future__ import annotations

from bobine.errors import WorkspaceError
from bobine.french import enumerate_words
from bobine.model.show import Show
from bobine.store.workspace import Workspace


def show_and_word(workspace: Workspace, text: str | None, command: str) -> tuple[Show, str]:
    """The show, and what is left of ``SHOW/WORD``, of ``WORD`` or of ``SHOW``.

    Args:
        workspace: where.
        text: as it was typed; None for nothing.
        command: for the example in the sentence.

    Raises:
        WorkspaceError: if there is no such show, or several and none is named.
    """
    slug, slash, word = (text or "").partition("/")
    if not slash and not any(show.slug == slug for show in workspace.shows):
        slug, word = "", slug
    return (workspace.show(slug) if slug else _only_show(workspace, command)), word


def _only_show(workspace: Workspace, command: str) -> Show:
    if len(workspace.shows) == 1:
        return workspace.shows[0]
    slugs = enumerate_words([show.slug for show in workspace.shows], "ou")
    raise WorkspaceError(
        f"Cet atelier a plusieurs émissions ({slugs}) : dites laquelle, comme « bobine {command} "
        f"{workspace.shows[0].slug} »."
    )
