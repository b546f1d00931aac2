"""``team.toml``: the team of a show, beside its episodes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bobine.model.show import Show
from bobine.model.team import Member
from bobine.store.documents.row_files import RowFile
from bobine.store.workspace import Workspace

_START = """\
# L'équipe de l'émission : qui sait faire quoi, pour partager les rôles et transmettre.
#
# Chaque [[members]] est une personne : « id » est le nom court qu'elle a dans les émissions, « name » son nom. Pour
# chaque rôle (host, technician, editor, interviewer, welcome) on note où elle en est : "discovered" (a découvert),
# "assisted" (avec de l'aide), "autonomous" (en autonomie) ou "trainer" (peut former). « away = true » : pas disponible
# en ce moment.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    members: tuple[Member, ...] = ()


_FILE: RowFile[Member] = RowFile(
    key="members", holder=_File, rows=lambda file: file.members, what="membres", start=_START
)


def read_team(workspace: Workspace, show: Show) -> tuple[Member, ...]:
    """The team of a show, in the order of the file; nobody where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault.
    """
    return _FILE.read(workspace.team_file(show), workspace.root)


def edit_team(
    workspace: Workspace, show: Show, change: Callable[[tuple[Member, ...]], Sequence[Member]]
) -> tuple[Member, ...]:
    """Change the team of a show from its newest state; see ``RowFile.edit``.

    Raises:
        PlanError: if the file cannot be read as it stands, or could not be read with this change.
        WorkspaceError: if another program holds the lock, or the file is written in an unusual way.
        DiskError: if the disk is full or the place cannot be written.
    """
    return _FILE.edit(workspace.team_file(show), workspace.root, change)
