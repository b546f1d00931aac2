"""Episodes that were taken over, for what is done to episodes online: they have no plan here, only their record."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bobine.model.episode import Episode
from bobine.model.published.release import LocalRelease, ReleaseStatus
from bobine.model.show import Show
from bobine.publish.destinations.asking import fetch_confirmed
from bobine.publish.destinations.opening import open_store
from bobine.publish.feed.identity import feed_address
from bobine.publish.layout import record_key
from bobine.publish.records import decode
from bobine.publish.text import paragraphs
from bobine.store.records.releases import read_releases, write_release
from bobine.store.workspace import Workspace


def taken_over_episode(workspace: Workspace, show: Show, day: date) -> Episode | None:
    """An episode that was taken over, by its records; None where there is none of that day.

    What its record says is noted in ``release.toml``, as of one that was published from here.

    Args:
        workspace: where the show is.
        show: the show.
        day: the episode's name.

    Raises:
        PublishError: if a destination fails.
        DiskError: if the note cannot be written.
    """
    folder = workspace.folder(show, day)
    known = read_releases(folder.release)
    found = None
    for destination in workspace.destinations:
        store = open_store(destination, workspace.root)
        content = fetch_confirmed(store, record_key(show.slug, day))
        release = decode(content.content, store.location(record_key(show.slug, day))) if content is not None else None
        if release is None or release.origin is None:
            continue
        found = release
        if destination.name not in known:
            short = replace(
                release, description=paragraphs(release.description), origin=replace(release.origin, notes="")
            )
            address = feed_address(show, store)
            write_release(
                folder.release,
                LocalRelease(
                    destination=destination.name, feed_url=address, status=ReleaseStatus.ONLINE, release=short
                ),
            )
    if found is None:
        return None
    return Episode(
        show=show.slug, date=day, season=found.season, number=found.number, title=found.title, kind=found.kind
    )
