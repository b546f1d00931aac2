"""The withdrawal of an episode: its record says so, the feed leaves it out, and only then are its files deleted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bobine.errors import PublishError
from bobine.french import long_date
from bobine.model.published.release import Release, StoredFile, Withdrawal
from bobine.model.show import Show
from bobine.publish.corrections.removal import remove_due
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import OnlineFeed, WriteFeed
from bobine.publish.instants import not_to_come, time_of
from bobine.publish.layout import record_key
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import former_files, stored_files
from bobine.publish.release import OnProgress, Outcome, check_local, put_record, send_missing, verify_sent


def emptied(release: Release, withdrawal: Withdrawal) -> Release:
    """A release without its content: what it keeps is its identity, and the files that are to be deleted."""
    return replace(
        release,
        title=f"Émission du {long_date(release.date)}",
        description="Cette émission a été retirée du podcast.",
        people=(),
        items=(),
        transcripts=(),
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
    store.check()
    now, warnings = time_of(store, now)
    sent = send_missing(store, channel_files, files, on_progress)
    for file in channel_files:
        verify_sent(store, file, files[file.key])
    own_record = record_key(show.slug, release.date)
    online, record_written = put_record(
        store, show.slug, release.date, lambda before: withdrawn_release(release, before, withdrawal, now + keep)
    )
    redated = partial(not_to_come, now=now, aired=lambda day: show.slot.bounds(day)[1])
    send_pages = pages.bring_up_to_date if pages is not None else None
    feed = OnlineFeed(store, show.slug, write_feed, channel_files, own_record, redated, known, "", send_pages)
    on_progress("Flux", 0, 1)
    feed_written = feed.bring_up_to_date()
    on_progress("Flux", 1, 1)
    if online.guid.encode() in _feed_bytes(store, feed.key):
        raise PublishError(
            f"Destination « {store.name} » : le flux nomme encore l'épisode retiré ; rien n'est supprimé : recommencez."
        )
    removal = remove_due(store, show.slug, feed.releases, channel_files, now)
    written = {**dict.fromkeys(sorted(sent), True), own_record: record_written}
    if pages is not None:
        written |= {key: key in pages.written for key in (*pages.written, *pages.unchanged)}
    written |= feed_written
    return Outcome(
        feed_key=feed.key,
        release=removal.records.get(own_record, online),
        uploaded=tuple(key for key, was_written in written.items() if was_written),
        unchanged=tuple(key for key, was_written in written.items() if not was_written),
        conditional=store.enforces_conditions(),
        removed=removal.keys,
        warnings=(*warnings, *feed.warnings, *removal.failures),
    )


def _feed_bytes(store: Store, key: str) -> bytes:
    found = store.fetch(key)
    return found.content if found else b""
