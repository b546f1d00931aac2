"""The podcast's identity: one ``podcast:guid`` for ever, wherever the feed moves."""

from __future__ import annotations

from urllib.parse import urlsplit
from uuid import UUID

from bobine.errors import PublishError
from bobine.model.show import Show
from bobine.publish.destinations.asking import fetch_confirmed
from bobine.publish.destinations.store import Store
from bobine.publish.feed.online_items import parse_feed
from bobine.publish.feed.write import feed_guid
from bobine.publish.layout import feed_key, public_address

_GUID = "{https://podcastindex.org/namespace/1.0}guid"
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def podcast_guid(show: Show, store: Store, public_url: str | None = None) -> str:
    """The guid that ``shows.toml`` states, else the one that the feed online has, else the one of the feed's address.

    Args:
        show: the show.
        store: the destination whose feed is asked.
        public_url: root of the destination whose address founds the identity, where that is another one.

    Raises:
        PublishError: if the destination, or the feed that is there, cannot be read.
    """
    founder = public_address(public_url if public_url is not None else store.public_url, feed_key(show.slug))
    return show.podcast.guid or _guid_online(show, store) or feed_guid(founder)


def feed_address(show: Show, store: Store) -> str:
    """Public address of the show's feed at this destination."""
    return public_address(store.public_url, feed_key(show.slug))


def is_for_ever(public_url: str) -> bool:
    """Whether a destination's address may found the podcast's identity: a loopback one is only a trial."""
    return urlsplit(public_url).hostname not in _LOOPBACK


def _guid_online(show: Show, store: Store) -> str:
    found = fetch_confirmed(store, feed_key(show.slug))
    if found is None:
        return ""
    document = parse_feed(found.content)
    if document is None:
        raise PublishError(
            f"Le flux qui est à la destination « {store.name} », « {store.location(feed_key(show.slug))} », ne se lit "
            "pas, et l'identité du podcast s'y trouve : recommencez dans un instant, ou remettez-le d'après une "
            "sauvegarde, ou supprimez-le."
        )
    try:
        return str(UUID(document.findtext(f"channel/{_GUID}") or ""))
    except ValueError:
        return ""
