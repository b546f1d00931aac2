"""The content of an export: files and records at the destination, feed and pages for the new place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from lxml import etree

from bobine.errors import PublishError
from bobine.model.published.release import Release, StoredFile
from bobine.model.show import Show
from bobine.publish.destinations.asking import fetch_confirmed
from bobine.publish.destinations.store import Listed, Store
from bobine.publish.feed.identity import podcast_guid
from bobine.publish.feed.namespaces import ITUNES
from bobine.publish.feed.online_items import KeptItem, items_online, outline, parse_feed
from bobine.publish.feed.write import FeedPlace, feed_files
from bobine.publish.layout import feed_key, feed_page, is_content_key, is_record_key, public_address
from bobine.publish.media_types import media_type
from bobine.publish.pages.online import TextsThere
from bobine.publish.pages.site import pages_of
from bobine.publish.records import NewerRecordError, UnreadableRecordError, decode, stored_files
from bobine.publish.text import ascii_url


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """A podcast as it stands at a destination.

    Attributes:
        releases: what its records say, withdrawn episodes included, oldest first.
        kept: episodes that are in the feed alone.
        files: every file that listeners can have; the digest is empty where no record tells it.
        texts: feed, pages and records, by key, as the new place is to have them.
        old_feed: the main feed that is online.
        missing: keys that are named and not there.
    """

    releases: tuple[Release, ...]
    kept: tuple[KeptItem, ...]
    files: tuple[StoredFile, ...]
    texts: Mapping[str, bytes]
    old_feed: bytes
    missing: tuple[str, ...]

    @property
    def heard(self) -> tuple[Release, ...]:
        """The episodes that can be heard."""
        return tuple(release for release in self.releases if release.withdrawn is None)


def what_leaves(store: Store, show: Show, new_root: str) -> Leaving:
    """Look at a podcast's destination; nothing is changed there.

    What was withdrawn does not leave, though it may still stand there for a while.

    Args:
        store: the destination.
        show: the show.
        new_root: address of the root of the new place, with ``/`` at the end; empty where files stay where they are.

    Raises:
        PublishError: if there is no feed there, or the destination fails.
    """
    listing = store.listing(f"{show.slug}/")
    online = _feed_pages(store, show.slug)
    records, releases = _records(store, listing)
    guids = {release.guid for release in releases}
    kept = {guid: item for page in online.values() for guid, item in items_online(page, guids).items()}
    files, missing = _files(store, show.slug, listing, releases, online.values())
    root = new_root or store.public_url
    feed = online if not new_root else _feed(store, show, releases, kept.values(), online, new_root, set(missing))
    return Leaving(
        releases=tuple(releases),
        kept=tuple(kept.values()),
        files=tuple(files),
        texts={**feed, **pages_of(show, releases, root, TextsThere(store)), **records},
        old_feed=online[feed_key(show.slug)],
        missing=tuple(missing),
    )


def moved_feed(content: bytes, new_address: str) -> bytes:
    """A feed that tells apps where it has moved to (``itunes:new-feed-url``)."""
    document = parse_feed(content)
    channel: Any = document.find("channel")
    tag = f"{{{ITUNES}}}new-feed-url"
    for old in channel.findall(tag):
        channel.remove(old)
    element = etree.Element(tag)
    element.text = ascii_url(new_address)
    first = channel.find("item")
    if first is not None:
        first.addprevious(element)
    else:
        channel.append(element)
    etree.indent(document)
    written: bytes = etree.tostring(document, xml_declaration=True, encoding="UTF-8") + b"\n"
    return written


def _feed_pages(store: Store, slug: str) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    waiting = [feed_key(slug)]
    while waiting:
        key = waiting.pop(0)
        page = fetch_confirmed(store, key)
        if page is None or parse_feed(page.content) is None:
            if key == feed_key(slug):
                raise PublishError(
                    f"Il n'y a pas de flux à la destination « {store.name} » ({store.location(key)}) : publiez d'abord."
                )
            continue
        found[key] = page.content
        named = (f"{slug}/{address.rpartition('/')[2]}" for address in outline(page.content)[0])
        waiting += [
            one for one in dict.fromkeys(named) if feed_page(slug, one) and one not in found and one not in waiting
        ]
    return found


def _records(store: Store, listing: Mapping[str, Listed]) -> tuple[dict[str, bytes], list[Release]]:
    records, releases = {}, []
    for key in sorted(key for key in listing if is_record_key(key)):
        content = fetch_confirmed(store, key)
        if content is None:
            continue
        try:
            releases.append(decode(content.content, store.location(key)))
        except NewerRecordError:
            raise
        except UnreadableRecordError:
            continue  # its episode leaves as the feed tells it
        records[key] = content.content
    return records, sorted(releases, key=lambda release: release.date)


def _files(
    store: Store, slug: str, listing: Mapping[str, Listed], releases: Iterable[Release], feed: Iterable[bytes]
) -> tuple[list[StoredFile], list[str]]:
    """The files that the records and the feed name, in order of key, and the keys of those that are not there."""
    told = {file.key: file for release in releases if release.withdrawn is None for file in stored_files(release)}
    gone = {file.key for release in releases if release.withdrawn is not None for file in stored_files(release)}
    named = {key: None for page in feed for key in _keys_in(page, ascii_url(store.public_url), slug)}
    found, missing = [], []
    for key in sorted({*told, *(named.keys() - gone)}):
        entry = listing.get(key)
        size = entry.bytes if entry is not None else getattr(store.head(key), "bytes", None)
        if key in told and size in (told[key].bytes, None):
            found.append(told[key])
        elif size is not None:
            found.append(StoredFile(key=key, media_type=media_type(key), bytes=size, sha256="", integrity=""))
        if size is None or (key in told and size != told[key].bytes):
            missing.append(key)
    return found, missing


def _keys_in(page: bytes, root: str, slug: str) -> Iterator[str]:
    """The keys of the immutable files that a page of a feed names."""
    for element in parse_feed(page).iter():
        for text in (*element.attrib.values(), (element.text or "").strip()):
            key = text.removeprefix(root) if text.startswith(root) else ""
            if key and is_content_key(key, slug):
                yield key


def _feed(
    store: Store,
    show: Show,
    releases: list[Release],
    kept: Iterable[KeptItem],
    online: Mapping[str, bytes],
    root: str,
    missing: set[str],
) -> dict[str, bytes]:
    """The feed as it is to be at the new place."""
    settled = replace(show, podcast=replace(show.podcast, new_feed_url=""))
    place = FeedPlace(
        base_url=root,
        feed_url=public_address(root, feed_key(show.slug)),
        image_url=_there(_image(online[feed_key(show.slug)]), store.public_url, root),
        guid=podcast_guid(show, store),
    )
    lost = {
        release.guid
        for release in releases
        if release.withdrawn is None and not missing.isdisjoint({release.audio[0].file.key, release.image.key})
    }
    return feed_files(
        settled, releases, place, [_moved(item, store.public_url, root) for item in kept], frozenset(lost)
    )


def _image(feed: bytes) -> str:
    image = parse_feed(feed).find(f"channel/{{{ITUNES}}}image")
    return (image.get("href") or "") if image is not None else ""


def _there(address: str, old_root: str, new_root: str) -> str:
    root = ascii_url(old_root)
    return ascii_url(new_root) + address.removeprefix(root) if address.startswith(root) else address


def _moved(item: KeptItem, old_root: str, new_root: str) -> KeptItem:
    """An item of the feed with the addresses of the new place; its identity stays, even where it is an address."""
    element = etree.fromstring(item.xml)
    for one in element.iter():
        for key, value in one.attrib.items():
            one.set(key, _there(value, old_root, new_root))
        if one.tag == "link":
            one.text = _there(one.text or "", old_root, new_root)
    return replace(item, xml=etree.tostring(element), enclosure=_there(item.enclosure, old_root, new_root))


def is_root(address: str) -> bool:
    """Whether a new address is that of a whole site: it ends with ``/``."""
    return re.fullmatch(r"https?://[^/?#]+/(?:[^?#]*/)?", address, re.IGNORECASE) is not None
