"""The withdrawal of an episode: its record says so, the feed leaves it out, and only then are its files deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bobine.french import long_date
from bobine.model.published.release import Release, StoredFile, Withdrawal
from bobine.model.show import Show
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import WriteFeed
from bobine.publish.instants import time_of
from bobine.publish.layout import record_key
from bobine.publish.outgoing.sending import OnProgress, check_local, send_missing, verify_sent
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import former_files, stored_files
from bobine.publish.release import Outcome, bring_to_listeners, put_record


def emptied(release: Release, withdrawal: Withdrawal) -> Release:
    """A release without its content: what it keeps is its identity, and the files that are to be deleted."""
    return replace(
        release,
        title=f"Émission du {long_date(release.date)}",
        description="Cette émission a été retirée du podcast.",
        people=(),
        items=(),
        transcripts=(),
        origin=replace(release.origin, notes="") if release.origin is not None else None,
        instalments=(),
        held_until=None,
        updated=withdrawal.at.astimezone(UTC).replace(microsecond=0),
        withdrawn=replace(withdrawal, at=withdrawal.at.astimezone(UTC).replace(microsecond=0)),
    )


def withdrawn_release(release: Release, online: Release | None, withdrawal: Withdrawal, until: datetime) -> Release:
    """The state of an episode's record once it is withdrawn.

    Args:
        release: the release as this machine knows it; it may never have been online.
        online: the record at the destination; None if there is none.
        withdrawal: when and why; one that is there already keeps its own.
        until: when the files may be deleted (aware).
    """
    before = online or release
    former = former_files(replace(release, withdrawn=withdrawal), before, until)
    if before.withdrawn is None:
        return replace(emptied(before, withdrawal), former=former)
    still = {file.key for file in before.former}
    deleted = {file.key for file in stored_files(before)} - still
    return replace(before, former=tuple(file for file in former if file.key not in deleted))


def withdraw(
    store: Store,
    show: Show,
    release: Release,
    withdrawal: Withdrawal,
    files: Mapping[str, Path],
    write_feed: WriteFeed,
    now: datetime,
    *,
    channel_files: Sequence[StoredFile] = (),
    pages: OnlinePages | None = None,
    known: Sequence[Release] = (),
    keep: timedelta = timedelta(days=7),
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Outcome:
    """Withdraw an episode; again changes nothing, and finishes an interrupted run.

    Args:
        store: the destination.
        show: the show.
        release: the episode's release as this machine knows it.
        withdrawal: when and why.
        files: the local file of each key that the channel names.
        write_feed: gives the feed's bytes.
        now: the current instant (aware).
        channel_files: what the feed names besides the episodes' files.
        pages: the show's pages, where there are any.
        known: what this machine put online there before.
        keep: how long the files stay; none deletes them in this run.
        on_progress: told how far it is.

    Raises:
        PublishError: if the destination fails or refuses; the feed then names nothing that was deleted.
    """
    check_local(channel_files, files)
    store.tell_waits(on_progress)
    store.check()
    now, warnings = time_of(store, now)
    sent = send_missing(store, channel_files, files, on_progress)
    for file in channel_files:
        verify_sent(store, file, files[file.key])
    own_record = record_key(show.slug, release.date)
    online, record_written = put_record(
        store, show.slug, release.date, lambda before: withdrawn_release(release, before, withdrawal, now + keep)
    )
    return bring_to_listeners(
        store,
        show,
        online,
        {**dict.fromkeys(sorted(sent), True), own_record: record_written},
        write_feed,
        now,
        channel_files=channel_files,
        pages=pages,
        known=known,
        warnings=warnings,
        on_progress=on_progress,
    )
