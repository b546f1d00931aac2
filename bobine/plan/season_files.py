"""Reads what the season's calendar shows of each day: plans, recordings, what is online."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.release import ReleaseStatus
from bobine.model.show import Show
from bobine.plan.readiness import PadFacts, readiness
from bobine.plan.season import DayFacts
from bobine.plan.timing import time_rundown
from bobine.store.episodes import read_episode
from bobine.store.opening import is_regular
from bobine.store.releases import read_releases
from bobine.store.workspace import EpisodeFolder, Workspace


def read_days(workspace: Workspace, show: Show, number: int) -> dict[date, DayFacts]:
    """What is found of each day of a season that has a plan; a plan that cannot be read is a fact of its day."""
    days = [day for day in workspace.episode_dates(show) if show.season.number(day) == number]
    return {day: read_day(workspace, show, day) for day in days}


def read_day(workspace: Workspace, show: Show, day: date) -> DayFacts:
    """What is found of one day.

    Its sounds are looked for, not decoded: a whole season is shown at once. ``control`` listens to them.
    """
    folder = workspace.folder(show, day)
    recorded = is_regular(folder.as_run)
    try:
        online = _is_online(folder)
        episode = read_episode(workspace, show, day)
    except BobineError as error:
        return DayFacts(episode=None, fault=str(error), recorded=recorded)
    gap = time_rundown(episode.items, show.slot.bounds(day)).gap
    lacks = readiness(episode, show, gap, _sounds_there(episode, folder.path))
    return DayFacts(episode=episode, gap=gap, lacks=lacks, recorded=recorded, online=online)


def _is_online(folder: EpisodeFolder) -> bool:
    return any(found.status is ReleaseStatus.ONLINE for found in read_releases(folder.release).values())


def _sounds_there(episode: Episode, folder: Path) -> dict[str, PadFacts]:
    return {
        item.id: PadFacts(exists=is_regular(folder / item.file), decodable=True) for item in episode.items if item.file
    }
