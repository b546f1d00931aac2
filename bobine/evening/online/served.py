"""The feeds of a destination as the public gets them, after a publication or when everything is verified."""

from __future__ import annotations

from bobine.errors import PublishError
from bobine.model.destination import Destination, FolderDestination
from bobine.model.show import Show
from bobine.publish.check.served_feed import ServedFeed, look_at_served
from bobine.publish.destinations.store import Store
from bobine.publish.feed.identity import feed_address
from bobine.publish.layout import feed_key
from bobine.publish.outgoing.sending import stopped_by_hand


def feed_as_served(show: Show, destination: Destination, store: Store) -> ServedFeed | None:
    """The public's copy of a show's feed.

    Args:
        show: the show.
        destination: where it is published; a folder may be served later, or by another machine, and is not asked for.
        store: the same, opened.

    Returns:
        None where there is nothing to ask for.

    Raises:
        Interrupted: on Ctrl-C.
    """
    if isinstance(destination, FolderDestination):
        return None
    with stopped_by_hand("Le flux est à jour ; seule son adresse publique n'a pas été regardée jusqu'au bout"):
        try:
            published = store.fetch(feed_key(show.slug))
        except PublishError as error:
            return ServedFeed(str(error))
        return look_at_served(feed_address(show, store), published.content) if published is not None else None
