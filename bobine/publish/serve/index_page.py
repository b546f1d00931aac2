"""The page that the local server shows at its root: the podcasts there, their last episodes, and the feed's address."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

from markupsafe import Markup

from bobine.french import long_date
from bobine.publish.feed.online_items import parse_feed
from bobine.publish.layout import feed_key, show_page_key
from bobine.publish.pages.frame import show_colours
from bobine.publish.pages.templating import assets, rendered
from bobine.publish.pages.words import counted

_LATEST = 5
_SUMMARY_CHARS = 280
_IMAGE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}image"


def index_page(feeds: Mapping[str, bytes], base: str, pages: Collection[str] = ()) -> bytes:
    """The page as HTML.

    Args:
        feeds: the bytes of each feed, by slug, with this server's addresses in them.
        base: this server's address; ends with ``/``. What a feed names elsewhere is not linked.
        pages: the slugs of the shows that have a page here.
    """
    cards = [_card(slug, content, base, slug in pages) for slug, content in feeds.items()]
    style = Markup(assets()["style"][1].decode())  # noqa: S704 - the pages' own
    return rendered("index.html", cards=cards, style=style)


def _card(slug: str, content: bytes, base: str, has_page: bool) -> dict[str, Any]:
    card = {
        "address": base + feed_key(slug),
        "page": show_page_key(slug) if has_page else "",
        "title": slug,
        "about": "",
        "cover": "",
        "count": "",
        "episodes": [],
        "colours": show_colours(slug),
    }
    channel = _channel(content)
    if channel is None:
        return {**card, "about": "Ce flux est illisible\u00a0: republiez un épisode."}
    image = channel.find(_IMAGE)
    items = channel.findall("item")
    return {
        **card,
        "title": _text(channel, "title") or slug,
        "about": _shortened(_text(channel, "description")),
        "cover": _here(image.get("href", "") if image is not None else "", base),
        "count": counted(len(items), "épisode"),
        "episodes": [_episode(item, base) for item in items[:_LATEST]],
        "colours": show_colours(_text(channel, "title")),
    }


def _episode(item: Any, base: str) -> dict[str, str]:
    enclosure = item.find("enclosure")
    return {
        "title": _text(item, "title"),
        "day": _day(_text(item, "pubDate")),
        "sound": _here(enclosure.get("url", "") if enclosure is not None else "", base),
        "page": _here(_text(item, "link"), base),
    }


def _channel(content: bytes) -> Any:
    """The feed's channel; None if it is not a feed."""
    document = parse_feed(content)
    return None if document is None else document.find("channel")


def _text(element: Any, tag: str) -> str:
    return " ".join((element.findtext(tag) or "").split())


def _shortened(text: str) -> str:
    return text if len(text) <= _SUMMARY_CHARS else text[:_SUMMARY_CHARS].rsplit(" ", 1)[0] + "…"


def _here(address: str, base: str) -> str:
    return address if address.startswith(base) else ""


def _day(date: str) -> str:
    try:
        return long_date(parsedate_to_datetime(date).date())
    except ValueError:
        return date
