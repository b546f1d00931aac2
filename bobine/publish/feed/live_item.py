"""The live item of a feed (podcast namespace): the show that comes, is on air, or has just been. Pure.

A function of the grid and the present instant. There is one at a time, as each has the station's stream for its
enclosure, and an enclosure belongs to one item.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID, uuid5

from bobine.model.show import Show
from bobine.publish.text import ascii_url, one_line

_ENDED_FOR = timedelta(hours=24)
"""How long a show that is over waits in the feed for its episode."""

_TYPES = {"aac": "audio/aac", "m3u8": "application/vnd.apple.mpegurl", "ogg": "audio/ogg", "opus": "audio/ogg"}


class LiveStatus(StrEnum):
    """The states of a live item (podcast namespace)."""

    PENDING = "pending"
    LIVE = "live"
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedShow:
    """A show of the grid.

    Attributes:
        day: day of broadcast.
        title: the episode's title.
        ended: when its air was given back (aware); None where it was not, or nobody noted it.
        is_online: whether its episode is in the feed, or was withdrawn from it.
    """

    day: date
    title: str
    ended: datetime | None = None
    is_online: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveItem:
    """A live item.

    Attributes:
        guid: its identity; the episode's is another.
        status: what it is now.
        title: what it is called.
        start: when the slot begins (aware).
        end: when it ends (aware).
        link: the show's page.
        stream: address of the station's sound.
        media_type: what that is.
        station: what the link to the stream says.
    """

    guid: str
    status: LiveStatus
    title: str
    start: datetime
    end: datetime
    link: str
    stream: str
    media_type: str
    station: str


def live_guid(podcast_guid: str, day: date) -> str:
    """The identity of a day's live item, for ever: UUIDv5 in the podcast's own namespace.

    Raises:
        ValueError: if the podcast's guid is not a UUID.
    """
    return str(uuid5(UUID(podcast_guid), f"live {day.isoformat()}"))


def live_item(show: Show, podcast_guid: str, planned: Sequence[PlannedShow], now: datetime) -> LiveItem | None:
    """The live item of this instant; None where the station has no stream, or no show is planned.

    Args:
        show: the show.
        podcast_guid: the podcast's identity.
        planned: the episodes that are planned or were on air, in any order.
        now: the present instant (aware).
    """
    if not show.station.stream:
        return None
    for one in sorted(planned, key=lambda one: one.day):
        start, end = show.slot.bounds(one.day)
        status = _status(start, end, one, now)
        if one.is_online or (status is LiveStatus.ENDED and now >= end + _ENDED_FOR):
            continue
        return LiveItem(
            guid=live_guid(podcast_guid, one.day),
            status=status,
            title=one_line(f"En direct : {one.title}") if one.title else one_line(show.title),
            start=start,
            end=end,
            link=ascii_url(show.podcast.link),
            stream=ascii_url(show.station.stream),
            media_type=_media_type(show.station.stream),
            station=one_line(show.station.name, 128),
        )
    return None


def _status(start: datetime, end: datetime, one: PlannedShow, now: datetime) -> LiveStatus:
    if now >= end or (one.ended is not None and start <= one.ended <= now):
        return LiveStatus.ENDED
    return LiveStatus.LIVE if now >= start else LiveStatus.PENDING


def _media_type(address: str) -> str:
    return _TYPES.get(address.partition("?")[0].rpartition(".")[2].lower(), "audio/mpeg")
