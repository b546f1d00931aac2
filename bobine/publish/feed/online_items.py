"""The items of a feed that is online: which there are, and those that stay though no record tells of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

_PODCAST = "{https://podcastindex.org/namespace/1.0}"
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptItem:
    """An item of a feed as it stands there.

    Attributes:
        guid: its identity.
        title: what it is called.
        published: its date (aware); 1970 where it has none that can be read.
        day: day of broadcast that the addresses of its page or sound tell, as ``2026-11-26``; empty where none does.
        enclosure: address of its sound.
        xml: the element.
    """

    guid: str
    title: str
    published: datetime
    day: str
    enclosure: str
    xml: bytes


def parse_feed(content: bytes) -> Any:
    """A feed as a document; None if it is not one. Nothing outside of the bytes is read, and entities stay closed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def outline(content: bytes) -> tuple[tuple[str, ...], frozenset[str]]:
    """The addresses of the other pages that a page of a feed names (RFC 5005), and the guids of its items."""
    document = parse_feed(content)
    links = [] if document is None else document.findall(f"channel/{_ATOM_LINK}")
    pages = tuple(link.get("href", "") for link in links if link.get("rel") in ("first", "previous", "next", "last"))
    return pages, frozenset(guid for guid, _ in _items(document))


def items_online(content: bytes, but_for: Collection[str] = ()) -> dict[str, KeptItem]:
    """The items of one page of a feed, by guid, without those of some guids; none where it is no feed."""
    found = {}
    for guid, item in _items(parse_feed(content)):
        if guid in but_for:
            continue
        enclosure = next((element.get("url", "") for element in item.findall("enclosure")), "")
        day = _DAY.search(item.findtext("link") or "") or _DAY.search(enclosure)
        found[guid] = KeptItem(
            guid=guid,
            title=" ".join((item.findtext("title") or "").split()),
            published=_instant(item.findtext("pubDate") or ""),
            day=day[0] if day is not None else "",
            enclosure=enclosure,
            xml=etree.tostring(item, with_tail=False),
        )
    return found


def live_items(content: bytes) -> tuple[bytes, ...]:
    """The live items of a feed, as they stand there."""
    document = parse_feed(content)
    if document is None:
        return ()
    return tuple(etree.tostring(item, with_tail=False) for item in document.findall(f"channel/{_PODCAST}liveItem"))


def without_live_items(content: bytes) -> bytes:
    """A feed without its live items."""
    document = parse_feed(content)
    found = document.findall(f"channel/{_PODCAST}liveItem")
    if not found:
        return content
    for item in found:
        item.getparent().remove(item)
    etree.indent(document)
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
    return written


def live_guid_of(element: bytes) -> str:
    """The guid of a live item."""
    return (etree.fromstring(element).findtext("guid") or "").strip()


def with_items(content: bytes, kept: Sequence[tuple[int, KeptItem]], live: Sequence[bytes] = ()) -> bytes:
    """A feed with items that were online already, and live items before all of them.

    Args:
        content: the feed as it was just written.
        kept: each item with its place among all items, from 0, in order.
        live: elements of live items.
    """
    if not kept and not live:
        return content
    document = parse_feed(content)
    channel = document.find("channel")
    items = channel.findall("item")
    for place, item in kept:
        element = etree.fromstring(item.xml)
        if place < len(items):
            items[place].addprevious(element)
        else:
            channel.append(element)
        items.insert(place, element)
    for xml in live:
        element = etree.fromstring(xml)
        if items:
            items[0].addprevious(element)
        else:
            channel.append(element)
    etree.cleanup_namespaces(document, keep_ns_prefixes=list(document.nsmap))
    etree.indent(document)
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
    return written


def _instant(text: str) -> datetime:
    try:
        instant = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return _EPOCH
    return instant if instant.tzinfo is not None else instant.replace(tzinfo=UTC)


def _items(document: Any) -> Iterator[tuple[str, Any]]:
    if document is None:
        return
    for item in document.findall("channel/item"):
        guid = (item.findtext("guid") or "").strip()
        if guid:
            yield guid, item
