"""Episodes held until an instant that has come: they enter the feed, with nothing else published."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.destinations.asking import fetch_confirmed
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online import WriteFeed
from bobine.publish.instants import time_of
from bobine.publish.layout import record_key
from bobine.publish.outgoing.sending import OnProgress, check_local, send_missing, verify_sent
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import decode
from bobine.publish.release import Outcome, bring_to_listeners


def bring_up_to_date(
    store: Store,
    show: Show,
    days: Sequence[date],
    files: Mapping[str, Path],
    write_feed: WriteFeed,
    now: datetime,
    *,
    channel_files: Sequence[StoredFile] = (),
    pages: OnlinePages | None = None,
    known: Sequence[Release] = (),
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Outcome:
    """Bring pages and feed up to date with the records that stand there: what was held until now is let out.

    Args:
        store: the destination.
        show: the show.
        days: the episodes that may be due.
        files: the local file of each key that the channel names.
        write_feed: gives the feed's bytes.
        now: the current instant (aware).
        channel_files: what the feed names besides the episodes' files.
        pages: the show's pages, where there are to be any.
        known: what this machine put online there before.
        on_progress: told how far it is.

    Raises:
        PublishError: if the destination fails or refuses, or has no record of such an episode.
    """
    check_local(channel_files, files)
    store.tell_waits(on_progress)
    store.check()
    now, warnings = time_of(store, now)
    sent = send_missing(store, channel_files, files, on_progress)
    for file in channel_files:
        verify_sent(store, file, files[file.key])
    outcome = bring_to_listeners(
        store,
        show,
        _recorded(store, show.slug, days[-1]),
        dict.fromkeys(sorted(sent), True),
        write_feed,
        now,
        channel_files=channel_files,
        pages=pages,
        known=known,
        warnings=warnings,
        on_progress=on_progress,
    )
    return replace(outcome, releases=tuple(_recorded(store, show.slug, day) for day in days))


def _recorded(store: Store, slug: str, day: date) -> Release:
    key = record_key(slug, day)
    found = fetch_confirmed(store, key)
    if found is None:
        raise PublishError(
            f"Destination « {store.name} » : il manque la fiche « {key} » ; publiez de nouveau cet épisode "
            f"(bobine publier {slug}/{day})."
        )
    return decode(found.content, store.location(key))
