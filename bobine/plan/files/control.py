"""The readiness of one episode, with its sounds read from the disk."""

from __future__ import annotations

from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.files.pad_files import read_pads
from bobine.plan.readiness.report import Lack, readiness
from bobine.plan.timing.rundown import time_rundown
from bobine.store.workspace import EpisodeFolder


def control(show: Show, episode: Episode, folder: EpisodeFolder) -> tuple[Lack, ...]:
    """List the lacks that keep an episode from being ready, the most urgent first.

    Its sounds are decoded, which takes a fraction of a second each.

    Raises:
        ToolError: if there is no ffmpeg to read them with.
    """
    timing = time_rundown(episode.items, show.bounds(episode))
    return readiness(episode, show, timing.gap, read_pads(episode, folder.path), timing)
