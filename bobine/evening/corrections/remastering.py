"""The master that a correction needs: made again where the one that is there is not of today's sound."""

from __future__ import annotations

import contextlib
import threading
from typing import TYPE_CHECKING

from bobine.errors import BobineError, MasterError
from bobine.evening.online.current_master import staleness
from bobine.master.work import Progress
from bobine.model.episode import Episode
from bobine.model.rights import podcast_edit
from bobine.model.show import Show
from bobine.store.records.manifests import read_manifest
from bobine.store.workspace import EpisodeFolder

if TYPE_CHECKING:
    from bobine.evening.mastering import Mastered


def is_to_be_remastered(episode: Episode, folder: EpisodeFolder) -> bool:
    """Whether an episode's master is of another recording, of other edits or items, or holds what may not be heard.

    An episode without a master, or whose files cannot be read, is not: whoever publishes it says why.
    """
    try:
        manifest = read_manifest(folder.manifest)
        if staleness(episode, manifest, folder):
            return True
    except BobineError:
        return False
    return bool(podcast_edit(episode, {item.id for item in manifest.kept_items}).left_out)


def remaster(
    show: Show, episode: Episode, folder: EpisodeFolder, progress: Progress, cancel: threading.Event
) -> Mastered:
    """Make an episode's master again, in the formats that it had.

    Args:
        show: the show.
        episode: the plan.
        folder: where the episode's files are.
        progress: told how far the work is.
        cancel: once set, the work stops and the earlier master stays.

    Raises:
        BobineError: as ``master_episode`` does.
    """
    from bobine.evening.mastering import master_episode  # loads NumPy, which most commands do without

    formats = show.sound.formats
    with contextlib.suppress(MasterError):
        formats = tuple(file.format for file in read_manifest(folder.manifest).files) or formats
    return master_episode(show, episode, folder, formats, progress, cancel)
