"""A podcast of another host, read from the pages of its feed: its episodes, each with an identity and a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bobine.errors import PublishError
from bobine.publish.check.reading import read_feed
from bobine.publish.check.rules.looking import is_uuid, names
from bobine.publish.check.rules.tree import Node
from bobine.publish.moving.reading import forms, notes
from bobine.publish.moving.reading.atom import channel_of, is_atom
from bobine.publish.moving.reading.items import Losses, RawItem, address, read_item
from bobine.publish.moving.reading.source import SourceFeed, SourceItem
from bobine.publish.text import one_line

MOST_ITEMS = 20_000
"""Most episodes of a podcast that are taken over."""

_UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
_KNOWN = names(
    "title link description language image item lastBuildDate pubDate generator docs ttl managingEditor webMaster "
    "copyright category cloud skipHours skipDays rating textInput atom:link atom:author atom:id atom:updated "
    "itunes:author itunes:owner itunes:category itunes:explicit itunes:image itunes:summary itunes:subtitle "
    "itunes:type itunes:keywords itunes:new-feed-url itunes:block itunes:title podcast:guid podcast:locked "
    "podcast:medium podcast:image podcast:images podcast:person podcast:updateFrequency podcast:trailer "
    "podcast:liveItem fh:archive fh:complete sy:updatePeriod sy:updateFrequency"
)
_SETTINGS = {
    "podcast:funding": "funding",
    "podcast:license": "license",
    "podcast:location": "location",
    "podcast:podroll": "podroll",
    "podcast:socialInteract": "discussion",
    "podcast:txt": "txt",
}


def page_of(content: bytes, where: str) -> Node:
    """The channel of one page of a feed.

    Raises:
        PublishError: if it is no feed of a podcast, in RSS or in Atom.
    """
    reading = read_feed(content)
    if reading.root is None:
        reason = reading.findings[0].text if reading.findings else "Ce n'est pas un flux."
        raise PublishError(f"Le flux « {where} » ne peut pas être repris. {reason}")
    channel = channel_of(reading.root) if is_atom(reading.root) else reading.root.first("channel")
    if channel is None:
        raise PublishError(f"« {where} » n'est pas un flux de podcast : donnez l'adresse de son flux, RSS ou Atom.")
    return channel


def next_page(channel: Node, at: str) -> str:
    """Address of the page that follows (RFC 5005); empty where there is none.

    Args:
        channel: the channel of a page.
        at: where that page is; may be empty.
    """
    links = [link for link in channel.all("atom:link") if link.get("rel") == "next"]
    return address(links[0].get("href"), at) if links else ""


def read_pages(pages: Sequence[tuple[str, Node]]) -> SourceFeed:
    """The podcast that the pages of a feed tell of.

    Args:
        pages: the address of each page (empty for a file), and its channel; the main feed first.
    """
    losses = Losses()
    at, main = pages[0]
    own = next((link.get("href") for link in main.all("atom:link") if link.get("rel") == "self"), "")
    raw: list[RawItem] = []
    for base, channel in pages:
        nodes = channel.all("item") or []
        raw += [one for node in nodes if (one := read_item(node, base, losses, _UNDATED)) is not None]
    if len(raw) > MOST_ITEMS:
        raise PublishError(f"Ce flux a {len(raw)} épisodes : {MOST_ITEMS} au plus peuvent être repris.")
    items = _identified(_dated(raw, losses), losses)
    items.reverse()  # a feed begins with its newest, also of one instant
    items.sort(key=lambda item: item.published)
    for name in sorted({child.name for child in main.children} - _KNOWN - _SETTINGS.keys()):
        losses.say(f"Le flux a une balise {one_line(name, 60)}, qui n'est pas reprise.")
    moved = address(main.value("itunes:new-feed-url"), at)
    if moved and moved not in (at, own):
        losses.say(f"Ce flux dit qu'il a déménagé à {moved} : reprenez plutôt celui-là.")
    if main.all("podcast:liveItem"):
        losses.say("Le direct que le flux annonce n'est pas repris : Bobine annonce le sien (stream, dans shows.toml).")
    kinds = [f"{what} : {_times(count)}." for what, count in losses.kinds.items()]
    guid = main.value("podcast:guid").lower()
    return SourceFeed(
        address=address(own, at) or at,
        title=one_line(notes.plain(main.value("title"))),
        guid=guid if is_uuid(guid) else "",
        is_locked=main.value("podcast:locked").lower() == "yes",
        owner=_owner(main),
        image=_image(main, at),
        explicit=forms.truth(main.value("itunes:explicit")),
        items=tuple(items),
        said=tuple(_said(main)),
        lost=(*losses.sentences, *(f"N'est pas repris, {kind}" for kind in kinds)),
    )


def _dated(raw: Sequence[RawItem], losses: Losses) -> list[tuple[SourceItem, str]]:
    """The items with their dates, in the order of the feed; a missing one follows from the next older item's."""
    found: list[tuple[SourceItem, str]] = []
    before: datetime | None = None
    earliest = min((one.date for one in raw if one.date is not None), default=_UNDATED)
    for one in reversed(raw):
        instant = one.date
        if instant is None:
            instant = before + timedelta(minutes=1) if before else earliest - timedelta(minutes=1)
            title = one.item.title or "Sans titre"
            losses.say(f"« {title} » n'a pas de date qui se lise : il prend sa place dans l'ordre du flux.")
        before = instant
        found.append((replace(one.item, published=instant), one.stated_guid))
    return found[::-1]


def _identified(items: Iterable[tuple[SourceItem, str]], losses: Losses) -> list[SourceItem]:
    """The items, each with an identity of its own; one that two pages give is one.

    An app knows an item without a guid by the address of its sound, and of two items with one guid it keeps the newest.
    """
    found: dict[str, SourceItem] = {}
    for item, stated in items:
        guid = stated or item.sound.address
        there = found.get(guid)
        if there is not None and there.sound == item.sound and (there.title == item.title or not stated):
            continue  # pages may overlap
        if there is not None:
            guid = item.sound.address
            if guid in found:
                losses.say(f"« {item.title} » a l'identité et le son d'un autre épisode : il n'est pas repris.")
                continue
            losses.say(f"« {item.title} » a l'identité (guid) de « {there.title} » : l'adresse de son son la remplace.")
        found[guid] = replace(item, guid=guid)
    return list(found.values())


def _owner(channel: Node) -> str:
    locked = channel.first("podcast:locked")
    stated = locked.get("owner") if locked is not None else ""
    owner = channel.first("itunes:owner")
    return one_line(stated or (owner.value("itunes:email") if owner is not None else ""), 200)


def _image(channel: Node, base: str) -> str:
    plain = channel.first("image")
    texts = [one.get("href") for one in (*channel.all("itunes:image"), *channel.all("podcast:image"))]
    texts.append(plain.value("url") if plain is not None else "")
    return next((found for text in texts if (found := address(text, base))), "")


def _said(channel: Node) -> Iterable[tuple[str, str]]:
    """The channel's own words, by the setting of ``shows.toml`` that says the same here."""
    yield "title", one_line(notes.plain(channel.value("title")))
    yield "description", notes.plain(channel.value("description") or channel.value("itunes:summary"))
    yield "language", one_line(channel.value("language"), 40)
    yield "podcast.link", address(channel.value("link"), "")
    yield "podcast.author", one_line(channel.value("itunes:author"))
    owner = channel.first("itunes:owner")
    if owner is not None:
        yield "podcast.owner_name", one_line(owner.value("itunes:name"))
        yield "podcast.owner_email", one_line(owner.value("itunes:email"))
    category = channel.first("itunes:category")
    if category is not None:
        yield "podcast.category", one_line(category.get("text"))
        below = category.first("itunes:category")
        yield "podcast.subcategory", one_line(below.get("text")) if below is not None else ""
    explicit = forms.truth(channel.value("itunes:explicit"))
    yield "podcast.explicit", "" if explicit is None else str(explicit).lower()
    yield "podcast.copyright", one_line(channel.value("copyright"))
    for name, setting in _SETTINGS.items():
        for node in channel.all(name)[:1]:
            told = node.get("url") or node.get("uri") or one_line(node.text, 200)
            yield f"podcast.{setting}", told or "(voir le flux)"


def _times(count: int) -> str:
    return f"{count} épisode{'s' if count > 1 else ''}"
