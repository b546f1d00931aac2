"""An Atom feed (RFC 4287) as the channel that an RSS feed of the same podcast would have. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import islice
from urllib.parse import urljoin

from bobine.publish.check.rules.tree import NO_ATTRIBUTES, Node

_AS = {"subtitle": "description", "rights": "copyright", "id": "atom:id", "updated": "atom:updated"}
"""Names of RSS for what a feed says of itself."""

_LEFT = frozenset({"icon", "category", "generator"})
_TEXTS = frozenset({"title", "subtitle", "summary", "rights", "content"})
_MARKUP = ("html", "xhtml", "text/html", "application/xhtml+xml")


def is_atom(root: Node) -> bool:
    """Whether a document's root element is that of an Atom feed."""
    return root.name in ("atom:feed", "feed")


def channel_of(feed: Node) -> Node:
    """The channel that says what an Atom feed says; what Atom has no word for (``itunes:``…) stands in it as it is.

    Args:
        feed: the root element.
    """
    return Node("channel", feed.line, children=tuple(_of_feed(feed)))


def _of_feed(feed: Node) -> Iterator[Node]:
    base = feed.get("xml:base")
    language = feed.get("xml:lang")
    if language:
        yield Node("language", feed.line, language)
    if feed.first("itunes:author") is None:
        yield from (Node("itunes:author", one.line, one.text) for one in _authors(feed))
    for child in feed.children:
        name = _own(child)
        if name == "entry":
            yield Node("item", child.line, children=tuple(_of_entry(child, base)))
        elif name == "link":
            yield from _of_link(child, base)
        elif name == "logo":
            yield Node("image", child.line, children=(Node("url", child.line, _joined(base, child.text.strip())),))
        elif name not in _LEFT and name != "author":
            yield _told(child, _AS.get(name, name))


def _of_entry(entry: Node, above: str) -> Iterator[Node]:
    base = _joined(above, entry.get("xml:base"))
    parts = {_own(child): child for child in reversed(entry.children)}  # of each the first
    if "id" in parts:
        yield Node("guid", parts["id"].line, parts["id"].text)
    date = parts.get("published") or parts.get("updated")
    if date is not None:
        yield Node("pubDate", date.line, date.text)
    content = parts.get("content")
    if content is not None:
        yield from _of_content(content, base, is_alone="summary" not in parts)
    for child in entry.children:
        name = _own(child)
        if name == "link":
            yield from _of_link(child, base)
        elif name == "summary":
            yield _told(child, "description")
        elif name == "author":
            yield from (Node("author", one.line, one.text) for one in child.children if _own(one) == "name")
        elif name not in ("id", "published", "updated", "content"):
            yield _told(child, name)


def _of_content(content: Node, base: str, *, is_alone: bool) -> Iterator[Node]:
    """The notes of an entry; what lies elsewhere (``src``) may be its sound."""
    if content.get("src"):
        yield _enclosure(content, content.get("src"), base)
    else:
        yield _told(content, "description" if is_alone and content.get("type") not in _MARKUP else "content:encoded")


def _of_link(link: Node, above: str) -> Iterator[Node]:
    base, relation = _joined(above, link.get("xml:base")), link.get("rel") or "alternate"
    if relation == "enclosure":
        yield _enclosure(link, link.get("href"), base)
    elif relation == "alternate":
        yield Node("link", link.line, _joined(base, link.get("href")))
    else:
        yield Node("atom:link", link.line, attributes={**link.attributes, "href": _joined(base, link.get("href"))})


def _enclosure(node: Node, address: str, base: str) -> Node:
    said = {name: node.get(name) for name in ("type", "length") if node.get(name)}
    return Node("enclosure", node.line, attributes={"url": _joined(base, address), **said})


def _authors(node: Node) -> Iterator[Node]:
    """The name of the first author."""
    authors = (one for author in node.children if _own(author) == "author" for one in author.children)
    yield from islice((one for one in authors if _own(one) == "name"), 1)


def _joined(base: str, reference: str) -> str:
    """An address from where it starts; as it is where that is none."""
    try:
        return urljoin(base, reference)
    except ValueError:
        return reference


def _told(node: Node, name: str) -> Node:
    """An element by another name; plain text is written so that it stays text where HTML may stand."""
    plain = _own(node) in _TEXTS and node.get("type") not in _MARKUP
    text = escape(node.text, quote=False) if plain else node.text
    return Node(name, node.line, text, NO_ATTRIBUTES if _own(node) in _TEXTS else node.attributes, node.children)


def _own(node: Node) -> str:
    """The name of an element of Atom, without a prefix; any other's as it is."""
    return node.name.removeprefix("atom:")
