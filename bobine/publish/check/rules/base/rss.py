"""The rules of RSS 2.0: the document's form, what may be there once, guids, links, and HTML in its place."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, names
from bobine.publish.check.rules.tree import Feed, Node

_CHANNEL_NAMES = names(
    "title link description language copyright managingEditor webMaster pubDate lastBuildDate category generator docs "
    "cloud ttl image rating textInput skipHours skipDays item"
)
_ITEM_NAMES = names("title link description author category comments enclosure guid pubDate source")
_ONCE = names(
    "title link description language copyright pubDate lastBuildDate generator image guid enclosure itunes:author "
    "itunes:explicit itunes:image itunes:owner itunes:type itunes:duration itunes:season itunes:episode "
    "itunes:episodeType itunes:title itunes:new-feed-url itunes:block itunes:complete content:encoded podcast:guid "
    "podcast:locked podcast:medium podcast:license podcast:updateFrequency podcast:season podcast:episode "
    "podcast:chapters podcast:podroll podcast:publisher psc:chapters"
)


def document(feed: Feed) -> Iterator[Finding]:
    """Faults of the document's outermost form; where it has any, the other rules say nothing useful."""
    root = feed.root
    if root.name != "rss":
        kind = "un flux Atom" if root.name == "atom:feed" else f"un document {quoted(root.name)}"
        yield error("rss/root", at(root), f"C'est {kind} : les applications de podcast attendent du RSS 2.0.")
        return
    if root.get("version") != "2.0":
        yield error("rss/version", at(root), 'La balise rss n\'a pas version="2.0" : ajoutez-le.')
    count = len(root.all("channel"))
    if count != 1:
        yield error("rss/channel", at(root), f"Le flux a {count} balises channel : il en faut exactement une.")


def rss(feed: Feed) -> Iterator[Finding]:
    """Faults of the channel and of the items by the rules of RSS 2.0."""
    for stray in feed.root.all("item"):
        yield error(
            "rss/item-outside", at(stray, stray), "Cet épisode est hors de la balise channel : mettez-le dedans."
        )
    for parent, item in feed.parents():
        yield from _once(parent, item)
        yield from _known(parent, item, _CHANNEL_NAMES if item is None else _ITEM_NAMES)
        for child in parent.children:
            if child.name in ("title", "description", "content:encoded", "itunes:summary") and child.children:
                words = f"{child.name} contient des balises nues : mettez ce HTML dans un CDATA, ou échappez-le."
                yield error("rss/html-unescaped", at(child, item), words)
    yield from _image(feed.channel)
    yield from _guids(feed)


def _once(parent: Node, item: Node | None) -> Iterator[Finding]:
    seen: set[str] = set()
    for child in parent.children:
        if child.name in _ONCE and child.name in seen:
            words = f"{child.name} est là plus d'une fois, et chaque application en choisit une autre : gardez-en une."
            yield error("rss/element-once", at(child, item), words)
        seen.add(child.name)


def _known(parent: Node, item: Node | None, names: frozenset[str]) -> Iterator[Finding]:
    for child in parent.children:
        if ":" not in child.name and child.name not in names:
            words = f"RSS 2.0 ne connaît pas la balise {quoted(child.name)} à cet endroit : corrigez-la ou enlevez-la."
            yield warning("rss/unknown-element", at(child, item), words)


def _image(channel: Node) -> Iterator[Finding]:
    for image in channel.all("image"):
        lacking = [name for name in ("url", "title", "link") if not image.value(name)]
        if lacking:
            yield warning("rss/image", at(image), f"La balise image n'a pas {', '.join(lacking)} : ajoutez-le.")
        elif not is_address(image.value("url")):
            yield error(
                "rss/image",
                at(image),
                f"L'image {quoted(image.value('url'))} n'est pas une adresse http : corrigez-la.",
            )


def _guids(feed: Feed) -> Iterator[Finding]:
    seen: dict[str, Node] = {}
    for item in (*feed.items, *feed.live_items):
        guid = item.first("guid")
        text = item.value("guid")
        if guid is None or not text:
            continue
        stated = guid.get("isPermaLink")
        if stated not in ("", "true", "false"):
            words = f"isPermaLink vaut {quoted(stated)} : écrivez « true » ou « false »."
            yield error("rss/guid-permalink-value", at(guid, item), words)
        elif stated != "false" and not is_address(text):
            words = 'Ce guid n\'est pas une adresse : ajoutez-lui isPermaLink="false".'
            yield warning("rss/guid-permalink", at(guid, item), words)
        first = seen.setdefault(text, item)
        if first is not item:
            words = f"Ce guid est aussi celui de la ligne {first.line}, et l'un des deux sera ignoré : changez-le."
            yield error("rss/guid-unique", at(guid, item), words)
