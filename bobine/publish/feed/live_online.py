"""The live item in the feed that is online: put in, changed and taken out, and nothing else of the feed touched."""

from __future__ import annotations

from lxml import etree

from bobine.errors import PublishError
from bobine.publish import media_types
from bobine.publish.destinations.asking import write_and_read_back
from bobine.publish.destinations.store import Store
from bobine.publish.feed.live_item import LiveItem
from bobine.publish.feed.namespaces import ITUNES, PODCAST
from bobine.publish.feed.online_items import live_items, parse_feed, with_items, without_live_items
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.feed_stamp import stamped_like
from bobine.publish.layout import FEED_CACHE, feed_key


def live_element(item: LiveItem) -> bytes:
    """A live item as an element; a large client would take its cover, chapters or transcript for the feed's: none."""
    names = {"podcast": PODCAST, "itunes": ITUNES}
    attributes = {"status": item.status.value, "start": item.start.isoformat(), "end": item.end.isoformat()}
    element = etree.Element(f"{{{PODCAST}}}liveItem", attributes, nsmap=names)
    etree.SubElement(element, "title").text = item.title
    etree.SubElement(element, "link").text = item.link
    etree.SubElement(element, "guid", {"isPermaLink": "false"}).text = item.guid
    # a stream has no length: the namespace's examples have 0 or any other
    etree.SubElement(element, "enclosure", {"url": item.stream, "length": "0", "type": item.media_type})
    etree.SubElement(element, f"{{{PODCAST}}}contentLink", {"href": item.stream}).text = item.station
    written: bytes = etree.tostring(element)
    return written


def tell_live(store: Store, slug: str, item: LiveItem | None) -> bool:
    """Bring the live item of a feed up to date, and tell whether the feed was written.

    Args:
        store: the destination.
        slug: the show.
        item: what is to be there; None for nothing.

    Raises:
        PublishError: if the destination fails, or there is no feed yet.
    """
    key = feed_key(slug)
    wanted = (live_element(item),) if item is not None else ()
    for attempt in range(ATTEMPTS):
        found = store.fetch(key)
        if found is None or parse_feed(found.content) is None:
            raise PublishError(
                f"Destination « {store.name} » : il n'y a pas encore de flux où annoncer le direct : publiez "
                "d'abord un épisode."
            )
        if _same(live_items(found.content), wanted):
            return False
        content = stamped_like(with_items(without_live_items(found.content), (), wanted), found.content)
        if write_and_read_back(store, key, content, media_types.FEED, FEED_CACHE, found):
            return True
        let_others_finish(attempt)
    raise too_many(store, key)


def _same(here: tuple[bytes, ...], wanted: tuple[bytes, ...]) -> bool:
    return [_told(one) for one in here] == [_told(one) for one in wanted]


def _told(element: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """The content of an element, however it is laid out."""
    return [(str(one.tag), (one.text or "").strip(), dict(one.attrib)) for one in etree.fromstring(element).iter()]
