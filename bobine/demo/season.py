"""Write the workspace of a season made from nothing: past shows online, the last ones recorded, plans to come."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, timedelta
from itertools import accumulate, pairwise
from pathlib import Path

from bobine.demo.season_plans import COMING, Lacking, season_days, season_ideas, season_plan, season_team
from bobine.model.aired.as_run import AiredItem, AsRun, MarksSource, Recording
from bobine.model.episode import Episode
from bobine.model.published.release import Audio, Contributor, LocalRelease, Release, ReleaseStatus, StoredFile
from bobine.model.show import Show
from bobine.store.codec.encode import encode
from bobine.store.documents.ideas import edit_ideas
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.documents.team import edit_team
from bobine.store.files import atomic_write
from bobine.store.records.derived import write_document
from bobine.store.records.recordings import write_as_run
from bobine.store.records.releases import write_release
from bobine.store.toml.write import toml_table
from bobine.store.workspace import Workspace, open_workspace

RATE = 48_000
"""Sampling rate of what was recorded, in Hz."""

NOT_YET_ONLINE = 2
"""So many of the last shows are recorded and not online yet."""


def make_season(
    root: Path, shows_text: str, today: date, episodes: int, *, items: int = 18, seed: int = 1
) -> Workspace:
    """Write a season of the first show of a ``shows.toml``; the same arguments give the same bytes.

    Shows before ``today`` are online, but the last of them, which are only recorded. One in seven of those from
    ``today`` on is ready; the others lack one thing each. No sound is made, here or at the destination.

    Args:
        root: a folder for the workspace; made where it is missing.
        shows_text: what ``shows.toml`` holds.
        today: the season is the one of this day, or between two of them the next.
        episodes: so many days of the slot have a plan, from the season's first on, holidays or not.
        items: how many items each has.
        seed: turns who is there and what is spoken of.

    Raises:
        ValueError: if the season has fewer days, or a show cannot have so many items.
        PlanError: if ``shows_text`` cannot be read.
        DiskError: if there is no room, or the folder cannot be written.
    """
    atomic_write(root / SHOWS_FILE, shows_text.encode())
    workspace = open_workspace(root)
    show = workspace.shows[0]
    days = season_days(show, today)
    if episodes > len(days):
        raise ValueError(f"{episodes} episodes, in a season of {len(days)} days")
    days = days[:episodes]
    past = sum(day < today for day in days)
    for place, day in enumerate(days):
        lacking = COMING[(place - past) % len(COMING)] if place >= past else Lacking.NOTHING
        episode = season_plan(show, day, place + 1, items, lacking, seed + place)
        folder = workspace.folder(show, day)
        table = toml_table(encode(episode, omit=frozenset({"show"}), sparse=True))
        write_document(folder.plan, table, "Une émission inventée.")
        if place < past:
            write_as_run(folder.as_run, _as_run(episode))
        if place < past - NOT_YET_ONLINE:
            write_release(folder.release, made_release(workspace, show, episode))
    edit_team(workspace, show, lambda _: season_team())
    edit_ideas(workspace, show, lambda _: season_ideas(days, today))
    return workspace


def _as_run(episode: Episode) -> AsRun:
    """Everything as planned, from five seconds after the recording began to five before it ended."""
    items = episode.counted_items
    margin = 5 * RATE
    bounds = list(accumulate((_samples(item.duration) for item in items), initial=margin))
    aired = [
        AiredItem(id=item.id, start=start, end=end) for item, (start, end) in zip(items, pairwise(bounds), strict=True)
    ]
    recording = Recording(
        file="recording.wav", rate=RATE, channels=2, samples=bounds[-1] + margin, sha256=_digest(episode, "recording")
    )
    return AsRun(recording=recording, source=MarksSource.MARKS, items=tuple(aired))


def _samples(length: timedelta) -> int:
    return round(length / timedelta(seconds=1) * RATE)


def made_release(workspace: Workspace, show: Show, episode: Episode) -> LocalRelease:
    """A release of an episode that is online an hour after it aired; none of its files exists."""
    destination = workspace.destination(show.podcast.destination)
    published = _an_hour_later(show, episode.date)
    people = [person for person in episode.people if person.role.value in ("host", "guest")]
    release = Release(
        guid=str(uuid.uuid5(uuid.NAMESPACE_URL, episode.reference)),
        date=episode.date,
        season=episode.season,
        number=episode.number,
        title=episode.title,
        description=episode.summary,
        duration_s=episode.planned_total // timedelta(seconds=1),
        published=published,
        updated=published,
        audio=(Audio(file=_stored(episode, "mp3", "audio/mpeg"), kbps=128),),
        image=_stored(episode, "jpg", "image/jpeg"),
        chapters=_stored(episode, "json", "application/json+chapters"),
        people=tuple(Contributor(name=person.name, role=person.role.value) for person in people),
    )
    feed = f"{destination.public_url}{show.slug}/feed.xml"
    return LocalRelease(destination=destination.name, feed_url=feed, status=ReleaseStatus.ONLINE, release=release)


_FOLDERS = {"mp3": "audio", "jpg": "images", "json": "chapters"}


def _an_hour_later(show: Show, day: date) -> datetime:
    return show.slot.bounds(day)[1] + timedelta(hours=1)


def _stored(episode: Episode, suffix: str, media_type: str) -> StoredFile:
    digest = _digest(episode, suffix)
    slug, _, day = episode.reference.partition("/")
    name = day if suffix == "json" else f"{slug}-{day}"
    return StoredFile(
        key=f"{slug}/{_FOLDERS[suffix]}/{name}-{digest[:12]}.{suffix}",
        media_type=media_type,
        bytes=int(digest[:6], 16),
        sha256=digest,
        integrity=f"sha256-{digest}",
    )


def _digest(episode: Episode, what: str) -> str:
    return hashlib.sha256(f"{episode.reference} {what}".encode()).hexdigest()
