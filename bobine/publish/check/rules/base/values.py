"""Rules on the texts of a feed: their lengths, edges, distinct titles, rights (PSP-1)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, is_language, whole
from bobine.publish.check.rules.tree import Feed, Node

LONGEST_VALUE = 255
"""Characters of a value that is no description (PSP-1)."""

LONGEST_DESCRIPTION = 4000
"""Bytes of a description (PSP-1)."""

_LONG = frozenset({"description", "content:encoded", "itunes:summary", "podcast:txt", "podcast:value"})
_OURS = frozenset({"", "itunes", "podcast", "atom", "content"})  # other vocabularies have rules of their own
_HTML = frozenset({"description", "content:encoded", "itunes:summary"})
_NUMBERED = re.compile(r"(?i)\s*(?:#|n[°º]\s?|(?:épisode|episode|ép\.?|ep\.?)\s*#?)\s*\d+|\s*s\d+\s*[,.:-]?\s*e\d+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def values(feed: Feed) -> Iterator[Finding]:
    """Faults of the texts of the channel and of the items."""
    channel = feed.channel
    for parent, item in feed.parents():
        for child in parent.children:
            if not child.children and child.name.rpartition(":")[0] in _OURS:
                yield from _text(child, item)
        yield from _explicit(parent, item)
        yield from _description(parent, item)
    yield from _channel(channel)
    for item in feed.items:
        yield from _item(item)
    yield from _distinct(feed, "title", "psp1/distinct-titles", "titre")


def _text(node: Node, item: Node | None) -> Iterator[Finding]:
    text = node.text
    if node.name not in _LONG and len(text) > LONGEST_VALUE:
        words = f"{node.name} fait {len(text)} caractères : {LONGEST_VALUE} au plus."
        yield error("psp1/value-length", at(node, item), words)
    if text.strip() and text != text.strip():
        words = f"{node.name} commence ou finit par une espace ou un retour à la ligne : enlevez-la."
        yield warning("psp1/edge-spaces", at(node, item), words)
    hidden = "" if text.isprintable() else next((char for char in text if _is_hidden(char)), "")
    if hidden:
        words = f"{node.name} contient le caractère de commande U+{ord(hidden):04X} : enlevez-le."
        yield warning("text/control-character", at(node, item), words)
    if node.name not in _HTML and re.search(
        r"</?(?:p|br|b|i|a|em|strong|div|span)\b[^>]*>|&(?:amp|lt|eacute|nbsp);", text
    ):
        words = f"{node.name} contient du HTML, que les applications montrent tel quel : n'y laissez que du texte."
        yield warning("text/html", at(node, item), words)


def _is_hidden(char: str) -> bool:
    return unicodedata.category(char) == "Cc" and char not in "\t\n"


def _explicit(parent: Node, item: Node | None) -> Iterator[Finding]:
    for node in parent.all("itunes:explicit"):
        if node.text.strip() and node.text.strip() not in ("true", "false"):
            words = f"itunes:explicit vaut {quoted(node.text)} : écrivez « true » ou « false »."
            yield error("psp1/explicit-value", at(node, item), words)


def _description(parent: Node, item: Node | None) -> Iterator[Finding]:
    for node in parent.all("description"):
        length = len(node.text.encode("utf-8", "replace"))
        if length > LONGEST_DESCRIPTION:
            words = f"La description fait {length} octets : {LONGEST_DESCRIPTION} au plus, raccourcissez-la."
            yield error("psp1/description-length", at(node, item), words)


def _channel(channel: Node) -> Iterator[Finding]:
    link = channel.first("link")
    if link is not None and link.text.strip() and not is_address(link.text.strip()):
        words = f"La page du podcast, {quoted(link.text)}, n'est pas une adresse http : corrigez-la."
        yield error("psp1/channel-link-address", at(link), words)
    language = channel.first("language")
    if language is not None and language.text.strip() and not is_language(language.text.strip()):
        words = f"La langue {quoted(language.text)} n'est pas un code comme « fr » ou « fr-FR » : corrigez-la."
        yield error("psp1/language-code", at(language), words)
    for node in channel.all("copyright"):
        if re.search(r"©|℗|\([cC]\)", node.text):
            yield warning(
                "psp1/copyright-sign", at(node), "Le copyright a son signe, que les applications ajoutent : enlevez-le."
            )
        if _YEAR.search(node.text):
            yield warning(
                "psp1/copyright-year",
                at(node),
                "Le copyright contient une année : seulement le nom de qui a les droits.",
            )


def _item(item: Node) -> Iterator[Finding]:
    title = item.first("title")
    if title is not None and _NUMBERED.match(title.text):
        words = "Le titre commence par le numéro de l'épisode, que les applications ajoutent : enlevez-le du titre."
        yield warning("psp1/title-number", at(title, item), words)
    for node in item.all("itunes:duration"):
        seconds = whole(node.text.strip())
        if node.text.strip() and seconds is None:
            words = f"La durée {quoted(node.text)} n'est pas en secondes entières : écrivez par exemple 3300."
            yield warning("psp1/duration-seconds", at(node, item), words)
        elif seconds == 0:
            yield warning("psp1/duration-zero", at(node, item), "La durée est de 0 seconde : écrivez la vraie.")
    for node in item.all("link"):
        if node.text.strip() and not is_address(node.text.strip()):
            words = f"La page de l'épisode, {quoted(node.text)}, n'est pas une adresse http : corrigez-la."
            yield error("psp1/item-link-address", at(node, item), words)


def _distinct(feed: Feed, name: str, rule: str, words: str) -> Iterator[Finding]:
    seen: dict[str, Node] = {}
    for item in feed.items:
        text = " ".join(item.value(name).split()).casefold()
        first = seen.setdefault(text, item) if text else item
        if first is not item:
            sentence = f"Cet épisode a le même {words} que celui de la ligne {first.line} : distinguez-les."
            yield warning(rule, at(item.first(name) or item, item), sentence)
