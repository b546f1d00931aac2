"""The items of a feed that is online: which there are, and those that stay though their record cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from lxml import etree


def parse_feed(content: bytes) -> Any:
    """A feed as a document; None if it is not one. Nothing outside of the bytes is read, and entities stay closed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def titles_by_guid(content: bytes) -> dict[str, str]:
    """The title of each item of a feed, by guid; none where it is no feed."""
    return {guid: " ".join((item.findtext("title") or "").split()) for guid, item in _items(parse_feed(content))}


def with_items_kept(content: bytes, online: bytes) -> bytes:
    """A feed with the items that only the feed online has, as they stand there, in their places.

    Args:
        content: the feed as it was just written.
        online: the feed that it is to replace.
    """
    document, before = parse_feed(content), dict(_items(parse_feed(online)))
    mine = dict(_items(document))
    channel = document.find("channel") if document is not None else None
    if channel is None or before.keys() <= mine.keys():
        return content
    shared = next((mine[guid] for guid in before if guid in mine), None)
    previous = None
    for guid, item in before.items():
        here = mine.get(guid)
        if here is None:
            here = deepcopy(item)
            if previous is not None:
                previous.addnext(here)
            elif shared is not None:
                shared.addprevious(here)
            else:
                channel.append(here)
        previous = here
    etree.indent(document)
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
    return written


def _items(document: Any) -> Iterator[tuple[str, Any]]:
    if document is None:
        return
    for item in document.findall("channel/item"):
        guid = (item.findtext("guid") or "").strip()
        if guid:
            yield guid, item
