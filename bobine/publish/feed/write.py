"""The podcast's feed, from the show and its releases: the one module that drives feedgen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from html import escape
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator

from bobine.french import long_date
from bobine.model.episode import EpisodeType
from bobine.model.published.release import Release
from bobine.model.show import Show
from bobine.publish import media_types
from bobine.publish.feed.channel_words import (
    bare_copyright,
    frequency,
    funding,
    license_tag,
    location_tag,
    txt,
)
from bobine.publish.feed.item_tags import item_tags, person_tags
from bobine.publish.feed.live_item import live_guid
from bobine.publish.feed.namespaces import new_channel, new_item
from bobine.publish.feed.online_items import KeptItem, live_guid_of, with_items
from bobine.publish.feed.paging import paged, relations
from bobine.publish.feed.tags import ChannelTags, ImageTag, TrailerTag
from bobine.publish.layout import episode_page_key, feed_key, public_address
from bobine.publish.media_types import media_type
from bobine.publish.memory.feed_memory import FeedMemory
from bobine.publish.memory.prints import digest, release_print
from bobine.publish.memory.uncollected import set_aside
from bobine.publish.text import ascii_url, one_line, paragraphs, same_in_html

_GUID_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPlace:
    """The addresses of a feed.

    Attributes:
        base_url: address of the destination's root, to which a stored file's key is added; ends with ``/``.
        feed_url: address of the feed itself.
        image_url: address of the channel's cover; ends in ``.jpg`` or ``.png``.
        guid: the podcast's identity, which :func:`feed_guid` once gave.
        pages_of: for a chronique's own feed, the slug of the show to whose pages its items lead; empty for a show's.
    """

    base_url: str
    feed_url: str
    image_url: str
    guid: str
    pages_of: str = ""


def feed_guid(feed_url: str) -> str:
    """The ``podcast:guid`` of a feed: UUIDv5 of its address without scheme and trailing slashes (podcast namespace).

    It is worked out once and kept for ever, even when the feed moves.
    """
    return str(uuid5(_GUID_NAMESPACE, re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", feed_url.strip()).rstrip("/")))


def feed_bytes(
    show: Show, releases: Sequence[Release], base_url: str, feed_url: str, image_url: str, guid: str
) -> bytes:
    """The main feed alone; see :func:`feed_files`, and :class:`FeedPlace` for the addresses."""
    place = FeedPlace(base_url=base_url, feed_url=feed_url, image_url=image_url, guid=guid)
    return feed_files(show, releases, place)[feed_key(show.slug)]


@set_aside()
def feed_files(
    show: Show,
    releases: Sequence[Release],
    place: FeedPlace,
    kept: Sequence[KeptItem] = (),
    left_out: frozenset[str] = frozenset(),
    live: Sequence[bytes] = (),
    memory: FeedMemory | None = None,
) -> dict[str, bytes]:
    """The RSS feed and its further pages, with what PSP-1 requires and recommends, newest first; the main feed last.

    The same values give the same bytes. What is withdrawn or left out keeps its place, so that no page changes but the
    one that it was on.

    Args:
        show: the show.
        releases: what is online, in any order.
        place: the addresses.
        kept: items that are in the feed as they stood online.
        left_out: guids of releases that are in no page.
        live: elements of live items, for the main feed; one whose episode is online leaves it.
        memory: the further pages that are online, to be given again where they were made from the same, or left out
            where they were not read.
    """
    entries: list[Release | KeptItem] = [*releases, *kept]
    entries.sort(key=_age)
    titles = _distinct_titles([entry for entry in entries if isinstance(entry, Release)])
    pages = paged(entries)
    replaced = {live_guid(place.guid, release.date) for release in releases} if live else set()
    shown_live = [one for one in live if live_guid_of(one) not in replaced]
    about = digest(repr(show), repr(place))
    written = {}
    for page, oldest_first in pages.items():
        key = feed_key(show.slug, page)
        shown = [entry for entry in reversed(oldest_first) if not _is_gone(entry, left_out)]
        make = partial(_page, show, shown, titles, place, (page, len(pages)), shown_live if page == 1 else ())
        content: bytes | None
        if page == 1 or memory is None:
            content = make()
        else:
            links = repr(relations(page, len(pages)))
            content = memory.page(key, digest(about, links, *_prints(shown, titles)), make)
        if content is not None:
            written[key] = content
    return written


def _page(
    show: Show,
    shown: Sequence[Release | KeptItem],
    titles: Mapping[str, str],
    place: FeedPlace,
    page_of_pages: tuple[int, int],
    live: Sequence[bytes],
) -> bytes:
    own = [entry for entry in shown if isinstance(entry, Release)]
    channel = _channel(show, own, place, *page_of_pages)
    for release in own:
        _add_item(channel, show, release, titles[release.guid], place)
    document: bytes = channel.rss_str(pretty=True)
    places = [(index, entry) for index, entry in enumerate(shown) if isinstance(entry, KeptItem)]
    return with_items(document, places, live)


def _prints(shown: Sequence[Release | KeptItem], titles: Mapping[str, str]) -> list[str]:
    """Prints of all that the items of a page are made from."""
    return [
        f"{titles[entry.guid]} {release_print(entry)}" if isinstance(entry, Release) else repr(entry) for entry in shown
    ]


def _age(entry: Release | KeptItem) -> tuple[datetime, str, str]:
    day = entry.date.isoformat() if isinstance(entry, Release) else entry.day
    return entry.published, day, entry.guid


def _is_gone(entry: Release | KeptItem, left_out: frozenset[str]) -> bool:
    return entry.guid in left_out or (isinstance(entry, Release) and entry.withdrawn is not None)


def _channel(show: Show, releases: Sequence[Release], place: FeedPlace, page: int, pages: int) -> FeedGenerator:
    """The channel of one page, without its items; only the main feed tells of what its newest items say."""
    podcast, is_main = show.podcast, page == 1

    def address(number: int) -> str:
        key = feed_key(show.slug, number)
        return ascii_url(place.feed_url if number == 1 else public_address(place.base_url, key))

    title = one_line(show.title) or show.slug
    image_url = ascii_url(place.image_url)
    alt = one_line(podcast.image_alt) or f"Couverture : {one_line(title, 200)}"
    tags = ChannelTags(
        guid=place.guid,
        locked=podcast.locked,
        image=ImageTag(url=image_url, media_type=media_type(image_url), alt=alt),
        owner=one_line(podcast.owner_email),
        license=license_tag(podcast.license),
        last_build=max((release.updated for release in releases), default=None),
        pages=[(relation, address(number)) for relation, number in relations(page, pages)],
        hub=ascii_url(podcast.hub),
        funding=funding(podcast),
        location=location_tag(podcast),
        people=_hosts(releases) if is_main else (),
        frequency=None if place.pages_of else frequency(show),
        trailers=_trailers(releases, place.base_url) if is_main else (),
        podroll=podcast.podroll,
        discussion=ascii_url(podcast.discussion),
        txt=txt(podcast),
    )
    channel = new_channel(tags)
    _describe(channel, show, address(page), image_url, is_serial=bool(place.pages_of))
    return channel


def _hosts(releases: Sequence[Release]) -> list[tuple[str, str]]:
    """Those who present the newest full episode that says who does."""
    for release in releases:
        hosts = [(name, role) for name, role in person_tags(release) if role == "host"]
        if hosts and release.kind is EpisodeType.FULL:
            return hosts
    return []


def _trailers(releases: Sequence[Release], base_url: str) -> list[TrailerTag]:
    return [
        TrailerTag(
            title=one_line(release.title, 128) or long_date(release.date),
            url=public_address(ascii_url(base_url), release.audio[0].file.key),
            bytes=release.audio[0].file.bytes,
            media_type=release.audio[0].file.media_type,
            published=release.published,
            season=release.stated_season,
        )
        for release in releases
        if release.kind is EpisodeType.TRAILER
    ]


def _describe(channel: FeedGenerator, show: Show, feed_url: str, image_url: str, *, is_serial: bool) -> None:
    """Fill in the channel's own fields, in the order that feedgen needs."""
    podcast = show.podcast
    title = one_line(show.title) or show.slug
    channel.title(title)
    # the last link given becomes the channel's own: the page comes after the feed's address
    channel.link(href=feed_url, rel="self", type=media_types.FEED)
    channel.link(href=ascii_url(podcast.link), rel="alternate")
    channel.description(_description(show.description) or title)
    channel.language(show.language)
    channel.generator("Bobine")
    channel.image(url=image_url, title=title, link=ascii_url(podcast.link))
    if bare_copyright(podcast.copyright):
        channel.copyright(bare_copyright(podcast.copyright))
    itunes = channel.podcast
    itunes.itunes_author(one_line(podcast.author) or title)
    category = {"cat": podcast.category, "sub": podcast.subcategory}
    itunes.itunes_category({key: name for key, name in category.items() if name})
    itunes.itunes_explicit("yes" if podcast.explicit else "no")
    itunes.itunes_image(image_url)
    itunes.itunes_type("serial" if is_serial else "episodic")
    if podcast.new_feed_url:
        itunes.itunes_new_feed_url(ascii_url(podcast.new_feed_url))
    if podcast.owner_email:
        name = one_line(podcast.owner_name) or one_line(podcast.author) or title
        itunes.itunes_owner(name=name, email=one_line(podcast.owner_email))


def _add_item(channel: FeedGenerator, show: Show, release: Release, title: str, place: FeedPlace) -> None:
    base_url = ascii_url(place.base_url)
    tags = item_tags(show, release, title, base_url, with_chapters=not place.pages_of)
    item = new_item(channel, tags)
    item.title(title)
    item.link(href=public_address(base_url, episode_page_key(place.pages_of or show.slug, release.date)))
    item.guid(release.guid, permalink=False)
    item.description(_description(release.description) or title)
    notes = release.origin.notes if release.origin is not None else ""
    item.content(notes or _html(paragraphs(release.description) or title))
    main = release.audio[0].file
    item.enclosure(public_address(base_url, main.key), str(main.bytes), main.media_type)
    itunes = item.podcast
    itunes.itunes_image(tags.image.url)
    itunes.itunes_duration(str(release.duration_s))
    explicit = show.podcast.explicit if release.explicit is None else release.explicit
    itunes.itunes_explicit("yes" if explicit else "no")
    itunes.itunes_episode_type(release.kind.value)
    if tags.season is not None:
        itunes.itunes_season(release.season)
    if tags.episode is not None:
        itunes.itunes_episode(tags.episode)


def _distinct_titles(releases: Sequence[Release]) -> dict[str, str]:
    """Each item's title, by guid; the day follows where two would have the same, or none.

    What was taken over keeps the title that its listeners know.
    """
    titles = {release.guid: one_line(release.title) for release in releases}
    count = Counter(titles[release.guid] for release in releases)
    distinct = {}
    for release in releases:
        title = titles[release.guid]
        if not title:
            day = long_date(release.date)
            distinct[release.guid] = day[0].upper() + day[1:]
        elif count[title] > 1 and release.origin is None:
            distinct[release.guid] = f"{one_line(release.title, 200)} ({long_date(release.date)})"
        else:
            distinct[release.guid] = title
    return distinct


def _description(text: str) -> str:
    """Plain text for clients that take it for text, and for those that take it for HTML."""
    return paragraphs(same_in_html(paragraphs(text)))


def _html(text: str) -> str:
    """Plain text as HTML: paragraphs and line breaks, everything else escaped."""
    blocks = escape(text, quote=False).split("\n\n")
    return "".join(f"<p>{'<br/>'.join(block.splitlines())}</p>" for block in blocks)
