"""``ideas.toml``: the subjects proposed for a show, beside its episodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from bobine.model.ideas import Idea
from bobine.model.show import Show
from bobine.store.documents.row_files import RowFile
from bobine.store.workspace import Workspace

_START = """\
# Les idées de sujets, proposées par qui veut.
#
# Chaque [[ideas]] en est une : « id » est un nom court à elle, « title » le sujet ; « by » dit de qui elle vient,
# « proposed » quel jour, « notes » les contacts et les angles. « status » vaut "open" (à prendre), "planned"
# (programmée, avec le jour dans « planned_for ») ou "set-aside" (mise de côté).
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    ideas: tuple[Idea, ...] = ()


_FILE: RowFile[Idea] = RowFile(key="ideas", holder=_File, rows=lambda file: file.ideas, what="idées", start=_START)


def read_ideas(workspace: Workspace, show: Show) -> tuple[Idea, ...]:
    """The ideas proposed for a show, in the order of the file; none where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault.
    """
    return _FILE.read(workspace.ideas_file(show), workspace.root)


def edit_ideas(
    workspace: Workspace, show: Show, change: Callable[[tuple[Idea, ...]], Sequence[Idea]]
) -> tuple[Idea, ...]:
    """Change the ideas of a show from their newest state; see ``RowFile.edit``.

    Raises:
        PlanError: if the file cannot be read as it stands, or could not be read with this change.
        WorkspaceError: if another program holds the lock, or the file is written in an unusual way.
        DiskError: if the disk is full or the place cannot be written.
    """
    return _FILE.edit(workspace.ideas_file(show), workspace.root, change)


def ideas_edited_with(
    workspace: Workspace, show: Show, change: Callable[[tuple[Idea, ...]], Sequence[Idea]]
) -> AbstractContextManager[tuple[Idea, ...]]:
    """Change the ideas of a show together with what is done meanwhile; see ``RowFile.edited_with``.

    Raises:
        PlanError: as ``edit_ideas`` does.
        WorkspaceError: likewise.
        DiskError: likewise.
    """
    return _FILE.edited_with(workspace.ideas_file(show), workspace.root, change)
