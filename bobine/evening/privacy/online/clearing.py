"""Somebody's name in what is online: the records are changed first, then pages and feeds, and what named them goes."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bobine.errors import BobineError, PublishError
from bobine.evening.corrections.decisions import begun, completed, ended, unfinished
from bobine.evening.online.destinations import founder_of
from bobine.evening.online.feed_writing import feed_writer
from bobine.evening.online.going_out import known_online
from bobine.evening.privacy.changes import Wanted
from bobine.evening.privacy.online.renaming import renamed_release
from bobine.evening.privacy.online.sweep import naming_keys, sweep
from bobine.evening.tagging import channel_cover
from bobine.model.destination import Destination
from bobine.model.published.corrections import Act, Correction
from bobine.model.published.release import LocalRelease, Release, ReleaseStatus, StoredFile
from bobine.model.show import Show
from bobine.publish.build import channel_image
from bobine.publish.corrections.leftovers import LEFT_S, clear_leftovers, clearing_after
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import feed_address, podcast_guid
from bobine.publish.instants import time_of
from bobine.publish.layout import is_record_key, record_key, records_prefix
from bobine.publish.outgoing.sending import OnProgress, send_missing, verify_sent
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import UnreadableRecordError, decode, former_files, stored_files
from bobine.publish.release import bring_to_listeners, put_record
from bobine.store.files import locked
from bobine.store.records.corrections import change_corrections, corrections_path, read_corrections
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleared:
    """The result at one destination.

    Attributes:
        changed: keys that were written.
        removed: keys that were deleted.
        warnings: further warnings, in French.
    """

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def destinations_with(workspace: Workspace, show: Show) -> tuple[Destination, ...]:
    """The destinations where something of a show may be: those of its podcast, and all that it was ever sent to."""
    names = dict.fromkeys(show.podcast.destinations)
    for day in workspace.episode_dates(show):
        try:
            names |= dict.fromkeys(read_releases(workspace.folder(show, day).release))
        except BobineError:
            continue
    known = {one.name for one in workspace.destinations}
    return tuple(workspace.destination(name) for name in names if name in known)


def releases_at(store: Store, show: Show) -> Iterator[Release]:
    """The releases whose records stand at a destination and can be read, in order of days."""
    for key in sorted(store.listing(records_prefix(show.slug))):
        found = store.fetch(key) if is_record_key(key) else None
        if found is None:
            continue
        try:
            yield decode(found.content, store.location(key))
        except UnreadableRecordError:
            continue


def clear_releases(
    workspace: Workspace,
    show: Show,
    destination: Destination,
    wanted: Wanted,
    now: datetime,
    reason: str,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Cleared:
    """Take a name out of every episode of a show at one destination; again changes nothing.

    Nothing but the name changes: what the plan says since it was published stays unpublished. Files that named the
    person are made again under new names, and the old ones are deleted in the same run.

    Args:
        workspace: where.
        show: whose.
        destination: where it is online.
        wanted: who.
        now: the present instant (aware).
        reason: why, as the audit trail keeps it.
        on_progress: told how far it is.

    Raises:
        PublishError: if the destination fails or refuses; what is online is whole, and the next run goes on.
        DiskError: if a disk is full or cannot be written.
    """
    store = open_store(destination, workspace.root)
    store.tell_waits(on_progress)
    store.check()
    now, warnings = time_of(store, now)
    with tempfile.TemporaryDirectory(prefix="bobine-") as temporary:
        run = _Clearing(workspace, show, destination, store, wanted, now, reason, on_progress, Path(temporary))
        for number, release in enumerate(releases_at(store, show)):
            run.clear(release, str(number))
        named = naming_keys(store, show.slug, wanted.search, on_progress)
        left = _clear_leftovers(store, show, [release.date for release in run.before.values()])
        warnings = (*warnings, *left)
        if run.last is None and not named:
            run.settle(())
            return Cleared(warnings=warnings)
        last = run.last or next(releases_at(store, show), None)
        if last is None:  # a feed without any record of ours
            return Cleared(changed=sweep(store, show.slug, wanted, named), warnings=warnings)
        return run.finish(last, warnings)


def _clear_leftovers(store: Store, show: Show, changed: Collection[date]) -> tuple[str, ...]:
    """Remove what runs that were cut short left; gives French sentences on what could not be.

    Args:
        store: the destination.
        show: whose.
        changed: the episodes of which all goes that they do not name now, whoever may be sending it.
    """
    releases = tuple(releases_at(store, show))
    own = [one for one in releases if one.date in changed] or list(releases[-1:])
    return tuple(
        sentence
        for one in own
        for sentence in clear_leftovers(
            store, show.slug, clearing_after(one, releases, at_once=one.date in changed, given_up_s=LEFT_S)
        )
    )


@dataclass(slots=True)
class _Clearing:
    """One run at one destination.

    Attributes:
        workspace: where.
        show: whose.
        destination: where it is online.
        store: the same, opened.
        wanted: who.
        now: the present instant, by the destination's clock where that is far off.
        reason: why, as the audit trail keeps it.
        on_progress: told how far it is.
        temporary: a folder for the files that are made.
        last: the last record that was changed; None for none.
        before: the releases as they were, by the keys of their records.
        written: for each key so far, whether it was written.
    """

    workspace: Workspace
    show: Show
    destination: Destination
    store: Store
    wanted: Wanted
    now: datetime
    reason: str
    on_progress: OnProgress
    temporary: Path
    last: Release | None = None
    before: dict[str, Release] = field(default_factory=dict)
    written: dict[str, bool] = field(default_factory=dict)

    def clear(self, release: Release, name: str) -> None:
        """Take the name out of an episode: its files first, then its record.

        Args:
            release: as its record says it.
            name: of a folder for its new files.
        """
        folder = self.temporary / name
        folder.mkdir()
        new, files = renamed_release(self.store, self.workspace, self.show, release, self.wanted, folder)
        if new == release and not any(one.until <= self.now for one in release.former):
            return
        if new != release:
            _begin(self.workspace, self.show, self.destination, release, self.reason, self.now)
            self._send(dict(files))
        change = partial(_superseding, new, release, self.now)
        key = record_key(self.show.slug, release.date)
        self.last, self.written[key] = put_record(self.store, self.show.slug, release.date, change)
        self.before[key] = release

    def _send(self, files: Mapping[StoredFile, Path]) -> None:
        paths = {file.key: path for file, path in files.items()}
        sent = send_missing(self.store, list(files), paths, self.on_progress)
        for file in files:
            verify_sent(self.store, file, paths[file.key])
        self.written |= {file.key: file.key in sent for file in files}

    def finish(self, last: Release, warnings: Collection[str]) -> Cleared:
        """Bring pages and feed up to date and delete what is superseded; then note it in the workspace."""
        store, show, name = self.store, self.show, self.destination.name
        cover = self.temporary / "show-cover.jpg"
        cover.write_bytes(channel_cover(show, self.workspace.root))
        channel = channel_image(show, cover)
        send_missing(store, [channel], {channel.key: cover}, self.on_progress)
        guid = podcast_guid(show, store, founder_of(self.workspace, show, self.destination).public_url)
        outcome = bring_to_listeners(
            store,
            show,
            last,
            self.written,
            feed_writer(show, store, channel, guid),
            self.now,
            channel_files=(channel,),
            pages=OnlinePages(store, show, last.date, partial(self.on_progress, "Pages")),
            known=[one for one in known_online(self.workspace, show, name) if one.date != last.date],
            warnings=tuple(warnings),
            on_progress=self.on_progress,
        )
        swept = sweep(
            store, show.slug, self.wanted, naming_keys(store, show.slug, self.wanted.search, self.on_progress)
        )
        self.settle(outcome.removed)
        return Cleared(changed=(*outcome.uploaded, *swept), removed=outcome.removed, warnings=outcome.warnings)

    def settle(self, removed: Collection[str]) -> None:
        """Note what is online now of each episode whose change was begun, by this run or by one before.

        Args:
            removed: keys that were deleted.
        """
        new = Correction(at=self.now, act=Act.CORRECT, destination=self.destination.name, reason=self.reason)
        for release in releases_at(self.store, self.show):
            folder = self.workspace.folder(self.show, release.date)
            path = corrections_path(folder.path)
            if not folder.path.is_dir() or unfinished(read_corrections(path), new) is None:
                continue
            _note_local(self.workspace, self.show, self.destination, self.store, release)
            was = self.before.get(record_key(self.show.slug, release.date))
            own = [key for key in removed if was is not None and key in _own_keys(was)]
            done = completed(new, was, release, own)
            change_corrections(path, partial(ended, done=done))


def _superseding(new: Release, seen: Release, now: datetime, online: Release | None) -> Release:
    """The record in the place of the one that was seen; somebody else's newer one is left for the next look.

    Raises:
        PublishError: if it is another one meanwhile.
    """
    if online is not None and online != seen and replace(online, former=new.former, updated=new.updated) != new:
        raise PublishError(f"L'épisode du {new.date} vient d'être publié par quelqu'un d'autre : recommencez.")
    base = online or seen
    updated = new.updated if base == new else now.astimezone(UTC).replace(microsecond=0)
    return replace(new, updated=updated, former=former_files(new, base, now))


def _begin(
    workspace: Workspace, show: Show, destination: Destination, release: Release, reason: str, now: datetime
) -> None:
    """Keep a trace of a change of what is online before it begins, as any correction has one."""
    folder = workspace.folder(show, release.date)
    if folder.path.is_dir():
        new = Correction(at=now, act=Act.CORRECT, destination=destination.name, reason=reason)
        change_corrections(corrections_path(folder.path), lambda trail: begun(trail, new))


def _own_keys(release: Release) -> set[str]:
    return {file.key for file in stored_files(release)} | {file.key for file in release.former}


def _note_local(workspace: Workspace, show: Show, destination: Destination, store: Store, online: Release) -> None:
    """Note in the workspace what is online now, where it notes the episode at all."""
    folder = workspace.folder(show, online.date)
    try:
        local = read_releases(folder.release).get(destination.name)
    except BobineError:
        return
    if local is not None and local.status is ReleaseStatus.ONLINE and local.release.guid == online.guid:
        with locked(folder.master):
            noted = LocalRelease(destination=destination.name, feed_url=feed_address(show, store), status=local.status,
                                 release=online, plan=local.plan)  # fmt: skip
            write_release(folder.release, noted)
