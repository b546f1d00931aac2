"""Read what the season's calendar shows of each day: plans, recordings, what is online."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.published.online import UNCHANGED
from bobine.model.show import Show
from bobine.plan.readiness.report import PadFacts, readiness
from bobine.plan.season.calendar import DayFacts
from bobine.plan.timing.rundown import time_rundown
from bobine.store.documents.episodes import read_episode
from bobine.store.opening import is_regular
from bobine.store.records.online import read_since_online
from bobine.store.sounds import find_file
from bobine.store.workspace import Workspace


def read_day(workspace: Workspace, show: Show, day: date) -> DayFacts:
    """Read the facts of one day.

    Its sounds are looked for, not decoded: a whole season is shown at once. ``control`` listens to them.
    """
    folder = workspace.folder(show, day)
    recorded = is_regular(folder.as_run)
    try:
        episode = read_episode(workspace, show, day)
        since = read_since_online(folder, episode)
    except BobineError as error:
        return DayFacts(episode=None, fault=str(error), recorded=recorded)
    timing = time_rundown(episode.items, show.bounds(episode))
    lacks = readiness(episode, show, timing.gap, _sounds_there(episode, folder.path), timing)
    return DayFacts(
        episode=episode,
        gap=timing.gap if episode.in_slot else None,
        lacks=lacks,
        recorded=recorded,
        online=since is not None,
        since=since or UNCHANGED,
    )


def _sounds_there(episode: Episode, folder: Path) -> dict[str, PadFacts]:
    return {
        item.id: PadFacts(exists=is_regular(find_file(folder, item.file)), decodable=True)
        for item in episode.items
        if item.file
    }
