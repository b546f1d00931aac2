"""An episode of another host as a record here: what is kept of it, and what stands in for what it does not say."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bobine.model.published.release import Audio, Origin, Release, StoredFile
from bobine.model.show import Show
from bobine.publish.moving.chapters import items_of
from bobine.publish.moving.gathering import Gathered
from bobine.publish.moving.reading.source import SourceFeed, SourceItem, stable
from bobine.publish.records import former_files


def release_of(
    show: Show,
    feed: SourceFeed,
    item: SourceItem,
    day: date,
    place: tuple[int, int],
    files: Gathered,
    cover: StoredFile,
) -> Release:
    """The release of an episode that is taken over; the same values give the same one.

    Args:
        show: the show that it comes to.
        feed: the podcast that it comes from.
        item: the episode.
        day: its name here.
        place: its season and number, stated or counted.
        files: its files at the destination.
        cover: the cover of an episode that has none of its own.
    """
    main = files.sounds[0]
    explicit = item.explicit if item.explicit is not None else feed.explicit
    return Release(
        guid=item.guid,
        date=day,
        season=place[0],
        number=place[1],
        title=item.title,
        description=item.description,
        duration_s=max(1, round(main.duration_s)),
        published=item.published,
        updated=item.published,
        audio=tuple(Audio(file=one.file, kbps=one.kbps) for one in files.sounds),
        image=files.image or cover,
        chapters=files.chapters,
        people=tuple(sorted(dict.fromkeys(item.people), key=lambda person: person.role != "host")),
        kind=item.kind,
        explicit=None if explicit in (None, show.podcast.explicit) else explicit,
        items=items_of(files.marks, main.duration_s),
        transcripts=files.transcripts,
        soundbites=item.soundbites,
        discussion=item.discussion,
        origin=Origin(
            feed=feed.address,
            page=item.page,
            enclosure=stable(item.sound.address),
            notes=item.notes,
            says_season=item.season is not None,
            says_number=item.number is not None,
            season_name=item.season_name,
        ),
    )


def brought_in(release: Release, online: Release | None, now: datetime, keep: timedelta) -> Release:
    """The state of the record of an episode that is taken over, possibly again.

    What was withdrawn here since, or is published from a plan here, stays as it is.

    Args:
        release: the episode as its old feed tells it now.
        online: its record at the destination; None if there is none.
        now: the present instant (aware).
        keep: how long files that are replaced stay.
    """
    if online is None:
        return release
    if online.withdrawn is not None or online.origin is None or online.guid != release.guid:
        return online
    same = replace(release, updated=online.updated, former=online.former)
    if same == online:
        return online
    former = former_files(release, online, now + keep)
    return replace(release, updated=now.astimezone(UTC).replace(microsecond=0), former=former)
