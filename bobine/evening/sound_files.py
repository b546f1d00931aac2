"""The recordings of an episode as files: find the ones that really are there, remove one, read their dates."""

from __future__ import annotations

import contextlib
import os
import stat
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bobine.store.opening import UnusableFileError, confined, listed
from bobine.store.workspace import Workspace

_DEEPEST = 5
"""Folders below the workspace that are looked at for their dates: ``episodes/SHOW/DAY/history`` and one more."""


@dataclass(frozen=True, slots=True)
class SoundFile:
    """A file that could be purged, its size in bytes, and what it is on its disk (device and number)."""

    path: Path
    bytes: int
    identity: tuple[int, int] = (0, 0)


def recordings_in(folder: Path, within: Path, elsewhere: list[str]) -> tuple[SoundFile, ...]:
    """The sound files that really lie in a folder: no links, no hidden files, no notes about the sounds.

    Args:
        folder: where.
        within: the folder that it must lie in.
        elsewhere: told, in French, of a folder that a link leads elsewhere or that cannot be read.
    """
    try:
        if confined(folder, within) != confined(folder.parent, within) / folder.name:
            elsewhere.append(f"« {folder} » est un lien : rien n'y est effacé")
            return ()
        found = [path for path in listed(folder, within=within) if path.suffix != ".toml" and path.name[0] != "."]
    except UnusableFileError as error:
        elsewhere.append(f"« {folder} » : {error.reason} ; rien n'y est effacé")
        return ()
    sounds = []
    for path in found:
        with contextlib.suppress(OSError):
            state = path.lstat()
            if stat.S_ISREG(state.st_mode):
                sounds.append(SoundFile(path, state.st_size, (state.st_dev, state.st_ino)))
    return tuple(sounds)


def remove(one: SoundFile) -> None:
    """Remove the very file that was found: neither a link, nor what was put in its place, nor what lies elsewhere."""
    with contextlib.suppress(FileNotFoundError):
        state = one.path.lstat()
        if stat.S_ISREG(state.st_mode) and (state.st_dev, state.st_ino) == one.identity:
            one.path.unlink(missing_ok=True)


def seen_in(workspace: Workspace) -> tuple[datetime, ...]:
    """The write times of a workspace's files, by which to tell whether the present date can be true."""
    found: set[datetime] = set()
    for top, folders, names in os.walk(workspace.root):
        place = Path(top)
        if place == workspace.root:
            folders[:] = ["episodes"]
        deep = len(place.parts) - len(workspace.root.parts) >= _DEEPEST
        folders[:] = [name for name in folders if not deep and not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                with contextlib.suppress(OSError, ValueError, OverflowError):
                    found.add(datetime.fromtimestamp((place / name).lstat().st_mtime // 60 * 60, UTC))
    return tuple(sorted(found))
