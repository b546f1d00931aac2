"""``reprendre``: a podcast of another host comes to a destination, episode by episode, and a killed run is finished."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property, partial
from pathlib import Path

from bobine.errors import PublishError
from bobine.evening.moving.reading import listener_for, read_source
from bobine.evening.moving.settings import differences, with_settings
from bobine.evening.online.feed_writing import feed_writer, kept_for
from bobine.evening.online.going_out import known_online
from bobine.evening.tagging import channel_cover
from bobine.model.destination import Destination
from bobine.model.episode_day import read_episode_day
from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.build import channel_image
from bobine.publish.check.asking import UnreachableError
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.feed.identity import feed_address, podcast_guid
from bobine.publish.instants import time_of
from bobine.publish.layout import episode_page_key, is_record_key, public_address, record_key
from bobine.publish.moving import redirections
from bobine.publish.moving.days import days_of, numbers_of
from bobine.publish.moving.fetching import WAITS_S, FileFetcher, TooLargeError
from bobine.publish.moving.gathering import Gatherer, NotSoundError
from bobine.publish.moving.journal import TakeOverJournal
from bobine.publish.moving.reading.source import SourceFeed, SourceItem
from bobine.publish.moving.redirections import Redirection
from bobine.publish.moving.takeover import brought_in, release_of
from bobine.publish.outgoing.sending import OnProgress, send_missing, verify_sent
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import NewerRecordError, UnreadableRecordError, decode, encode
from bobine.publish.release import bring_to_listeners, put_record
from bobine.store.files import atomic_write, locked
from bobine.store.workspace import Workspace

FOLDER = "reprise"
"""Name of the workspace's folder for what a take-over keeps until it is done, and for what it leaves to be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenOver:
    """The result of a take-over.

    Attributes:
        feed_url: the feed's new public address.
        title: what the old feed calls the podcast.
        episodes: how many of its episodes are here now.
        added: those that this run brought, or brought up to date.
        unfinished: titles of episodes that could not be had this time, each with the reason.
        lost: what the feed says and is not kept, a French sentence each.
        settings: keys of ``shows.toml`` that were set.
        differences: what the feed says otherwise than ``shows.toml``: key, the feed's words, those of the file.
        redirections: the folder with the table of addresses, old and new.
        warnings: further warnings, in French.
    """

    feed_url: str
    title: str
    episodes: int
    added: int
    unfinished: tuple[tuple[str, str], ...] = ()
    lost: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    differences: tuple[tuple[str, str, str], ...] = ()
    redirections: Path = field(default_factory=Path)
    warnings: tuple[str, ...] = ()


def take_over(
    workspace: Workspace,
    show: Show,
    source: str,
    destination: Destination,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
    *,
    at_home: bool = False,
    even_locked: bool = False,
    waits_s: Sequence[float] = WAITS_S,
) -> TakenOver:
    """Take a podcast over into a destination; a second run brings only what is new or was missing.

    Each episode stands whole at the destination, its record last, before the next one begins; the feed follows once.

    Args:
        workspace: where the show is.
        show: the show that the episodes come to.
        source: address of the old feed, or a file that it was kept in.
        destination: where to.
        now: the present instant (aware).
        on_progress: told what is being done, how much of it, and out of how much.
        at_home: whether files may be fetched from the local network though the feed is not there.
        even_locked: whether a feed that forbids it is taken over as well: it is the user's own.
        waits_s: waits before an old host that fails is asked again, in seconds.

    Raises:
        PublishError: if the feed cannot be read, is locked, or has no episode, or the destination fails.
        DiskError: if a disk is full.
    """
    folder = workspace.root / FOLDER / show.slug
    with locked(folder):
        feed = read_source(source, at_home=at_home)
        _check(feed, even_locked=even_locked)
        store = open_store(destination, workspace.root)
        store.check()
        now, warnings = time_of(store, now)
        run = _Run(workspace, show, feed, store, folder, now, on_progress)
        fetcher = FileFetcher(listener_for(source, at_home=at_home), folder / "en-cours", waits_s)
        return run.finish(run.episodes(fetcher), warnings)


def _check(feed: SourceFeed, *, even_locked: bool) -> None:
    if not feed.items:
        raise PublishError("Ce flux n'a aucun épisode avec un son : il n'y a rien à reprendre.")
    if feed.is_locked and not even_locked:
        owner = f" ({feed.owner})" if feed.owner else ""
        raise PublishError(
            f"Le podcast « {feed.title} » est verrouillé (podcast:locked) : seule la personne à qui il est{owner} peut "
            "l'emporter. Si c'est vous, déverrouillez-le chez son hébergeur, ou ajoutez --quand-meme."
        )


class _Run:
    """One run of a take-over, from the feed that was read to the feed that is online."""

    def __init__(
        self,
        workspace: Workspace,
        show: Show,
        feed: SourceFeed,
        store: Store,
        folder: Path,
        now: datetime,
        on_progress: OnProgress,
    ) -> None:
        self._workspace = workspace
        self._show = show
        self._feed = feed
        self._store = store
        self._folder = folder
        self._now = now
        self._on_progress = on_progress
        self._journal = TakeOverJournal(folder / "journal.jsonl")
        self._listing = store.listing(f"{show.slug}/")
        self._lost: dict[str, None] = dict.fromkeys(feed.lost)
        self._unfinished: list[tuple[str, str]] = []
        self._settings: tuple[str, ...] = ()
        self._added = 0
        self._days: dict[str, date] = {}

    def episodes(self, fetcher: FileFetcher) -> list[Release]:
        """Bring every episode that can be fetched; returns their releases, oldest first."""
        items = self._feed.items
        self._days = days_of(items, self._show.slot.timezone, _taken(self._store, self._listing))
        places = numbers_of(items, self._days, self._show.season)
        gatherer = Gatherer(
            self._store, self._show.slug, self._listing, fetcher, self._folder / "en-cours", self._journal, self._say
        )
        cover = self._cover(gatherer)
        brought = []
        for count, item in enumerate(items):
            self._on_progress("Épisodes", count, len(items))
            day = self._days[item.guid]
            try:
                files = gatherer.episode(item, day.isoformat())
            except (UnreachableError, TooLargeError, NotSoundError) as fault:
                self._unfinished.append((item.title, str(fault)))
                continue
            brought.append(
                self._brought(release_of(self._show, self._feed, item, day, places[item.guid], files, cover))
            )
        self._on_progress("Épisodes", len(items), len(items))
        return brought

    def _cover(self, gatherer: Gatherer) -> StoredFile:
        """The cover of the podcast, which becomes the show's own where it has none; drawn where neither has one."""
        found = gatherer.image(self._feed.image, self._feed.title) if self._feed.image else None
        self._show, self._settings = with_settings(self._workspace.root, self._show, self._feed, found, self._store)
        return found if found is not None else self._channel

    @cached_property
    def _channel(self) -> StoredFile:
        """The cover of the feed at the destination, by the settings as they are then."""
        path = self._folder / "en-cours" / "show-cover.jpg"
        atomic_write(path, channel_cover(self._show, self._workspace.root))
        channel = channel_image(self._show, path)
        send_missing(self._store, [channel], {channel.key: path}, lambda _label, _done, _total: None)
        verify_sent(self._store, channel, path)
        return channel

    def _brought(self, release: Release) -> Release:
        """Write the record of an episode whose files stand at the destination, unless it stands there already."""
        slug = self._show.slug
        digest = hashlib.sha256(encode(release)).hexdigest()
        if self._journal.done.get(release.guid) == digest and record_key(slug, release.date) in self._listing:
            return release
        change = partial(brought_in, release, now=self._now, keep=kept_for(self._show))
        online, written = put_record(self._store, slug, release.date, change)
        if online.guid != release.guid:
            self._unfinished.append((release.title, "un autre épisode vient de prendre sa place : recommencez"))
            return online
        self._journal.note_done(release.guid, digest)
        self._added += written
        return online

    def finish(self, brought: Sequence[Release], warnings: Sequence[str]) -> TakenOver:
        """Bring pages and feed up to date, and tell."""
        if not brought:
            title, reason = self._unfinished[0]
            raise PublishError(f"Aucun épisode n'a pu être repris ; « {title} » : {reason}. Recommencez plus tard.")
        show, store = self._show, self._store
        channel = self._channel
        newest, _ = put_record(store, show.slug, brought[-1].date, lambda online: online or brought[-1])
        outcome = bring_to_listeners(
            store,
            show,
            newest,
            {},
            feed_writer(show, store, channel, podcast_guid(show, store)),
            self._now,
            channel_files=(channel,),
            pages=OnlinePages(store, show, newest.date, partial(self._on_progress, "Pages")),
            known=known_online(self._workspace, show, store.name),
            warnings=warnings,
            on_progress=self._on_progress,
        )
        return TakenOver(
            feed_url=feed_address(show, store),
            title=self._feed.title,
            episodes=len(brought),
            added=self._added,
            unfinished=tuple(self._unfinished),
            lost=tuple(self._lost),
            settings=self._settings,
            differences=tuple(differences(self._feed, show)),
            redirections=self._tell_addresses(brought),
            warnings=outcome.warnings,
        )

    def _tell_addresses(self, brought: Sequence[Release]) -> Path:
        """Write where each address of the old host is now, and the blocks that send its visitors there."""
        items = {item.guid: item for item in self._feed.items}
        moved = [Redirection("flux", self._feed.address, feed_address(self._show, self._store))]
        for release in reversed(brought):
            if release.withdrawn is None and release.guid in items:
                moved += self._moved(items[release.guid], release)
        folder = self._folder / "redirections"
        for name, content in redirections.files([one for one in moved if one.old]).items():
            atomic_write(folder / name, content)
        return folder

    def _moved(self, item: SourceItem, release: Release) -> list[Redirection]:
        page = public_address(self._store.public_url, episode_page_key(self._show.slug, release.date))
        sound = public_address(self._store.public_url, release.audio[0].file.key)
        return [Redirection("page", item.page, page), Redirection("son", item.sound.address, sound)]

    def _say(self, sentence: str) -> None:
        self._lost[sentence] = None


def _taken(store: Store, listing: dict[str, Listed]) -> dict[date, str]:
    """The guid of each episode that has a record at the destination; a damaged one's day is taken all the same."""
    found = {}
    for key in sorted(key for key in listing if is_record_key(key)):
        day = read_episode_day(key.rpartition("/")[2].removesuffix(".json"))
        content = store.fetch(key)
        try:
            found[day] = decode(content.content, store.location(key)).guid if content is not None else ""
        except NewerRecordError:
            raise
        except UnreadableRecordError:
            found[day] = ""
    return found
