"""Elements that a channel and an item must have, or better have (PSP-1)."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, advice, at, error
from bobine.publish.check.rules.tree import Feed, Node

_CHANNEL = {
    "title": ("psp1/channel-title", "son titre (title)"),
    "description": ("psp1/channel-description", "sa présentation (description)"),
    "link": ("psp1/channel-link", "l'adresse de sa page (link)"),
    "language": ("psp1/channel-language", "sa langue (language), comme « fr »"),
    "itunes:category": ("psp1/channel-category", "sa catégorie (itunes:category)"),
    "itunes:explicit": ("psp1/channel-explicit", "itunes:explicit, à « true » ou « false »"),
    "itunes:image": ("psp1/channel-image", "sa pochette (itunes:image)"),
}
_CHANNEL_BETTER = {
    "podcast:locked": ("psp1/channel-locked", "podcast:locked, qui interdit qu'on importe le podcast sans accord"),
    "podcast:guid": ("psp1/channel-guid", "podcast:guid, l'identité du podcast où qu'il aille"),
    "itunes:author": ("psp1/channel-author", "le nom de qui le fait (itunes:author)"),
}
_ITEM = {
    "title": ("psp1/item-title", "son titre (title)"),
    "enclosure": ("psp1/item-enclosure", "son fichier audio (enclosure)"),
    "guid": ("psp1/item-guid", "son identité (guid)"),
}
_ITEM_BETTER = {
    "link": ("psp1/item-link", "l'adresse de sa page (link)"),
    "pubDate": ("psp1/item-pubdate", "sa date (pubDate)"),
    "description": ("psp1/item-description", "sa description (description)"),
    "itunes:duration": ("psp1/item-duration", "sa durée en secondes (itunes:duration)"),
    "itunes:image": ("psp1/item-image", "son image (itunes:image)"),
    "itunes:explicit": ("psp1/item-explicit", "itunes:explicit, à « true » ou « false »"),
}
_WITHOUT_TEXT = frozenset({"itunes:image", "itunes:category", "enclosure"})


def required(feed: Feed) -> Iterator[Finding]:
    """Elements that a channel and its items lack."""
    channel = feed.channel
    for name, (rule, words) in _CHANNEL.items():
        if _lacks(channel, name):
            yield error(rule, at(channel), f"Il manque au podcast {words} : ajoutez cette balise.")
    for name, (rule, words) in _CHANNEL_BETTER.items():
        if _lacks(channel, name):
            yield advice(
                rule, at(channel), f"Il manque au podcast {words} : ajoutez cette balise, que PSP-1 recommande."
            )
    for item in feed.items:
        for name, (rule, words) in _ITEM.items():
            if _lacks(item, name):
                yield error(rule, at(item, item), f"Il manque à cet épisode {words} : ajoutez cette balise.")
        for name, (rule, words) in _ITEM_BETTER.items():
            if _lacks(item, name):
                yield advice(
                    rule,
                    at(item, item),
                    f"Il manque à cet épisode {words} : ajoutez cette balise, que PSP-1 recommande.",
                )
    yield from _transcripts(feed)


def _transcripts(feed: Feed) -> Iterator[Finding]:
    """A transcript is asked of the newest episode where a podcast has them: not everybody makes any."""
    newest = feed.items[:1]
    if any(item.first("podcast:transcript") for item in feed.items):
        for item in newest:
            if item.first("podcast:transcript") is None:
                words = "Cet épisode n'a pas de transcription alors que d'autres en ont une : ajoutez-la."
                yield advice("psp1/item-transcript", at(item, item), words)


def _lacks(parent: Node, name: str) -> bool:
    found = parent.first(name)
    return found is None or (name not in _WITHOUT_TEXT and not found.text.strip() and not found.children)
