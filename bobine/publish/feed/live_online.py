"""The live item in the feed that is online: put in, changed and taken out, and nothing else of the feed touched."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from bobine.errors import PublishError
from bobine.publish import media_types
from bobine.publish.destinations.asking import write_and_read_back
from bobine.publish.destinations.store import Store
from bobine.publish.feed.live_item import LiveItem, LiveStatus
from bobine.publish.feed.namespaces import ITUNES, PODCAST
from bobine.publish.feed.online_items import live_items, parse_feed, with_items, without_live_items
from bobine.publish.feed.patience import ATTEMPTS, let_others_finish, too_many
from bobine.publish.feed_stamp import stamped_like
from bobine.publish.layout import FEED_CACHE, feed_key


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveChange:
    """A change of the live item of a feed that was written.

    Attributes:
        begins: whether a show is on air now that was not.
        ends: whether the one that was on air is no more, and none is.
    """

    begins: bool = False
    ends: bool = False


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


def tell_live(store: Store, slug: str, item: LiveItem | None) -> LiveChange | None:
    """Bring the live item of a feed up to date, and tell what changed; None where the feed said it already.

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
        before = live_items(found.content)
        if _same(before, wanted):
            return None
        content = stamped_like(with_items(without_live_items(found.content), (), wanted), found.content)
        if write_and_read_back(store, key, content, media_types.FEED, FEED_CACHE, found):
            return _change(before, wanted)
        let_others_finish(attempt)
    raise too_many(store, key)


def _change(before: tuple[bytes, ...], after: tuple[bytes, ...]) -> LiveChange:
    was, is_now = _on_air(before), _on_air(after)
    return LiveChange(begins=bool(is_now - was), ends=bool(was) and not is_now)


def _on_air(elements: tuple[bytes, ...]) -> set[str]:
    """The guids of the shows on air."""
    found = [etree.fromstring(one) for one in elements]
    return {(one.findtext("guid") or "").strip() for one in found if one.get("status") == LiveStatus.LIVE}


def _same(here: tuple[bytes, ...], wanted: tuple[bytes, ...]) -> bool:
    return [_told(one) for one in here] == [_told(one) for one in wanted]


def _told(element: bytes) -> list[tuple[str, str, dict[str, str]]]:
    """The content of an element, however it is laid out."""
    return [(str(one.tag), (one.text or "").strip(), dict(one.attrib)) for one in etree.fromstring(element).iter()]
