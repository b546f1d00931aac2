"""The live item of the feed, from the plans and what happened on air; told by a process of its own during the show."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bobine.air.live.journal import JOURNAL_FILE, Journal
from bobine.air.live.state.session import fold
from bobine.errors import BobineError
from bobine.evening.online.destinations import founder_of
from bobine.model.destination import Destination
from bobine.model.episode_day import suffix_of
from bobine.model.show import Show
from bobine.processes import Apart
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.identity import feed_address, is_for_ever, podcast_guid
from bobine.publish.feed.live_item import LiveItem, PlannedShow, live_item
from bobine.publish.feed.live_online import tell_live
from bobine.publish.outgoing.followers import Reason, tell_followers
from bobine.store.documents.episodes import read_episode
from bobine.store.local_state import state_folder
from bobine.store.records.releases import read_releases
from bobine.store.workspace import Workspace

_BEHIND = timedelta(days=2)
"""How far back a show may still be waiting for its episode."""

_LONGEST_WAIT = timedelta(hours=12)


def planned_shows(workspace: Workspace, show: Show, destination: str, now: datetime) -> list[PlannedShow]:
    """The shows of the last days and those to come; a plan that cannot be read has the show's own title."""
    first = (now - _BEHIND).date()
    days = [day for day in workspace.episode_dates(show) if day >= first and not suffix_of(day)]
    planned = [_planned(workspace, show, destination, day) for day in days]
    return [one for one in planned if one is not None]


def item_of_now(
    workspace: Workspace, show: Show, destination: str, guid: str, now: datetime, released: date | None = None
) -> LiveItem | None:
    """The live item of this instant, by this workspace; see ``live_item``.

    Args:
        workspace: where.
        show: whose.
        destination: name of the place where the feed is.
        guid: the podcast's identity.
        now: the present instant (aware).
        released: a day whose episode is going online right now.
    """
    if not show.station.stream:
        return None
    planned = planned_shows(workspace, show, destination, now)
    return live_item(show, guid, [one for one in planned if one.day != released], now)


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveTold:
    """The live item of a feed that was brought up to date.

    Attributes:
        item: what is there; None for nothing.
        written: whether the feed was written.
        warnings: followers who could not be told, in French.
    """

    item: LiveItem | None
    written: bool = False
    warnings: tuple[str, ...] = ()


def tell_once(workspace: Workspace, show: Show, destination: Destination, now: datetime) -> LiveTold:
    """Bring the live item of the feed up to date, and tell followers if it changed: that the show begins, or is over.

    Raises:
        PublishError: if the destination fails, or there is no feed yet.
    """
    store = open_store(destination, workspace.root)
    guid = podcast_guid(show, store, founder_of(workspace, show, destination).public_url)
    item = item_of_now(workspace, show, destination.name, guid, now)
    change = tell_live(store, show.slug, item)
    if change is None or not is_for_ever(store.public_url):
        return LiveTold(item=item, written=change is not None)
    reason = Reason.LIVE if change.begins else Reason.LIVE_END if change.ends else Reason.UPDATE
    warnings = tell_followers(show.podcast, [feed_address(show, store)], reason=reason)
    return LiveTold(item=item, written=True, warnings=warnings)


def follow(
    workspace: Workspace,
    show: Show,
    destinations: Sequence[Destination],
    day: date,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None] = time.sleep,
) -> None:
    """Tell the live item now, when the slot begins, and when it ends; what fails once is tried at the next of them.

    Args:
        workspace: where.
        show: whose.
        destinations: where the feeds are.
        day: of which show.
        clock: gives the present instant (aware).
        sleep: waits so many seconds.
    """
    for instant in (None, *show.slot.bounds(day)):
        wait = instant - clock() if instant is not None else timedelta()
        if wait > _LONGEST_WAIT:
            return
        if wait > timedelta():
            sleep(wait.total_seconds())
        for destination in destinations:
            with contextlib.suppress(BobineError):
                tell_once(workspace, show, destination, clock())


def follow_apart(workspace: Workspace, show: Show, day: date, *, until_the_end: bool) -> None:
    """Start a process that tells the live item, where the station has a stream; the show never waits for it.

    Args:
        workspace: where.
        show: whose.
        day: of which show.
        until_the_end: whether it goes on until the slot ends, or tells once.
    """
    if not show.station.stream:
        return
    reference = workspace.folder(show, day).reference
    command = [sys.executable, "-m", "bobine", "--atelier", str(workspace.root), "publier", reference, "--direct"]
    with contextlib.suppress(OSError):
        log = state_folder()
        log.mkdir(parents=True, exist_ok=True)
        Apart([*command, *(["--suivre"] if until_the_end else [])], log / "direct.log")


def announce_planned(workspace: Workspace, show: Show, day: date) -> bool:
    """Bring the live item of a show that was just planned into the feed, apart: planning never waits for the network.

    Nothing is started where the station has no stream, the episode is not made for the slot, or this workspace has
    put nothing online yet, so that there is no feed.

    Returns:
        Whether it is under way.
    """
    if not show.station.stream or suffix_of(day):
        return False
    destination = workspace.destination(show.podcast.destination).name
    if not any(_is_known(workspace.folder(show, one).release, destination) for one in workspace.episode_dates(show)):
        return False
    follow_apart(workspace, show, day, until_the_end=False)
    return True


def _is_known(release: Path, destination: str) -> bool:
    try:
        return destination in read_releases(release)
    except BobineError:
        return False


def _planned(workspace: Workspace, show: Show, destination: str, day: date) -> PlannedShow | None:
    """The facts of a show; None for what is not aired in the slot."""
    folder = workspace.folder(show, day)
    title, ended, is_online = "", None, False
    with _whatever():
        episode = read_episode(workspace, show, day)
        if not episode.in_slot:
            return None
        title = episode.title
    with _whatever():
        ended = fold(Journal(folder.path / JOURNAL_FILE).read()).progress.ended
    with _whatever():
        local = read_releases(folder.release).get(destination)
        is_online = local is not None and local.is_out
    return PlannedShow(day=day, title=title, ended=ended, is_online=is_online)


@contextlib.contextmanager
def _whatever() -> Iterator[None]:
    """Leave out a fact that cannot be read: the others still count."""
    with contextlib.suppress(BobineError, OSError):
        yield
