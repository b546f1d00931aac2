"""The page that the local server shows at its root: the podcasts there, their last episodes, and the feed's address."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any

from bobine.french import long_date
from bobine.publish.feed.online_items import parse_feed
from bobine.publish.layout import feed_key

PAGE_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; media-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""``Content-Security-Policy`` of the page: it runs nothing and fetches only from this server."""

_LATEST = 5
_SUMMARY_CHARS = 280
_IMAGE = "{http://www.itunes.com/dtds/podcast-1.0.dtd}image"
_STYLE = """
:root { color-scheme: light dark; --paper: #fbf6ee; --card: #fff; --ink: #2b2320; --soft: #6d5f57; --yarn: #b3402e;
  --line: #e8dccb; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1c1715; --card: #27201d; --ink: #f3e9df; --soft: #b9a89c; --yarn: #f0806a; --line: #3b312c; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.05rem/1.55 system-ui, sans-serif; }
main { max-width: 46rem; margin: 0 auto; padding: 2.5rem 1.1rem 4rem; }
h1 { font-size: 1.1rem; font-weight: 600; color: var(--soft); margin: 0 0 1.5rem; }
article { background: var(--card); border: 1px solid var(--line); border-radius: 1rem; padding: 1.4rem;
  margin-bottom: 1.5rem; }
header { display: flex; flex-wrap: wrap; gap: 1.2rem; align-items: center; }
header img { width: 7rem; height: 7rem; border-radius: .7rem; object-fit: cover; }
header div { flex: 1 1 16rem; }
h2 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .3rem; }
h3 { font-size: 1.05rem; margin: 0; }
p { margin: 0; overflow-wrap: anywhere; }
.soft { color: var(--soft); font-size: .95rem; }
.hint { margin-top: 1.2rem; }
.feed { display: block; margin: .4rem 0 0; padding: .7rem .9rem; border-radius: .6rem; border: 1px dashed var(--yarn);
  color: var(--yarn); text-decoration: none; font: .95rem/1.4 ui-monospace, monospace; overflow-wrap: anywhere; }
a:focus-visible, audio:focus-visible { outline: 3px solid var(--yarn); outline-offset: 2px; }
ol { list-style: none; padding: 0; margin: 1.2rem 0 0; }
li { border-top: 1px solid var(--line); padding: 1rem 0; }
li:last-child { padding-bottom: 0; }
audio { width: 100%; margin-top: .6rem; }
"""


def index_page(feeds: Mapping[str, bytes], base: str) -> str:
    """The page as HTML.

    Args:
        feeds: the bytes of each feed, by slug, with this server's addresses in them.
        base: this server's address; ends with ``/``. What a feed names elsewhere is not linked.
    """
    cards = "".join(_card(slug, content, base) for slug, content in feeds.items())
    if not cards:
        cards = (
            "<article><h2>Rien à écouter pour l'instant</h2><p class=soft>Publiez un épisode (bobine publier), puis "
            "rechargez cette page.</p></article>"
        )
    heading = "Podcasts servis par cet ordinateur"
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Bobine\u00a0: les podcasts</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"<style>{_STYLE}</style></head><body><main><h1>{heading}</h1>{cards}</main></body></html>\n"
    )


def _card(slug: str, content: bytes, base: str) -> str:
    address = escape(base + feed_key(slug))
    channel = _channel(content)
    if channel is None:
        return (
            f"<article><h2>{escape(slug)}</h2><p class=soft>Ce flux est illisible\u00a0: republiez un épisode.</p>"
            f'<a class=feed href="{address}">{address}</a></article>'
        )
    image = channel.find(_IMAGE)
    cover = _here(image.get("href", "") if image is not None else "", base)
    picture = f'<img src="{escape(cover)}" alt="" width="112" height="112">' if cover else ""
    items = channel.findall("item")
    count = f"{len(items)} épisode{'s' if len(items) > 1 else ''}"
    episodes = "".join(_episode(item, base) for item in items[:_LATEST])
    return (
        f"<article><header>{picture}<div><h2>{escape(_text(channel, 'title') or slug)}</h2>"
        f"<p>{escape(_shortened(_text(channel, 'description')))}</p><p class=soft>{count}</p></div></header>"
        "<p class='soft hint'>Adresse à coller dans une application de podcasts\u00a0:</p>"
        f'<a class=feed href="{address}">{address}</a><ol>{episodes}</ol></article>'
    )


def _episode(item: Any, base: str) -> str:
    enclosure = item.find("enclosure")
    sound = _here(enclosure.get("url", "") if enclosure is not None else "", base)
    title, day = escape(_text(item, "title")), _day(_text(item, "pubDate"))
    player = f'<audio controls preload="none" aria-label="{title}" src="{escape(sound)}"></audio>' if sound else ""
    return f"<li><h3>{title}</h3><p class=soft>{escape(day)}</p>{player}</li>"


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
