"""``hours.toml``: volunteer hours, in an episode's folder, or beside all episodes for what belongs to none of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bobine.model.hours import TASKS, HoursLine
from bobine.model.show import Show
from bobine.store.codec.keys import KeyFault
from bobine.store.documents.row_files import RowFile
from bobine.store.workspace import Workspace

_TASKS = "\n".join(f'#   "{task}" : {word}' for task, word in TASKS.items())

_LEGEND = f"""\
# Chaque [[hours]] est une ligne : « id » est un nom court à elle, « name » la personne, comme dans l'équipe, « task »
# la tâche, « duration » la durée (comme "2 h 30"), « notes » ce qu'il y a à savoir. Les tâches :
{_TASKS}
"""

_START = f"""\
# Les heures de bénévolat données à cette émission, pour le bilan.
#
{_LEGEND}# « date » dit le jour, quand ce n'est pas celui de l'émission.
"""

_START_OTHER = f"""\
# Les heures de bénévolat qui ne vont pas à une émission précise : réunions, formations, fêtes…
#
{_LEGEND}# « date » dit le jour, comme 2026-11-26.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    hours: tuple[HoursLine, ...] = ()


def _undated(table: Mapping[str, Any]) -> Iterator[KeyFault]:
    lines = table.get("hours")
    for index, line in enumerate(lines if isinstance(lines, list) else ()):
        if isinstance(line, Mapping) and "date" not in line:
            yield KeyFault(("hours", index, "date"), "cette clé manque : un jour comme 2026-11-26 est attendu ici")


_OF_EPISODE: RowFile[HoursLine] = RowFile(
    key="hours", holder=_File, rows=lambda file: file.hours, what="lignes d'heures", start=_START
)
_OTHER: RowFile[HoursLine] = RowFile(
    key="hours", holder=_File, rows=lambda file: file.hours, what="lignes d'heures", start=_START_OTHER, more=_undated
)


def read_hours(workspace: Workspace, show: Show, day: date) -> tuple[HoursLine, ...]:
    """The hours given to one episode, in the order of the file; none where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault.
    """
    return _OF_EPISODE.read(workspace.folder(show, day).hours, workspace.root)


def edit_hours(
    workspace: Workspace, show: Show, day: date, change: Callable[[tuple[HoursLine, ...]], Sequence[HoursLine]]
) -> tuple[HoursLine, ...]:
    """Change the hours given to one episode from their newest state; see ``RowFile.edit``.

    Raises:
        PlanError: if the file cannot be read as it stands, or could not be read with this change.
        WorkspaceError: if another program holds the lock, or the file is written in an unusual way.
        DiskError: if the disk is full or the place cannot be written.
    """
    return _OF_EPISODE.edit(workspace.folder(show, day).hours, workspace.root, change)


def read_other_hours(workspace: Workspace, show: Show) -> tuple[HoursLine, ...]:
    """The hours given to no one episode, each with its day; none where there is no file.

    Raises:
        PlanError: if the file cannot be read as it stands; lists every fault.
    """
    return _OTHER.read(workspace.hours_file(show), workspace.root)


def edit_other_hours(
    workspace: Workspace, show: Show, change: Callable[[tuple[HoursLine, ...]], Sequence[HoursLine]]
) -> tuple[HoursLine, ...]:
    """Change the hours given to no one episode from their newest state; see ``RowFile.edit``.

    Raises:
        PlanError: if the file cannot be read as it stands, or could not be read with this change.
        WorkspaceError: if another program holds the lock, or the file is written in an unusual way.
        DiskError: if the disk is full or the place cannot be written.
    """
    return _OTHER.edit(workspace.hours_file(show), workspace.root, change)
