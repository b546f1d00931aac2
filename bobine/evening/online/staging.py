"""The files of an episode as they go online, in a folder of their own until they are sent."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bobine.errors import BobineError
from bobine.evening.online.kept_covers import kept_thumbnail
from bobine.evening.tagging import CHAPTERS, COVER, channel_cover, chapters_file, episode_cover, tag_files, words_digest
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.show import Show
from bobine.store.opening import listed
from bobine.store.workspace import EpisodeFolder, Workspace

SHOW_COVER = "show-cover.jpg"
"""Name of the channel's cover in that folder."""

THUMBNAIL = "thumbnail.jpg"
"""Name of the small copy of the episode's cover."""


@contextmanager
def staged(folder: EpisodeFolder) -> Iterator[Path]:
    """Give a folder of one's own beside the master, for the files as they go online; removed in the end."""
    for leftover in listed(folder.master):
        if leftover.name.startswith(".publier-"):
            shutil.rmtree(leftover, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=".publier-", dir=folder.master) as name:
        yield Path(name)


def stage(workspace: Workspace, show: Show, episode: Episode, manifest: Manifest, staging: Path) -> None:
    """Put there the master's files with the plan's words of today: a title corrected after mastering is right online.

    Args:
        workspace: where the show is.
        show: the show.
        episode: the plan.
        manifest: what the master holds.
        staging: the folder that :func:`staged` gave.
    """
    folder = workspace.folder(show, episode.date)
    for file in manifest.files:
        shutil.copyfile(folder.master / file.file, staging / file.file)
    (staging / SHOW_COVER).write_bytes(channel_cover(show, workspace.root))
    if _says_the_same(show, episode, manifest, folder):
        for name in (COVER, CHAPTERS):
            shutil.copyfile(folder.master / name, staging / name)
    else:
        cover = episode_cover(show, episode, folder.path)
        (staging / COVER).write_bytes(cover)
        tag_files(show, episode, manifest, cover, staging)
        (staging / CHAPTERS).write_bytes(chapters_file(show, episode, manifest))
    (staging / THUMBNAIL).write_bytes(kept_thumbnail((staging / COVER).read_bytes()))


def _says_the_same(show: Show, episode: Episode, manifest: Manifest, folder: EpisodeFolder) -> bool:
    """Whether the master's tags, cover and chapters are what the plan of today would make of them."""
    try:
        return words_digest(show, episode, manifest, folder.path, folder.master) == manifest.words_sha256
    except (OSError, BobineError):
        return False
