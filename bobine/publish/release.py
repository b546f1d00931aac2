"""The release transaction: at no moment does the feed name what is not online, and nobody's episode is lost.

The files go first, under names that hold a hash of their content, and are verified. Then the episode's record; then
the pages and the feed, which are functions of the show and of all the records found at the destination. Two machines
that publish at once each rewrite them from everybody's records; the feed is swapped only if it still is what they read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from bobine.errors import PublishError
from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish import media_types
from bobine.publish.corrections.leftovers import clear_leftovers, clearing_after
from bobine.publish.corrections.removal import remove_due
from bobine.publish.destinations.asking import fetch_confirmed, write_and_read_back
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import is_for_ever
from bobine.publish.feed.online import OnlineFeed, WriteFeed
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.instants import let_out, not_to_come, time_of
from bobine.publish.layout import RECORD_CACHE, public_address, record_key
from bobine.publish.outgoing.ahead import Begun
from bobine.publish.outgoing.followers import tell_followers
from bobine.publish.outgoing.grafting import SoundThere
from bobine.publish.outgoing.sending import OnProgress, check_local, send_missing, stopped_by_hand, verify_sent
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import decode, encode, settled, stored_files

_NOTHING: Mapping[str, Begun] = {}

_BETWEEN = "Le flux qui est en ligne est entier, mais la mise à jour n'est pas finie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The result of a release.

    Attributes:
        feed_key: key of the feed.
        release: the release as it stands online, with the guid and dates that were settled.
        uploaded: the keys that were written, feed and record included.
        unchanged: the keys that already stood as they should.
        conditional: whether the destination enforces conditional writes.
        removed: the keys that were deleted: files of earlier states, whose time had come.
        releases: those that were held until now, as they stand.
        warnings: further warnings, in French: a wrong clock, records that cannot be read.
    """

    feed_key: str
    release: Release
    uploaded: tuple[str, ...]
    unchanged: tuple[str, ...]
    conditional: bool
    removed: tuple[str, ...] = ()
    releases: tuple[Release, ...] = ()
    warnings: tuple[str, ...] = ()


def publish(
    store: Store,
    show: Show,
    release: Release,
    files: Mapping[str, Path],
    write_feed: WriteFeed,
    now: datetime,
    *,
    channel_files: Sequence[StoredFile] = (),
    pages: OnlinePages | None = None,
    known: Sequence[Release] = (),
    keep: timedelta = timedelta(days=7),
    begun: Mapping[str, Begun] = _NOTHING,
    at_once: bool = False,
    on_progress: OnProgress = lambda _label, _done, _total: None,
) -> Outcome:
    """Publish an episode, or publish it again: whatever already stands is left, so that a second run changes nothing.

    A run that was interrupted is finished by the next one, in the same bytes if it is given an equal ``release``.

    Args:
        store: the destination.
        show: the show; its slug is the folder in the destination.
        release: the episode.
        files: the local file of each key that the release or the channel names.
        write_feed: gives the feed's bytes.
        now: the current instant (aware).
        channel_files: what the feed names besides the episodes' files (the channel's cover).
        pages: the show's pages, where there are to be any.
        known: what this machine put online there before: it stays in the feed even where its record is gone.
        keep: how long the files that this release supersedes stay, for apps that still name them.
        begun: where the bodies of some files went up already, by key.
        at_once: whether what was cut short of sending other states of the episode goes now, whoever may be at it.
        on_progress: told how far it is.

    Raises:
        PublishError: if the destination fails, refuses, or serves something else than what was sent; the feed that is
            online is then still a good one.
        DiskError: if the destination is a folder on a full disk.
    """
    wanted = list({file.key: file for file in (*channel_files, *stored_files(release))}.values())
    check_local(wanted, files)
    store.tell_waits(on_progress)
    store.check()
    now, warnings = time_of(store, now)
    sent = send_missing(store, wanted, files, on_progress, begun, SoundThere(store, show.slug, release).graft)
    with stopped_by_hand("Les fichiers sont arrivés et ne seront pas envoyés de nouveau ; le flux n'est pas changé"):
        for count, file in enumerate(wanted):
            on_progress("Vérification", count, len(wanted))
            verify_sent(store, file, files[file.key])
        on_progress("Vérification", len(wanted), len(wanted))
    with stopped_by_hand(_BETWEEN):
        online, record_written = put_record(
            store, show.slug, release.date, lambda before: settled(release, before, now, keep)
        )
    return bring_to_listeners(
        store,
        show,
        online,
        {file.key: file.key in sent for file in wanted} | {record_key(show.slug, release.date): record_written},
        write_feed,
        now,
        channel_files=channel_files,
        pages=pages,
        known=known,
        warnings=warnings,
        at_once=at_once,
        on_progress=on_progress,
    )


def bring_to_listeners(
    store: Store,
    show: Show,
    online: Release,
    written: Mapping[str, bool],
    write_feed: WriteFeed,
    now: datetime,
    *,
    channel_files: Sequence[StoredFile],
    pages: OnlinePages | None,
    known: Sequence[Release],
    warnings: Sequence[str],
    on_progress: OnProgress,
    at_once: bool = False,
) -> Outcome:
    """Bring pages and feed up to date with a record that was written, then delete what no feed is to name any more.

    Args:
        store: the destination.
        show: the show.
        online: the release as its record says it; a withdrawn one must be in no feed before anything is deleted.
        written: for each key so far, whether it was written.
        write_feed: gives the feed's bytes.
        now: the current instant (aware).
        channel_files: what the feed names besides the episodes' files.
        pages: the show's pages, where there are to be any.
        known: what this machine put online there before.
        warnings: what was noticed so far, in French.
        on_progress: told how far it is.
        at_once: as for :func:`publish`; of a withdrawn episode, always.

    Raises:
        PublishError: if the destination fails, or its feed still names an episode that was withdrawn.
    """
    own_record = record_key(show.slug, online.date)
    own_guid = online.guid if online.withdrawn is None else ""

    def redated(release: Release) -> Release:
        return not_to_come(let_out(release, now), now, lambda day: show.slot.bounds(day)[1])

    send_pages = pages.bring_up_to_date if pages is not None else None
    feed = OnlineFeed(store, show.slug, write_feed, channel_files, own_record, redated, known, own_guid, send_pages)
    with stopped_by_hand(_BETWEEN):
        on_progress("Flux", 0, 1)
        feed_written = feed.bring_up_to_date()
        on_progress("Flux", 1, 1)
        if online.withdrawn is not None and online.guid.encode() in _small(store, feed.key):
            raise PublishError(
                f"Destination « {store.name} » : le flux nomme encore l'épisode retiré ; rien n'est supprimé : "
                "recommencez."
            )
        removal = remove_due(store, show.slug, feed.releases, channel_files, now)
        clearing = clearing_after(online, feed.releases, at_once=at_once or online.withdrawn is not None)
        left = clear_leftovers(store, show.slug, clearing)
    done = dict(written)
    if pages is not None:
        done |= {key: key in pages.written for key in (*pages.written, *pages.unchanged)}
    done |= feed_written
    changed = [public_address(store.public_url, key) for key, was_written in feed_written.items() if was_written]
    told = tell_followers(show.podcast, changed) if is_for_ever(store.public_url) else ()
    return Outcome(
        feed_key=feed.key,
        release=removal.records.get(own_record, online),
        uploaded=tuple(key for key, was_written in done.items() if was_written),
        unchanged=tuple(key for key, was_written in done.items() if not was_written),
        conditional=store.enforces_conditions(),
        removed=removal.keys,
        releases=feed.let_out,
        warnings=(*warnings, *feed.warnings, *removal.failures, *left, *told),
    )


def _small(store: Store, key: str) -> bytes:
    found = store.fetch(key)
    return found.content if found else b""


def put_record(store: Store, slug: str, day: date, change: Callable[[Release | None], Release]) -> tuple[Release, bool]:
    """Change an episode's record, as a function of what is there; gives it as it then is, and whether it was written.

    Args:
        store: the destination.
        slug: the show's.
        day: the episode's.
        change: gives the new state of what is there (None where there is no record).

    Raises:
        PublishError: if the destination fails, or others keep changing it.
    """
    key = record_key(slug, day)
    for attempt in range(ATTEMPTS):
        found = fetch_confirmed(store, key)
        online = decode(found.content, store.location(key)) if found else None
        # What is written is also what the feed is built from on every machine, hence the round trip.
        release = decode(encode(change(online)), store.location(key))
        if release == online:
            return online, False
        if write_and_read_back(store, key, encode(release), media_types.JSON, RECORD_CACHE, found):
            return release, True
        let_others_finish(attempt)
    raise too_many(store, key)
