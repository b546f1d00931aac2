"""The rules of an item's audio file: its address, size in bytes and type (RSS 2.0, PSP-1, Apple)."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import extension, is_address, is_media_type, is_secure, whole
from bobine.publish.check.rules.tree import Feed, Node

EXTENSIONS = {
    "audio/mpeg": ("mp3",), "audio/x-m4a": ("m4a",), "audio/mp4": ("m4a", "mp4"), "audio/aac": ("aac",),
    "audio/ogg": ("opus", "ogg", "oga"), "audio/opus": ("opus",), "audio/flac": ("flac",), "audio/wav": ("wav",),
    "video/mp4": ("mp4", "m4v"), "video/x-m4v": ("m4v",), "video/quicktime": ("mov",), "application/pdf": ("pdf",),
}  # fmt: skip
"""The extensions that go with a media type; apps that guess by one, and those that read the other, then agree."""

_WIDELY_READ = frozenset({"audio/mpeg", "audio/x-m4a", "audio/mp4", "video/mp4", "video/x-m4v", "video/quicktime"})
_LEAST_BYTES = 1000


def enclosures(feed: Feed) -> Iterator[Finding]:
    """Faults of the audio files that the items name."""
    seen: dict[str, Node] = {}
    for item in (*feed.items, *feed.live_items):
        for node in item.all("enclosure"):
            address = node.get("url")
            yield from _address(node, item, address)
            yield from _length(node, item, live=item.name != "item")
            yield from _type(node, item, address)
            first = seen.setdefault(address, item) if address else item
            if first is not item and first.name == item.name:
                words = f"Ce fichier est aussi celui de la ligne {first.line} : chaque épisode a le sien."
                yield error("apple/enclosure-unique", at(node, item), words)


def _address(node: Node, item: Node, address: str) -> Iterator[Finding]:
    if not is_address(address):
        rule = "psp1/item-enclosure-ascii" if address and not address.isascii() else "psp1/item-enclosure-url"
        words = f"L'adresse du fichier, {quoted(address)}, n'est pas une adresse http écrite en ASCII : corrigez-la."
        yield error(rule, at(node, item), words)
    elif not is_secure(address):
        words = "L'adresse du fichier est en http, que des applications refusent : servez-le en https."
        yield warning("apple/enclosure-https", at(node, item), words)


def _length(node: Node, item: Node, *, live: bool) -> Iterator[Finding]:
    length = whole(node.get("length"))
    if length is None:
        words = f"La taille {quoted(node.get('length'))} n'est pas un nombre d'octets : mettez celle du fichier."
        yield error("psp1/item-enclosure-length", at(node, item), words)
    elif length == 0 and not live:
        words = "La taille du fichier est de 0 octet : mettez la vraie, des applications l'ignorent sinon."
        yield error("psp1/item-enclosure-length", at(node, item), words)
    elif length < _LEAST_BYTES and not live:
        words = f"La taille du fichier est de {length} octets : c'est en octets, et non en secondes ou en Mo."
        yield warning("psp1/item-enclosure-bytes", at(node, item), words)


def _type(node: Node, item: Node, address: str) -> Iterator[Finding]:
    stated = node.get("type")
    if not is_media_type(stated):
        words = f"Le type {quoted(stated)} n'en est pas un : écrivez par exemple « audio/mpeg »."
        yield error("psp1/item-enclosure-type", at(node, item), words)
        return
    plain = stated.partition(";")[0].strip()
    if plain.partition("/")[0] not in ("audio", "video", "application"):
        words = f"Le type {quoted(stated)} n'est pas celui d'un son : écrivez par exemple « audio/mpeg »."
        yield error("psp1/item-enclosure-type", at(node, item), words)
        return
    found = extension(address)
    if plain in EXTENSIONS and found and found not in EXTENSIONS[plain] and item.name == "item":
        words = f"Le fichier finit par « .{found} » et se dit {plain} : les deux doivent aller ensemble."
        yield warning("apple/enclosure-extension", at(node, item), words)
    elif plain not in _WIDELY_READ and plain != "application/pdf" and item.name == "item":
        words = f"Apple et d'autres ne lisent pas {plain} : donnez un MP3, et ceci en podcast:alternateEnclosure."
        yield warning("apple/enclosure-format", at(node, item), words)
