"""Authorisations of a show that do not hold any more, or not for long, as its files say."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from bobine.errors import BobineError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.readiness.lapses import Lapse, lapses
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace


def lapsed_consents(workspace: Workspace, show: Show, episodes: Iterable[Episode], today: date) -> tuple[Lapse, ...]:
    """The authorisations to ask for again, in the order of the episodes; what cannot be read is not online.

    Args:
        workspace: where what is online is noted.
        show: whose.
        episodes: its plans.
        today: the day it is.
    """
    found: list[Lapse] = []
    for episode in episodes:
        if any(person.consent_until is not None for person in episode.people):
            online = False
            with suppress(BobineError):
                known = read_releases(workspace.folder(show, episode.date).release)
                online = any(one.is_online for one in known.values())
            found += lapses(episode, today, online=online)
    return tuple(found)
