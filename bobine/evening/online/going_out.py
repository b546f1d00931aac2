"""Rules on when an episode may go online and with which date, and what this workspace put there before."""

from __future__ import annotations

import contextlib
from collections.abc import Collection
from datetime import datetime, timedelta

from bobine.errors import BobineError, PublishError
from bobine.french import long_date
from bobine.model.episode import Episode
from bobine.model.published.release import LocalRelease, Release, ReleaseStatus
from bobine.model.show import Show
from bobine.plan.season.numbers import same_number_words, same_numbers
from bobine.store.documents.episodes import read_episode
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace

_RESUMED_WITHIN = timedelta(days=1)
"""A publication that was interrupted keeps its date for so long."""


def refuse_before_air(show: Show, episode: Episode, now: datetime, held: datetime | None = None) -> None:
    """Refuse an episode that is not on air yet: it would be the newest in apps, and out of order once it is.

    Args:
        show: the show.
        episode: the plan.
        now: the present instant (aware).
        held: until when it is held; None for not at all.

    Raises:
        PublishError: if the slot has not begun when it enters the feed; what is not made for a slot may come any day.
    """
    start, _ = show.slot.bounds(episode.date)
    if episode.in_slot and (held or now) < start:
        raise PublishError(
            f"L'émission du {long_date(episode.date)} n'est pas encore passée à l'antenne : publiez-la ensuite. Pour "
            f"la mettre en ligne dès maintenant : bobine publier {episode.reference} --avant-l-antenne"
        )


def refuse_same_number(workspace: Workspace, show: Show, episode: Episode, earlier: LocalRelease | None) -> None:
    """Refuse an episode that shares its number in the season with another plan: apps show one of the two.

    One that is online under that number already goes on: a correction or a withdrawal is not kept waiting.

    Args:
        workspace: where; a plan that cannot be read has no number.
        show: whose.
        episode: the plan.
        earlier: what this workspace noted of it there; None for nothing.

    Raises:
        PublishError: if they do; names both.
    """
    release = earlier.release if earlier is not None and earlier.is_online else None
    if release is not None and (release.season, release.number) == (episode.season, episode.number):
        return
    others = []
    for day in workspace.episode_dates(show):
        with contextlib.suppress(BobineError):
            others += [read_episode(workspace, show, day)] if day != episode.date else []
    for pair in same_numbers([*others, episode]):
        if episode in pair:
            raise PublishError(same_number_words(*pair))


def first_online(earlier: LocalRelease | None, now: datetime, elsewhere: Collection[LocalRelease] = ()) -> datetime:
    """The instant at which listeners first can have an episode, in whole seconds (``pubDate``).

    Apps take an episode that comes out weeks after its air date for new only where this is its date. One that is online
    keeps its own, and so does a publication that was interrupted within a day; what a wrong clock left to come is not
    kept.

    Args:
        earlier: what this workspace noted of it there; None for nothing.
        now: the present instant (aware).
        elsewhere: what it noted of it at the show's other destinations: a mirror gives the date of the first.
    """
    if earlier is not None:
        published = earlier.release.published
        if published <= now and (earlier.is_online or now - published < _RESUMED_WITHIN):
            return published
    known = [one.release.published for one in elsewhere if one.is_online and one.release.published <= now]
    return min(known, default=now.replace(microsecond=0))


def known_online(workspace: Workspace, show: Show, destination: str) -> list[Release]:
    """The releases that this workspace put online there; where its notes cannot be read, the destination knows."""
    found = []
    for day in workspace.episode_dates(show):
        try:
            local = read_releases(workspace.folder(show, day).release).get(destination)
        except BobineError:
            continue
        if local is not None and local.status is ReleaseStatus.ONLINE:
            found.append(local.release)
    return found
