"""``publier``: from ``master/`` to the destination, as one release that an interrupted run leaves to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

from bobine.evening.corrections.decisions import with_replies
from bobine.evening.online.current_master import check_current
from bobine.evening.online.destinations import founder_of
from bobine.evening.online.feed_writing import feed_writer, kept_for
from bobine.evening.online.going_out import first_online, known_online, refuse_before_air, refuse_same_number
from bobine.evening.online.instalments import with_instalments
from bobine.evening.online.letting_out import held_until, note_let_out
from bobine.evening.online.live_item import item_of_now
from bobine.evening.online.served import feed_as_served
from bobine.evening.online.staging import SHOW_COVER, THUMBNAIL, stage, staged
from bobine.evening.tagging import CHAPTERS, COVER, cover_remarks
from bobine.evening.transcripts.going_out import stage_transcript
from bobine.model.destination import Destination
from bobine.model.episode import Episode
from bobine.model.published.master import Manifest
from bobine.model.published.online import PublishedPlan, published_plan
from bobine.model.published.release import LocalRelease, Release, ReleaseStatus
from bobine.model.show import AudioFormat, Show
from bobine.publish.build import build_release, channel_image, episode_guid
from bobine.publish.destinations.limits import limits_of
from bobine.publish.destinations.opening import open_store
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import feed_address, is_for_ever, podcast_guid
from bobine.publish.layout import (
    embed_page_key,
    episode_page_key,
    growing_key,
    public_address,
    show_page_key,
)
from bobine.publish.outgoing.ahead import Begun
from bobine.publish.outgoing.sending import OnProgress
from bobine.publish.pages.online import OnlinePages
from bobine.publish.records import former_files
from bobine.publish.release import Outcome, publish
from bobine.publish.tags import mp3_head_bytes
from bobine.store.documents.edit_show import edit_show
from bobine.store.files import disk_errors, locked
from bobine.store.records.corrections import corrections_path, read_corrections
from bobine.store.records.manifests import read_manifest
from bobine.store.records.releases import read_releases, write_release
from bobine.store.records.transcripts import transcript_digest, transcript_path
from bobine.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Published:
    """The result of ``publier``.

    Attributes:
        feed_url: the feed's public address.
        feed_path: where the feed is stored.
        guid: identity of the episode's item.
        enclosure_url: public address of the main audio file.
        pages: public addresses of the episode's page, its player for other sites, and the show's page.
        uploaded: keys that were written.
        unchanged: keys that were there already.
        limits: what the destination cannot promise, in French.
        new_podcast_guid: the podcast's identity, where it was worked out now and written to ``shows.toml``.
        release: the release as it stands online.
        removed: keys of former files that were deleted.
        warnings: further warnings, in French.
    """

    feed_url: str
    feed_path: str
    guid: str
    enclosure_url: str
    pages: tuple[str, ...]
    uploaded: tuple[str, ...]
    unchanged: tuple[str, ...]
    limits: tuple[str, ...]
    new_podcast_guid: str
    release: Release
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def publish_episode(
    workspace: Workspace,
    show: Show,
    episode: Episode,
    destination: Destination,
    now: datetime,
    on_progress: OnProgress = lambda _label, _done, _total: None,
    *,
    before_air: bool = False,
    keep: timedelta | None = None,
    at_once: bool = False,
) -> Published:
    """Put an episode online, and its feed up to date; again changes nothing, and finishes an interrupted run.

    Args:
        workspace: where the show is.
        show: the show.
        episode: the plan.
        destination: where to.
        now: the present instant (aware).
        on_progress: told what is being done, how much of it, and out of how much.
        before_air: whether it may go online before its slot begins.
        keep: how long files that are superseded stay online; as long as the show says by default.
        at_once: whether what was cut short of sending other states goes now, whoever may be at it.

    Raises:
        MasterError: if there is no whole master of the present recording.
        RightsError: if rights or consents have changed since the master was made.
        PublishError: if the destination fails or refuses, or the show has not been on air yet.
        DiskError: if a disk is full or cannot be written.
    """
    if not before_air:
        refuse_before_air(show, episode, now, held_until(episode, now))
    folder = workspace.folder(show, episode.date)
    manifest = read_manifest(folder.manifest)
    known = read_releases(folder.release)
    earlier = known.get(destination.name)
    is_there = earlier is not None and earlier.is_online  # what is online may be corrected whatever has lapsed since
    check_current(episode, manifest, folder, None if is_there else now.date())
    store = open_store(destination, workspace.root)
    elsewhere = [one for name, one in known.items() if name in show.podcast.destinations and name != destination.name]
    refuse_same_number(workspace, show, episode, earlier)
    plan = published_plan(
        episode,
        {item.id for item in manifest.items},
        {item.id for item in manifest.kept_items},
        manifest.files[0].sha256 if manifest.files else "",
        transcript_digest(transcript_path(folder.path)),
    )
    founder = founder_of(workspace, show, destination)
    guid = podcast_guid(show, store, founder.public_url)
    keep = kept_for(show) if keep is None else keep
    spoken = with_replies(episode, read_corrections(corrections_path(folder.path)).replies)
    is_new = not show.podcast.guid and founder.name == destination.name and is_for_ever(founder.public_url)
    with locked(folder.master), disk_errors(folder.master), staged(folder) as staging:
        stage(workspace, show, spoken, manifest, staging)
        transcripts, untold = stage_transcript(folder, episode, manifest, staging)
        channel = channel_image(show, staging / SHOW_COVER)
        published = first_online(earlier, now, elsewhere)
        release, paths = _release(show, spoken, manifest, earlier, guid, staging, (published, now), keep, transcripts)
        was = earlier.plan if earlier is not None else None
        if earlier is not None and earlier.is_online and was is None:  # noted by an older version: as far as is known
            was = plan
        write_release(folder.release, _local(release, show, store, ReleaseStatus.PENDING, was))
        if is_new:
            edit_show(workspace.root, show.slug, lambda newest: _known_by(newest, guid))
        coming = item_of_now(workspace, show, destination.name, guid, now, episode.date)
        outcome = publish(
            store,
            show,
            release,
            {**paths, channel.key: staging / SHOW_COVER},
            feed_writer(show, store, channel, guid, coming),
            now,
            channel_files=(channel,),
            pages=OnlinePages(store, show, episode.date, partial(on_progress, "Pages")),
            known=known_online(workspace, show, destination.name),
            keep=keep,
            begun=_begun(show, episode, release, paths),
            at_once=at_once,
            on_progress=on_progress,
        )
        write_release(folder.release, _local(outcome.release, show, store, ReleaseStatus.ONLINE, plan))
        note_let_out(workspace, show, destination.name, outcome.releases)
    on_progress("Flux public", 0, 1)
    served = feed_as_served(show, destination, store)
    warnings = (
        *outcome.warnings,
        *(served.sentences if served is not None else ()),
        *untold,
        *cover_remarks(show, spoken, workspace.root, folder.path),
    )
    return _published(show, episode, store, outcome, warnings, new_guid=guid if is_new else "")


def _published(
    show: Show, episode: Episode, store: Store, outcome: Outcome, warnings: tuple[str, ...], *, new_guid: str
) -> Published:
    """The result, with the addresses that people need."""
    return Published(
        feed_url=feed_address(show, store),
        feed_path=store.location(outcome.feed_key),
        guid=outcome.release.guid,
        enclosure_url=public_address(store.public_url, outcome.release.audio[0].file.key),
        pages=tuple(
            public_address(store.public_url, key)
            for key in (
                episode_page_key(show.slug, episode.date),
                embed_page_key(show.slug, episode.date),
                show_page_key(show.slug),
            )
        ),
        uploaded=outcome.uploaded,
        unchanged=outcome.unchanged,
        limits=limits_of(store),
        new_podcast_guid=new_guid,
        release=outcome.release,
        removed=outcome.removed,
        warnings=warnings,
    )


def _begun(show: Show, episode: Episode, release: Release, paths: Mapping[str, Path]) -> dict[str, Begun]:
    """The sounds that may have gone up during the show: MP3 alone, whose frames are known before its tag."""
    sounds = [audio.file.key for audio in release.audio if audio.file.key.endswith(f".{AudioFormat.MP3}")]
    key = growing_key(show.slug, episode.date, AudioFormat.MP3)
    return {sound: Begun(key, mp3_head_bytes(paths[sound])) for sound in sounds}


def _known_by(show: Show, guid: str) -> Show:
    return replace(show, podcast=replace(show.podcast, guid=guid))


def _release(
    show: Show,
    episode: Episode,
    manifest: Manifest,
    earlier: LocalRelease | None,
    guid: str,
    staging: Path,
    instants: tuple[datetime, datetime],
    keep: timedelta,
    transcripts: tuple[Path, ...],
) -> tuple[Release, dict[str, Path]]:
    """The release, with the dates of an earlier run, finished or not, as long as its content is the same."""
    published, now = instants
    cover = staging / COVER
    release, paths = build_release(
        show=show,
        episode=episode,
        manifest=manifest,
        audio={file.format: staging / file.file for file in manifest.files},
        cover_jpeg=cover,
        chapters_json=staging / CHAPTERS,
        thumbnail_jpeg=staging / THUMBNAIL,
        transcripts=transcripts,
        guid=earlier.release.guid if earlier else episode_guid(guid, episode.date),
        published=published,
        updated=now.replace(microsecond=0),
    )
    release, own = with_instalments(show, episode, manifest, release, guid, cover, staging)
    paths |= own
    release = replace(release, held_until=held_until(episode, now))
    before = earlier.release if earlier else None
    if earlier and earlier.status is ReleaseStatus.PENDING:  # what an interrupted run sent is in no record
        release = replace(release, former=former_files(release, earlier.release, now + keep))
    known = release.former
    if before and before.updated <= now and replace(release, updated=before.updated, former=before.former) == before:
        release = replace(before, former=known)
    return release, paths


def _local(
    release: Release, show: Show, store: Store, status: ReleaseStatus, plan: PublishedPlan | None
) -> LocalRelease:
    address = feed_address(show, store)
    return LocalRelease(destination=store.name, feed_url=address, status=status, release=release, plan=plan)
