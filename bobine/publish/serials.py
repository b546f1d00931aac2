"""Feeds of chroniques: each is a serial of its own, of the items that releases give a sound of their own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from uuid import UUID, uuid5

from bobine.french import long_date
from bobine.model.episode import EpisodeType
from bobine.model.published.release import HeardItem, Instalment, Release
from bobine.model.show import Chronique, Show
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.layout import SERIALS, feed_key, public_address, serial_slug
from bobine.publish.records import stored_files


def instalment_guid(podcast_guid: str, release: Release, item: str) -> str:
    """The identity of an item in its chronique's feed, for ever: UUIDv5 in the podcast's own namespace.

    Raises:
        ValueError: if the podcast's guid is not a UUID.
    """
    return str(uuid5(UUID(podcast_guid), f"{release.date} {item}"))


def serial_title(show: Show, chronique: Chronique) -> str:
    """The title of a chronique's own podcast."""
    return f"{chronique.title} · {show.title}"


def serial_files(
    show: Show, releases: Sequence[Release], place: FeedPlace, left_out: Collection[str] = ()
) -> dict[str, bytes]:
    """The feeds of chroniques and their further pages, by key; the same values give the same bytes.

    A chronique whose last item has left stays with an empty feed as long as files of it are to be deleted.

    Args:
        show: the show.
        releases: what is online, withdrawn episodes included.
        place: the addresses of the show's own feed.
        left_out: guids of releases that are in no feed.
    """
    found: dict[str, list[Release]] = {}
    for release in sorted(releases, key=lambda one: one.date):
        for chronique in _named(show.slug, release):
            found.setdefault(chronique, [])
        if release.withdrawn is None and release.guid not in left_out:
            items = {item.id: item for item in release.items}
            for one in release.instalments:
                if one.item in items:
                    own = found[one.chronique]
                    own.append(_alone(show, release, one, items[one.item], len(own) + 1))
    files: dict[str, bytes] = {}
    for chronique, own in sorted(found.items()):
        files |= feed_files(_show_of(show, chronique, place), own, _place_of(show, chronique, place))
    return files


def _named(slug: str, release: Release) -> Iterator[str]:
    """The chroniques of which a release has, or had, a sound."""
    keys = [*(file.key for file in stored_files(release)), *(file.key for file in release.former)]
    for key in keys:
        part = re.match(rf"{re.escape(slug)}/{SERIALS}/([^/]+)/", key)
        if part is not None:
            yield part[1]


def _alone(show: Show, release: Release, one: Instalment, item: HeardItem, place: int) -> Release:
    """An item as an episode of its chronique's feed; numbered as the serial is, else by its place."""
    return replace(
        release,
        guid=one.guid,
        number=item.instalment or place,
        title=item.title or release.title,
        description=f"Dans « {release.title} », {show.title}, {long_date(release.date)}.",
        duration_s=one.duration_s,
        audio=(one.audio,),
        people=tuple(person for person in release.people if person.name in item.people),
        kind=EpisodeType.FULL,
        items=(),
        transcripts=(),
        soundbites=(),
        discussion="",
        instalments=(),
        former=(),
    )


def _show_of(show: Show, chronique_id: str, place: FeedPlace) -> Show:
    known = next((one for one in show.chroniques if one.id == chronique_id), None)
    chronique = known or Chronique(id=chronique_id, title=chronique_id)
    podcast = replace(
        show.podcast,
        guid=_guid_of(chronique_id, place),
        discussion="",
        txt="",
        txt_purpose="",
        podroll=(place.guid,),
    )
    about = chronique.description or f"{chronique.title}, dans {show.title}."
    return replace(
        show,
        slug=serial_slug(show.slug, chronique_id),
        title=serial_title(show, chronique),
        description=f"{about}\n\n{show.description}",
        podcast=podcast,
    )


def _place_of(show: Show, chronique: str, place: FeedPlace) -> FeedPlace:
    key = feed_key(serial_slug(show.slug, chronique))
    return replace(
        place, feed_url=public_address(place.base_url, key), guid=_guid_of(chronique, place), pages_of=show.slug
    )


def _guid_of(chronique: str, place: FeedPlace) -> str:
    """The ``podcast:guid`` of a chronique's feed: it follows from the show's, so that it moves with it."""
    return str(uuid5(UUID(place.guid), f"chronique {chronique}"))
