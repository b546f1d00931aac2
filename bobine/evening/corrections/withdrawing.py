"""``retirer``: an episode leaves the feed, or an item leaves the sound and all that tells of it."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

from bobine.errors import BobineError, PublishError
from bobine.evening.corrections.amending import Amended
from bobine.evening.corrections.decisions import begun, completed, ended
from bobine.evening.corrections.remastering import remaster
from bobine.evening.online.destinations import at_each, founder_of
from bobine.evening.online.feed_writing import feed_writer, kept_for
from bobine.evening.online.going_out import known_online
from bobine.evening.online.served import feed_as_served
from bobine.evening.tagging import channel_cover
from bobine.evening.transcripts.forgetting import forget_words
from bobine.master.cache.cache import cache_of, remove_cache
from bobine.master.work import Progress
from bobine.model.aired.edits import Edits, WithdrawnItem, edits_digest
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.published.corrections import Act, Correction
from bobine.model.published.release import LocalRelease, ReleaseStatus, Withdrawal
from bobine.model.show import Show
from bobine.publish.build import channel_image
from bobine.publish.corrections.withdrawing import withdraw
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.identity import feed_address, podcast_guid
from bobine.publish.outgoing.sending import OnProgress
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import former_files
from bobine.store.files import disk_errors, locked
from bobine.store.records.corrections import change_corrections, corrections_path
from bobine.store.records.edits import change_edits, edits_path, read_edits
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import EpisodeFolder, Workspace


def withdraw_episode(
    workspace: Workspace,
    show: Show,
    day: date,
    destinations: Sequence[Destination],
    reason: str,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
    *,
    keep: timedelta | None = None,
) -> Amended:
    """Withdraw an episode wherever it is online; again changes nothing, and finishes an interrupted run.

    Nothing of it but ``release.toml`` is needed here: neither its recording nor its master.

    Args:
        workspace: where the show is.
        show: the show.
        day: the episode's.
        destinations: where it is online.
        reason: why, one line; the episode's page tells it.
        now: the present instant (aware).
        on_progress: told what is being done, how much of it, and out of how much.
        keep: how long its files stay online; as long as the show says by default, none deletes them now.

    Raises:
        PublishError: if all destinations fail or refuse; no feed then names anything that was deleted.
        DiskError: if a disk is full or cannot be written.
    """
    folder = workspace.folder(show, day)

    def change(destination: Destination) -> Amended:
        return _withdraw_at(workspace, show, folder, destination, reason, now, on_progress, keep)

    return Amended.of(at_each(destinations, change))


def _withdraw_at(
    workspace: Workspace,
    show: Show,
    folder: EpisodeFolder,
    destination: Destination,
    reason: str,
    now: datetime,
    on_progress: OnProgress,
    keep: timedelta | None,
) -> Amended:
    keep = kept_for(show) if keep is None else keep
    store = open_store(destination, workspace.root)
    guid = podcast_guid(show, store, founder_of(workspace, show, destination).public_url)
    trail = corrections_path(folder.path)
    new = Correction(at=now, act=Act.WITHDRAW, destination=destination.name, reason=reason)
    with locked(folder.master), disk_errors(folder.path), tempfile.TemporaryDirectory(prefix="bobine-") as temporary:
        remove_cache(folder.master)
        local = read_releases(folder.release)[destination.name]
        is_done = local.release.withdrawn is not None and local.status is ReleaseStatus.ONLINE
        withdrawal = local.release.withdrawn or Withdrawal(at=now.replace(microsecond=0), reason=reason)
        wanted = replace(local.release, withdrawn=withdrawal)
        if not is_done:
            change_corrections(trail, lambda found: begun(found, new))
            wanted = replace(wanted, former=former_files(wanted, None, now + keep))
            pending = replace(local, status=ReleaseStatus.PENDING, release=wanted, feed_url=feed_address(show, store))
            write_release(folder.release, pending)
        cover = Path(temporary) / "show-cover.jpg"
        cover.write_bytes(channel_cover(show, workspace.root))
        channel = channel_image(show, cover)
        outcome = withdraw(
            store,
            show,
            wanted,
            withdrawal,
            {channel.key: cover},
            feed_writer(show, store, channel, guid),
            now,
            channel_files=(channel,),
            pages=OnlinePages(store, show, folder.date, partial(on_progress, "Pages")),
            known=[one for one in known_online(workspace, show, destination.name) if one.date != folder.date],
            keep=keep,
            on_progress=on_progress,
        )
        done = replace(local, status=ReleaseStatus.ONLINE, release=outcome.release, plan=None)
        write_release(folder.release, done)
        if not is_done or outcome.removed:
            change = completed(new, local.release if is_done else None, outcome.release, outcome.removed)
            change_corrections(trail, lambda found: ended(found, change))
    served = feed_as_served(show, destination, store)
    return Amended(
        feed_url=feed_address(show, store),
        changed=outcome.uploaded,
        removed=outcome.removed,
        releases=(outcome.release,),
        warnings=(*outcome.warnings, *(served.sentences if served is not None else ())),
    )


def finish_withdrawals(
    workspace: Workspace,
    show: Show,
    destination: Destination,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> tuple[date, ...]:
    """Finish the withdrawals of a show that were interrupted, at one destination; gives the episodes' days.

    Raises:
        PublishError: if the destination fails or refuses.
        PlanError: if a ``release.toml`` that notes one cannot be read.
    """
    finished = []
    for day in workspace.episode_dates(show):
        folder = workspace.folder(show, day)
        if not _may_be_pending(folder.release):
            continue
        local = read_releases(folder.release).get(destination.name)
        if local is not None and _is_interrupted(local):
            withdraw_episode(workspace, show, day, (destination,), _reason(local), now, on_progress)
            finished.append(day)
    return tuple(finished)


def _may_be_pending(path: Path) -> bool:
    """Whether a ``release.toml`` may note a withdrawal under way: a look at its bytes, as there are many of them."""
    try:
        content = path.read_bytes()
    except OSError:
        return False
    return b"withdrawn" in content and ReleaseStatus.PENDING.value.encode() in content


def _is_interrupted(local: LocalRelease) -> bool:
    return local.release.withdrawn is not None and local.status is ReleaseStatus.PENDING


def _reason(local: LocalRelease) -> str:
    return local.release.withdrawn.reason if local.release.withdrawn is not None else ""


def leave_item_out(
    show: Show,
    episode: Episode,
    folder: EpisodeFolder,
    item: str,
    reason: str,
    now: datetime,
    progress: Progress,
    cancel: threading.Event,
) -> None:
    """Note that an item is withdrawn, and master the episode without it; nothing is done twice.

    Args:
        show: the show.
        episode: the plan.
        folder: where the episode's files are.
        item: the item's id.
        reason: why, one line.
        now: the present instant (aware).
        progress: told how far the work is.
        cancel: once set, the work stops and the earlier master stays.

    Raises:
        PublishError: if the podcast has no such item.
        BobineError: as ``master_episode`` does; that the item is withdrawn is noted all the same.
    """
    aired = {one.id for one in read_as_run(folder.as_run).items}
    titles = {one.id: one.title for one in episode.items if one.id in aired}
    if item not in titles:
        known = ", ".join(titles) or "aucun"
        raise PublishError(f"L'enregistrement de {folder.reference} n'a pas d'élément « {item} » ; il a : {known}.")
    row = WithdrawnItem(item=item, at=now.replace(microsecond=0), reason=reason)
    edits = change_edits(edits_path(folder.path), lambda found: _with(found, row))
    cache_of(folder.master).forget([item])
    forget_words(folder, item)
    if is_mastered_with(folder, edits):
        return
    remaster(show, episode, folder, progress, cancel)


def give_item_back(folder: EpisodeFolder, item: str) -> bool:
    """Take back that an item is withdrawn, so that the next master holds it; tells whether it was."""
    before = read_edits(edits_path(folder.path))
    after = change_edits(
        edits_path(folder.path),
        lambda found: replace(found, withdrawn=tuple(one for one in found.withdrawn if one.item != item)),
    )
    return after != before


def is_mastered_with(folder: EpisodeFolder, edits: Edits) -> bool:
    """Whether the master that is there was made with some edits."""
    try:
        return read_manifest(folder.manifest).edits_sha256 == edits_digest(edits)
    except BobineError:
        return False


def _with(edits: Edits, row: WithdrawnItem) -> Edits:
    if any(one.item == row.item for one in edits.withdrawn):
        return edits
    return replace(edits, withdrawn=(*edits.withdrawn, row))
