"""The podcast's feed, from the show and its releases: the one module that drives feedgen."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from html import escape
from uuid import UUID, uuid5

from feedgen.feed import FeedGenerator

from bobine.french import long_date
from bobine.model.podcast import License
from bobine.model.published.release import Audio, Release
from bobine.model.show import Show
from bobine.publish import media_types
from bobine.publish.feed.namespaces import (
    AlternateEnclosure,
    ChannelTags,
    ItemTags,
    LicenseTag,
    new_channel,
    new_item,
)
from bobine.publish.layout import public_address
from bobine.publish.text import ascii_url, one_line, paragraphs

MAX_ITEMS = 300
"""Most items that one page of a feed holds (RFC 5005 pages come after it)."""

_GUID_NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
_NAME_CHARS = 128  # longest name of a person or licence (podcast namespace)
_ALTERNATES = {"audio/mpeg": ("audio/mpeg", "MP3"), "audio/ogg": ("audio/ogg; codecs=opus", "Opus")}


def feed_guid(feed_url: str) -> str:
    """The ``podcast:guid`` of a feed: UUIDv5 of its address without scheme and trailing slashes (podcast namespace).

    It is worked out once and kept for ever, even when the feed moves.
    """
    return str(uuid5(_GUID_NAMESPACE, re.sub(r"^[A-Za-z][A-Za-z0-9+.-]*://", "", feed_url.strip()).rstrip("/")))


def feed_bytes(
    show: Show, releases: Sequence[Release], base_url: str, feed_url: str, image_url: str, guid: str
) -> bytes:
    """The RSS feed, with what PSP-1 requires and recommends, newest first; the same values give the same bytes.

    Args:
        show: the show.
        releases: what is online, in any order; the 300 newest are in the feed.
        base_url: address of the destination's root, to which a stored file's key is added; ends with ``/``.
        feed_url: address of the feed itself.
        image_url: address of the channel's cover; ends in ``.jpg`` or ``.png``.
        guid: the podcast's identity, which :func:`feed_guid` once gave.
    """
    newest = sorted(releases, key=lambda release: (release.date, release.published, release.guid), reverse=True)
    shown, podcast = newest[:MAX_ITEMS], show.podcast
    tags = ChannelTags(
        guid=guid,
        locked=podcast.locked,
        owner=one_line(podcast.owner_email),
        license=_license(podcast.license),
        last_build=max((release.updated for release in shown), default=None),
    )
    channel = new_channel(tags)
    _describe(channel, show, ascii_url(feed_url), ascii_url(image_url))
    for release, title in zip(shown, _distinct_titles(shown), strict=True):
        _add_item(channel, show, release, title, ascii_url(base_url))
    document: bytes = channel.rss_str(pretty=True)
    return document


def _describe(channel: FeedGenerator, show: Show, feed_url: str, image_url: str) -> None:
    """Fill in the channel's own fields, in the order that feedgen needs."""
    podcast = show.podcast
    title = one_line(show.title) or show.slug
    channel.title(title)
    # the last link given becomes the channel's own: the page comes after the feed's address
    channel.link(href=feed_url, rel="self", type=media_types.FEED)
    channel.link(href=ascii_url(podcast.link), rel="alternate")
    channel.description(paragraphs(show.description) or title)
    channel.language(show.language)
    channel.generator("Bobine")
    channel.image(url=image_url, title=title, link=ascii_url(podcast.link))
    if _bare_copyright(podcast.copyright):
        channel.copyright(_bare_copyright(podcast.copyright))
    itunes = channel.podcast
    itunes.itunes_author(one_line(podcast.author) or title)
    category = {"cat": podcast.category, "sub": podcast.subcategory}
    itunes.itunes_category({key: name for key, name in category.items() if name})
    itunes.itunes_explicit("yes" if podcast.explicit else "no")
    itunes.itunes_image(image_url)
    itunes.itunes_type("episodic")
    if podcast.owner_email:
        name = one_line(podcast.owner_name) or one_line(podcast.author) or title
        itunes.itunes_owner(name=name, email=one_line(podcast.owner_email))


def _add_item(channel: FeedGenerator, show: Show, release: Release, title: str, base_url: str) -> None:
    podcast = show.podcast
    item = new_item(channel, _item_tags(release, _license(podcast.license), base_url))
    item.title(title)
    item.link(href=ascii_url(podcast.link))
    item.guid(release.guid, permalink=False)
    description = paragraphs(release.description) or title
    item.description(description)
    item.content(_html(description))
    main = release.audio[0].file
    item.enclosure(public_address(base_url, main.key), str(main.bytes), main.media_type)
    itunes = item.podcast
    itunes.itunes_image(public_address(base_url, release.image.key))
    itunes.itunes_duration(str(release.duration_s))
    itunes.itunes_explicit("yes" if podcast.explicit else "no")
    itunes.itunes_episode_type("full")
    itunes.itunes_season(release.season)
    itunes.itunes_episode(release.number)


def _item_tags(release: Release, terms: LicenseTag | None, base_url: str) -> ItemTags:
    people = ((one_line(person.name, _NAME_CHARS), person.role) for person in release.people)
    return ItemTags(
        published=release.published,
        season=release.season,
        episode=release.number,
        chapters_url=public_address(base_url, release.chapters.key),
        chapters_type=release.chapters.media_type,
        people=[(name, role) for name, role in people if name],
        license=terms,
        enclosures=[_enclosure(audio, base_url, index == 0) for index, audio in enumerate(release.audio)],
    )


def _enclosure(audio: Audio, base_url: str, default: bool) -> AlternateEnclosure:
    file = audio.file
    media_type, codec = _ALTERNATES.get(file.media_type, (file.media_type, ""))
    return AlternateEnclosure(
        url=public_address(base_url, file.key),
        media_type=media_type,
        bytes=file.bytes,
        bits_per_second=audio.kbps * 1000,
        title=f"{codec} {audio.kbps} kb/s".strip(),
        integrity=file.integrity,
        default=default,
    )


def _distinct_titles(releases: Sequence[Release]) -> list[str]:
    """Each item's title; the day follows where two would have the same, or none."""
    titles = [one_line(release.title) for release in releases]
    count = Counter(titles)
    distinct = []
    for release, title in zip(releases, titles, strict=True):
        day = long_date(release.date)
        if not title:
            distinct.append(day[0].upper() + day[1:])
        elif count[title] > 1:
            distinct.append(f"{one_line(release.title, 200)} ({day})")
        else:
            distinct.append(title)
    return distinct


def _license(terms: License | None) -> LicenseTag | None:
    """The licence as the namespace wants it: an SPDX identifier in lower case, or a name and its address."""
    name = one_line(terms.name, _NAME_CHARS) if terms else ""
    if terms is None or not name:
        return None
    return LicenseTag(name=name if " " in name else name.lower(), url=ascii_url(terms.url))


def _bare_copyright(text: str) -> str:
    """A copyright without its sign and years (PSP-1)."""
    bare = re.sub(r"©|℗|\([cC]\)|\b(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)?\d\d)?\b|\bcopyright\b", " ", one_line(text))
    return " ".join(bare.split()).strip(" ,;-–")


def _html(text: str) -> str:
    """Plain text as HTML: paragraphs and line breaks, everything else escaped."""
    blocks = escape(text, quote=False).split("\n\n")
    return "".join(f"<p>{'<br/>'.join(block.splitlines())}</p>" for block in blocks)
