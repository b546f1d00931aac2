"""The writer of a show's feed at one destination, for publications, corrections and withdrawals."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bobine.evening.online.feed_pages import remembered
from bobine.model.published.release import StoredFile
from bobine.model.show import Show
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import feed_address
from bobine.publish.feed.live_item import LiveItem
from bobine.publish.feed.live_online import live_element
from bobine.publish.feed.online import FeedContent, WriteFeed
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.layout import public_address
from bobine.publish.serials import serial_files


def kept_for(show: Show) -> timedelta:
    """The time that a show's superseded files stay online."""
    return timedelta(days=show.podcast.keep_former_days)


def feed_writer(show: Show, store: Store, channel: StoredFile, guid: str, coming: LiveItem | None = None) -> WriteFeed:
    """Return the function that writes a show's feed.

    Args:
        show: the show.
        store: the destination.
        channel: the channel's cover there.
        guid: the podcast's identity.
        coming: the live item; without one, what the feed online says of the live show stays.
    """
    place = FeedPlace(
        base_url=store.public_url,
        feed_url=feed_address(show, store),
        image_url=public_address(store.public_url, channel.key),
        guid=guid,
    )

    def write_feed(content: FeedContent) -> Mapping[str, bytes]:
        live = (live_element(coming),) if coming is not None else content.live if show.station.stream else ()
        serials = serial_files(show, content.releases, place, content.left_out)
        with remembered(store, show.slug, content.online, content.standing) as memory:
            return serials | feed_files(show, content.releases, place, content.kept, content.left_out, live, memory)

    return write_feed
