"""The files in which something of somebody may stand: all of the workspace's, and what this computer keeps of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bobine.air.live.held_journal import spare_of
from bobine.air.live.journal import JOURNAL_FILE
from bobine.evening.rundowns import ARCHIVE
from bobine.master.cache.cache import FOLDER as CACHE
from bobine.model.destination import FolderDestination
from bobine.store.local_state import state_folder
from bobine.store.reports import reports_folder
from bobine.store.rules.destinations import folder_of
from bobine.store.workspace import EpisodeFolder, Workspace, day_of_folder

WORK = ".oubli"
"""The folder of the workspace in which a removal that is under way keeps its notes and what it is about to write."""

FORGOTTEN_FILE = "oublis.toml"
"""The register of removals, at the top of the workspace: it names nobody."""

SOUNDS = frozenset({".wav", ".w64", ".rf64", ".flac", ".mp3", ".opus", ".ogg", ".oga", ".m4a", ".mp4", ".aac", ".aif",
                    ".aiff", ".wma"})  # fmt: skip
"""Suffixes of files of sound, of which only the tags are text."""

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".webp", ".gif", ".tif", ".tiff", ".heic", ".avif"})
"""Suffixes of pictures, whose content no program reads."""


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file in which somebody's name may stand.

    Attributes:
        path: the file.
        name: how the user knows it: by its place in the workspace, else its whole path.
        episode: the episode in whose folder it lies; None elsewhere.
        within: the folder that all of it lies in.
    """

    path: Path
    name: str
    episode: EpisodeFolder | None
    within: Path

    @property
    def is_sound(self) -> bool:
        """Whether it is a file of sound."""
        return self.path.suffix.lower() in SOUNDS

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return self.path.suffix.lower() in PICTURES

    @property
    def is_archived(self) -> bool:
        """Whether it is one of the rundowns that are kept with the recording of what was aired."""
        return self.episode is not None and self.path.parent == self.episode.path / ARCHIVE

    @property
    def is_recording(self) -> bool:
        """Whether it is the sound of what was aired, in either of its places."""
        return self.is_sound and self.episode is not None and self.path.parent.name != "master" and (
            self.path.parent == self.episode.recording or not self.path.is_relative_to(self.episode.path)
        )  # fmt: skip


def known_files(workspace: Workspace) -> Iterator[KnownFile]:
    """Every regular file that may name somebody, folder by folder; links are never followed.

    Folders that are destinations are left out: what is online is looked at where it is. So is what speeds mastering up.
    """
    root = workspace.root
    online = {os.path.realpath(folder_of(one, root)) for one in workspace.destinations
              if isinstance(one, FolderDestination)}  # fmt: skip
    for path in _files(root, online):
        yield KnownFile(path, path.relative_to(root).as_posix(), _episode_of(workspace, path), root)
    for second, episode in _second_copies(workspace):
        for path in _files(second, online):
            yield KnownFile(path, str(path), episode, second)
    yield from _of_this_computer(workspace)


def _files(top: Path, left_out: set[str]) -> Iterator[Path]:
    for folder, folders, names in os.walk(top):
        place = Path(folder)
        folders[:] = sorted(name for name in folders if name not in (WORK, CACHE, ".git")
                            and os.path.realpath(place / name) not in left_out)  # fmt: skip
        for name in sorted(names):
            path = place / name
            try:
                regular = stat.S_ISREG(path.lstat().st_mode)
            except OSError:
                continue
            if regular and not name.endswith(".lock") and path != top / FORGOTTEN_FILE:
                yield path


def _episode_of(workspace: Workspace, path: Path) -> EpisodeFolder | None:
    parts = path.relative_to(workspace.root).parts
    if len(parts) < 4 or parts[0] != "episodes" or all(show.slug != parts[1] for show in workspace.shows):
        return None
    day = day_of_folder(parts[2])
    return workspace.folder(parts[1], day) if day is not None else None


def _second_copies(workspace: Workspace) -> Iterator[tuple[Path, EpisodeFolder]]:
    """The folders of second copies that can be reached, each with the episode that it is of."""
    for show in workspace.shows:
        second = workspace.root / show.recording.second if show.recording.second else None
        if second is None or second.is_relative_to(workspace.root) or not (second / show.slug).is_dir():
            continue
        for folder in sorted((second / show.slug).iterdir()):
            day = day_of_folder(folder.name)
            if day is not None and folder.is_dir() and not folder.is_symlink():
                yield folder, workspace.folder(show, day)


def _of_this_computer(workspace: Workspace) -> Iterator[KnownFile]:
    """Files in the user's home on this computer: reports, notes, spare copies of this workspace's journals.

    Journals of other workspaces are theirs.
    """
    folders = [workspace.folder(show, day) for show in workspace.shows for day in workspace.episode_dates(show)]
    spares = {spare_of(folder.path / JOURNAL_FILE): folder for folder in folders}
    seen: set[Path] = set()
    for top in (state_folder(), reports_folder()):
        for path in _files(top, set()) if top.is_dir() else ():
            of_others = path.parent.name == "journals" and path not in spares
            if path not in seen and not of_others and path.parent.name not in ("locks", "recordings"):
                seen.add(path)
                yield KnownFile(path, str(path), spares.get(path), top)
