"""Authorisations of a show that do not hold any more, or not for long, as its files say."""

from __future__ import annotations

from datetime import date

from bobine.errors import BobineError
from bobine.model.show import Show
from bobine.plan.readiness.lapses import Lapse, lapses
from bobine.store.documents.episodes import read_episode
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace


def lapsed_consents(workspace: Workspace, show: Show, today: date) -> tuple[Lapse, ...]:
    """The authorisations to ask for again, by date of the show; what cannot be read names nobody.

    Raises:
        UnusableFileError: if the folder of the show's episodes cannot be read.
    """
    found: list[Lapse] = []
    for day in workspace.episode_dates(show):
        try:
            episode = read_episode(workspace, show, day)
            online = any(one.is_online for one in read_releases(workspace.folder(show, day).release).values())
        except BobineError:
            continue
        found += lapses(episode, today, online=online)
    return tuple(found)
