"""Episodes that are held until an instant: when that is, how they enter the feed, and what is noted of it here."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from bobine.evening.online.feed_writing import feed_writer
from bobine.evening.online.going_out import known_online
from bobine.evening.online.live_item import item_of_now
from bobine.evening.tagging import channel_cover
from bobine.french import long_date
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish.build import channel_image
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.identity import podcast_guid
from bobine.publish.outgoing.letting_out import bring_up_to_date
from bobine.publish.outgoing.sending import OnProgress
from bobine.publish.pages.online import OnlinePages
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class LetOut:
    """The result of letting out what was due at one destination.

    Attributes:
        days: the episodes that listeners have from now on.
        uploaded: keys that were written.
        removed: keys of former files that were deleted.
        warnings: what was noticed, in French.
    """

    days: tuple[date, ...] = ()
    uploaded: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def held_until(episode: Episode, now: datetime) -> datetime | None:
    """The instant until which an episode is held, in whole seconds of UTC; None where it may be heard at once."""
    moment = episode.release_at
    return None if moment is None or moment <= now else moment.astimezone(UTC).replace(microsecond=0)


def moment_words(show: Show, moment: datetime) -> str:
    """« vendredi 27 novembre 2026 à 8 h 30 », in the time zone of the slot."""
    there = moment.astimezone(ZoneInfo(show.slot.timezone))
    return f"{long_date(there.date())} à {there.hour} h{f' {there.minute:02}' if there.minute else ''}"


def due_days(workspace: Workspace, show: Show, destination: str, now: datetime) -> tuple[date, ...]:
    """The episodes that this workspace sent there to be held, and whose instant has come.

    Raises:
        PlanError: if a ``release.toml`` cannot be read.
    """
    return tuple(
        day
        for day in workspace.episode_dates(show)
        if (local := read_releases(workspace.folder(show, day).release).get(destination)) is not None
        and local.release.held_until is not None
        and local.release.withdrawn is None
        and local.release.held_until <= now
    )


def let_out_due(
    workspace: Workspace,
    show: Show,
    destination: Destination,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> LetOut:
    """Let the episodes whose instant has come into the feed; asks nothing of the network where there are none.

    Args:
        workspace: where the show is.
        show: the show.
        destination: where the feed is.
        now: the present instant (aware); the destination's clock counts where it is far from this one.
        on_progress: told what is being done, how much of it, and out of how much.

    Raises:
        PublishError: if the destination fails or refuses.
        PlanError: if a ``release.toml`` cannot be read.
        DiskError: if a disk is full or cannot be written.
    """
    due = due_days(workspace, show, destination.name, now)
    if not due:
        return LetOut()
    store = open_store(destination, workspace.root)
    guid = podcast_guid(show, store)
    with tempfile.TemporaryDirectory(prefix="bobine-") as temporary:
        cover = Path(temporary) / "show-cover.jpg"
        cover.write_bytes(channel_cover(show, workspace.root))
        channel = channel_image(show, cover)
        coming = item_of_now(workspace, show, destination.name, guid, now, due[-1])
        outcome = bring_up_to_date(
            store,
            show,
            due,
            {channel.key: cover},
            feed_writer(show, store, channel, guid, coming),
            now,
            channel_files=(channel,),
            pages=OnlinePages(store, show, due[-1], partial(on_progress, "Pages")),
            known=known_online(workspace, show, destination.name),
            on_progress=on_progress,
        )
    note_let_out(workspace, show, destination.name, outcome.releases)
    return LetOut(
        days=tuple(release.date for release in outcome.releases if release.held_until is None),
        uploaded=outcome.uploaded,
        removed=outcome.removed,
        warnings=outcome.warnings,
    )


def note_let_out(workspace: Workspace, show: Show, destination: str, releases: Iterable[Release]) -> None:
    """Note that episodes which were held there are so no longer, where this workspace had sent them.

    Raises:
        PlanError: if a ``release.toml`` cannot be read.
        DiskError: if it cannot be written.
    """
    for release in releases:
        path = workspace.folder(show, release.date).release
        local = read_releases(path).get(destination)
        if local is not None and local.release.held_until is not None and release.held_until is None:
            write_release(path, replace(local, release=release))
