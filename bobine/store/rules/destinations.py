"""The folder of a destination, the same for writing and serving, and the folders that are refused.

A destination is handed out to anybody who asks, so it never is, holds or lies in what the workspace keeps to itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.model.destination import FolderDestination

SHOWS_FILE = "shows.toml"
EPISODES = "episodes"


def folder_of(destination: FolderDestination, root: Path) -> Path:
    """The folder of a destination, absolute, links followed.

    Args:
        destination: as ``shows.toml`` describes it.
        root: the workspace, which relative folders start from; ``~`` is the user's home.

    Raises:
        WorkspaceError: if the folder may not be handed out: something may have been moved or linked since it was read.
    """
    folder, fault = _looked_at(destination.path, root)
    if folder is None or fault:
        raise WorkspaceError(f"La destination « {destination.name} » ne peut pas servir (shows.toml, path) : {fault}.")
    return folder


def folder_fault(path: str, root: Path) -> str | None:
    """The fault of a folder as a destination, in French without a full stop; None where there is none.

    Args:
        path: as it is written in ``shows.toml``.
        root: the workspace, absolute.
    """
    return _looked_at(path, root)[1]


def _looked_at(path: str, root: Path) -> tuple[Path | None, str | None]:
    try:
        folder = (root / Path(path).expanduser()).resolve()
        return folder, _exposes(folder, root.resolve())
    except (OSError, RuntimeError, ValueError):  # no such user, a loop of links, a name that cannot be
        return None, "ce chemin ne mène nulle part : écrivez un dossier, comme « feed »"


def _exposes(folder: Path, root: Path) -> str | None:
    advice = "donnez-lui un dossier à elle, comme « feed »"
    if _is_among(root, (folder,)):
        return f"c'est le dossier de l'atelier, avec ses conducteurs et ses enregistrements ; {advice}"
    if _is_among(folder, root.parents):
        return f"ce dossier contient l'atelier tout entier ; {advice}"
    for place in (folder, *folder.parents):
        if place.name.casefold() == EPISODES and _holds(place.parent, SHOWS_FILE):
            return f"ce dossier est parmi les émissions de l'atelier ; {advice}"
        if _is_among(place, (root / EPISODES, root / SHOWS_FILE)):
            return f"ce dossier est parmi les émissions de l'atelier ; {advice}"
    for name in (SHOWS_FILE, EPISODES):
        if _holds(folder, name):
            return f"ce dossier contient « {name} », qui n'est pas à publier ; {advice}"
    return None


def _is_among(place: Path, others: Iterable[Path]) -> bool:
    """Whether a folder is one of others under any name: links, mounts, and letter case where it does not count."""
    return any(place == other or _is_same(place, other) for other in others)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return str(one).casefold() == str(other).casefold()


def _holds(folder: Path, name: str) -> bool:
    """Whether a folder has an entry of that name, in any case."""
    try:
        return any(entry.name.casefold() == name for entry in folder.iterdir())
    except OSError:
        return False
