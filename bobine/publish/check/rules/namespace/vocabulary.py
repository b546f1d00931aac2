"""The namespace's elements: where each belongs, how long its text may be, which attributes it needs."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, is_secure, names
from bobine.publish.check.rules.tree import Feed, Node

_CHANNEL = names(
    "locked funding person location trailer license guid value medium txt remoteItem podroll updateFrequency podping "
    "block publisher image images chat socialInteract liveItem"
)
_ITEM = names(
    "transcript chapters soundbite person location season episode license alternateEnclosure value image images "
    "socialInteract txt chat funding"
)
_LIVE = _ITEM | {"contentLink"}
_INNER = {
    "podroll": frozenset({"remoteItem"}),
    "publisher": frozenset({"remoteItem"}),
    "alternateEnclosure": frozenset({"source", "integrity"}),
    "value": frozenset({"valueRecipient", "valueTimeSplit"}),
    "valueTimeSplit": frozenset({"valueRecipient", "remoteItem"}),
}
_NAMES = _CHANNEL | _LIVE | frozenset[str]().union(*_INNER.values())
_LONGEST = {
    "funding": 128, "person": 128, "location": 128, "license": 128, "soundbite": 128, "trailer": 128,
    "updateFrequency": 128, "contentLink": 128, "txt": 4000,
}  # fmt: skip
_LONGEST_ATTRIBUTE = {
    "season": {"name": 128}, "episode": {"display": 32}, "txt": {"purpose": 128}, "image": {"purpose": 128},
    "alternateEnclosure": {"title": 32, "rel": 32},
}  # fmt: skip
_ADDRESSES = {
    "funding": {"url": True}, "license": {"url": False}, "person": {"href": False, "img": False},
    "trailer": {"url": True}, "transcript": {"url": True}, "chapters": {"url": True}, "image": {"href": True},
    "contentLink": {"href": True}, "socialInteract": {"accountUrl": False}, "remoteItem": {"feedUrl": False},
}  # fmt: skip
_TEXT_NEEDED = frozenset({"person", "location", "season", "episode", "trailer", "license", "funding", "guid", "locked"})


def vocabulary(feed: Feed) -> Iterator[Finding]:
    """Faults of the names, places, texts and addresses of the namespace's elements."""
    for parent, item in feed.parents():
        allowed = _CHANNEL if item is None else _ITEM if item.name == "item" else _LIVE
        yield from _inside(parent, item, allowed)


def _inside(parent: Node, item: Node | None, allowed: frozenset[str]) -> Iterator[Finding]:
    for node in parent.children:
        prefix, _, name = node.name.rpartition(":")
        if prefix != "podcast":
            continue
        if name not in _NAMES:
            words = (
                f"Le vocabulaire podcast: n'a pas de balise {quoted(name)} : corrigez son nom, majuscules comprises."
            )
            yield warning("namespace/unknown-element", at(node, item), words)
            continue
        if name not in allowed:
            words = f"podcast:{name} n'a pas sa place dans {parent.name} : déplacez-le ou enlevez-le."
            yield warning("namespace/misplaced-element", at(node, item), words)
        yield from _text(node, name, item)
        yield from _attributes(node, name, item)
        if name in _INNER:
            yield from _inside(node, item, _INNER[name])


def _text(node: Node, name: str, item: Node | None) -> Iterator[Finding]:
    text = node.text.strip()
    if name in _TEXT_NEEDED and not text:
        yield error("namespace/empty", at(node, item), f"podcast:{name} est vide : remplissez-le ou enlevez-le.")
    if len(text) > _LONGEST.get(name, len(text)):
        words = f"podcast:{name} fait {len(text)} caractères : {_LONGEST[name]} au plus."
        yield warning("namespace/text-length", at(node, item), words)


def _attributes(node: Node, name: str, item: Node | None) -> Iterator[Finding]:
    for attribute, most in _LONGEST_ATTRIBUTE.get(name, {}).items():
        if len(node.get(attribute)) > most:
            words = f"{attribute} de podcast:{name} fait {len(node.get(attribute))} caractères : {most} au plus."
            yield warning("namespace/text-length", at(node, item), words)
    for attribute, needed in _ADDRESSES.get(name, {}).items():
        address = node.get(attribute)
        if not (address or needed):
            continue
        if not is_address(address):
            words = f"{attribute} de podcast:{name}, {quoted(address)}, n'est pas une adresse http : corrigez-la."
            yield error(f"namespace/{_dashed(name)}-url", at(node, item), words)
        elif not is_secure(address):
            words = f"{attribute} de podcast:{name} est en http : servez-le en https."
            yield warning("namespace/https", at(node, item), words)


def _dashed(name: str) -> str:
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name)
