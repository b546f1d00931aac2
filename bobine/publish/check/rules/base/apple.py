"""Apple's rules: categories, covers, owner, kinds of episode, and tags that it no longer reads."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import extension, is_address, is_secure, whole
from bobine.publish.check.rules.tree import Feed, Node
from bobine.store.rules.apple_categories import CATEGORIES
from bobine.store.rules.texts import email

_NO_LONGER_READ = frozenset({"itunes:keywords", "itunes:subtitle", "itunes:order", "itunes:isClosedCaptioned"})
_KINDS = {
    "itunes:episodeType": ("apple/episode-type", ("full", "trailer", "bonus")),
    "itunes:type": ("apple/type", ("episodic", "serial")),
    "itunes:block": ("apple/block", ("Yes", "yes", "no", "No")),
    "itunes:complete": ("apple/complete", ("Yes", "yes", "no", "No")),
}


def apple(feed: Feed) -> Iterator[Finding]:
    """Faults that Apple's directory refuses, or reads otherwise."""
    channel = feed.channel
    yield from _categories(channel)
    yield from _owner(channel)
    for node in channel.all("itunes:new-feed-url"):
        if not is_address(node.text.strip()):
            words = f"itunes:new-feed-url, {quoted(node.text)}, n'est pas une adresse http : corrigez-la."
            yield error("apple/new-feed-url", at(node), words)
    for parent, item in feed.parents():
        for node in parent.children:
            yield from _kind(node, item)
            if node.name == "itunes:image":
                yield from _cover(node, item)
            if node.name in _NO_LONGER_READ:
                yield advice("apple/no-longer-read", at(node, item), f"Apple ne lit plus {node.name} : enlevez-le.")
    yield from _numbers(feed)


def _categories(channel: Node) -> Iterator[Finding]:
    found = channel.all("itunes:category")
    for category in found:
        name = category.get("text")
        if name not in CATEGORIES:
            words = f"Apple n'a pas de catégorie {quoted(name)} : prenez l'une des siennes, en anglais, à la lettre."
            yield error("apple/category", at(category), words)
            continue
        for inner in category.all("itunes:category"):
            if inner.get("text") not in CATEGORIES[name]:
                words = f"Apple n'a pas de catégorie {quoted(inner.get('text'))} dans {quoted(name)} : corrigez-la."
                yield error("apple/subcategory", at(inner), words)
    if len(found) > 1:
        words = "Seule la première catégorie compte chez Apple : mettez la plus juste d'abord, et n'en gardez qu'une."
        yield advice("apple/category-first", at(found[1]), words)


def _owner(channel: Node) -> Iterator[Finding]:
    for owner in channel.all("itunes:owner"):
        address = owner.value("itunes:email")
        if not address or email(address) is not None:
            words = f"Le courriel du propriétaire, {quoted(address)}, n'en est pas un : corrigez itunes:email."
            yield error("apple/owner-email", at(owner), words)
        if not owner.value("itunes:name"):
            yield advice("apple/owner-name", at(owner), "Le propriétaire n'a pas de nom : ajoutez itunes:name.")


def _kind(node: Node, item: Node | None) -> Iterator[Finding]:
    rule, allowed = _KINDS.get(node.name, ("", ()))
    if rule and node.text.strip() not in allowed:
        choices = " ou ".join(f"« {value} »" for value in allowed[:3])
        words = f"{node.name} vaut {quoted(node.text)} : écrivez {choices}."
        yield error(rule, at(node, item), words)


def _cover(node: Node, item: Node | None) -> Iterator[Finding]:
    address = node.get("href")
    if not is_address(address):
        words = f"La pochette, {quoted(address)}, n'est pas une adresse http dans href : corrigez-la."
        yield error("apple/cover-url", at(node, item), words)
        return
    if extension(address) not in ("jpg", "jpeg", "png"):
        words = "L'adresse de la pochette ne finit ni par .jpg ni par .png, qu'Apple exige : renommez-la."
        yield error("apple/cover-extension", at(node, item), words)
    if not is_secure(address):
        words = "La pochette est en http, que des applications refusent : servez-la en https."
        yield warning("apple/cover-https", at(node, item), words)


def _numbers(feed: Feed) -> Iterator[Finding]:
    seen: dict[tuple[str, str], Node] = {}
    serial = feed.channel.value("itunes:type") == "serial"
    for item in feed.items:
        for name in ("itunes:season", "itunes:episode"):
            for node in item.all(name):
                if not whole(node.text.strip()):
                    words = f"{name} vaut {quoted(node.text)} : mettez un nombre entier au-dessus de zéro."
                    yield error("apple/number", at(node, item), words)
        number = item.value("itunes:episode")
        kind = item.value("itunes:episodeType") or "full"
        if serial and not number and kind == "full":
            words = "Le podcast est un feuilleton (serial), et cet épisode n'a pas de numéro : ajoutez itunes:episode."
            yield error("apple/serial-number", at(item, item), words)
        if number and kind == "full":
            first = seen.setdefault((item.value("itunes:season"), number), item)
            if first is not item:
                words = (
                    f"Cet épisode a la même saison et le même numéro que celui de la ligne {first.line} : changez-le."
                )
                yield warning("apple/number-twice", at(item.first("itunes:episode") or item, item), words)
