"""Notes of an episode that come from elsewhere: HTML with the tags that apps show and nothing else, and its words."""

from __future__ import annotations

import re
from html import escape, unescape
from html.parser import HTMLParser

import nh3

from bobine.publish.text import paragraphs

MOST_CHARS = 200_000
"""Most characters of notes that are read; hosts stop well before."""

_TAGS = frozenset(
    {"a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "i", "li", "ol", "p", "pre", "strong", "u", "ul"}
)
"""Tags that podcast apps show (Apple, Spotify and others: links, lists, paragraphs, emphasis)."""

_DROPPED = frozenset({"script", "style", "template", "noscript", "iframe", "object", "title", "textarea"})
_BLOCKS = frozenset({"p", "div", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "table", "tr"})
_TAG = re.compile(r"</?(?:[a-z][a-z0-9]*)\b[^<>]*>", re.IGNORECASE)
_REFERENCE = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+[0-9]*);", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a feed's text is HTML: it holds tags, or characters written as references."""
    return _TAG.search(text) is not None or _REFERENCE.search(text) is not None


def clean(html: str) -> str:
    """HTML of which only harmless tags are left, with links to the web and to e-mail; its text is kept."""
    cleaned: str = nh3.clean(
        html[:MOST_CHARS],
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes={"*": set(), "a": {"href"}},
        url_schemes={"http", "https", "mailto"},
        url_relative="deny",
        link_rel="nofollow noopener",
        strip_comments=True,
    )
    return "".join(char for char in cleaned if char >= " " or char in "\n\t").strip()


def words_of(html: str) -> str:
    """The words of HTML as plain text: paragraphs apart, an item of a list a line, the address of a link behind it."""
    reader = _Words()
    reader.feed(clean(html))
    reader.close()
    return paragraphs("".join(reader.found), 10**9)


def plain(text: str) -> str:
    """The words of a feed's text, whether it is HTML or not."""
    if _TAG.search(text):
        return words_of(text)
    return paragraphs(unescape(text) if _REFERENCE.search(text) else text, 10**9)


def page(title: str, html: str) -> bytes:
    """A transcript in HTML as a page of its own, without anything that acts."""
    head = f'<!doctype html><html lang="fr"><meta charset="utf-8"><title>{escape(title)}</title>'
    return f"{head}{clean(html)}</html>\n".encode(errors="replace")


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._link = ""
        self._linked: list[str] = []
        self._is_pre = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _BLOCKS:
            self.found.append("\n\n")
        elif tag == "li":
            self.found.append("\n– ")
        elif tag == "br":
            self.found.append("\n")
        elif tag == "a":
            self._link, self._linked = dict(attrs).get("href") or "", []
        self._is_pre = tag == "pre" or self._is_pre

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.found.append("\n\n")
        elif tag == "a" and self._link:
            address = self._link.removeprefix("mailto:")
            said = "".join(self._linked)
            if address.rstrip("/") not in said:
                self.found.append(f" ({address})" if said.strip() else address)
            self._link = ""
        if tag == "pre":
            self._is_pre = False

    def handle_data(self, data: str) -> None:
        text = data if self._is_pre else re.sub(r"[ \t\r\n]+", " ", data)
        if not self._is_pre and (not self.found or self.found[-1].endswith("\n")):
            text = text.lstrip(" ")
        self.found.append(text)
        self._linked.append(text)
