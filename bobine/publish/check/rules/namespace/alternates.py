"""The namespace's rules for alternate enclosures: their type, files, integrity, and which is the default."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, is_language, is_media_type, whole
from bobine.publish.check.rules.tree import Feed, Node

_DIGEST_BYTES = {"sha256": 32, "sha384": 48, "sha512": 64}


def alternates(feed: Feed) -> Iterator[Finding]:
    """Faults of the items' alternate enclosures."""
    for item in (*feed.items, *feed.live_items):
        nodes = item.all("podcast:alternateEnclosure")
        for node in nodes:
            yield from _file(node, item)
            yield from _sources(node, item)
            for integrity in node.all("podcast:integrity"):
                yield from _integrity(integrity, item)
        yield from _default(nodes, item)


def _file(node: Node, item: Node) -> Iterator[Finding]:
    if not is_media_type(node.get("type")):
        words = (
            f"type vaut {quoted(node.get('type'))} : écrivez par exemple « audio/mpeg » ou « audio/ogg; codecs=opus »."
        )
        yield error("namespace/alternate-enclosure-type", at(node, item), words)
    length = node.get("length")
    if length and not whole(length) and item.name == "item":
        words = f"length vaut {quoted(length)} : mettez un nombre d'octets au-dessus de zéro."
        yield error("namespace/alternate-enclosure-length", at(node, item), words)
    for name in ("bitrate", "height"):
        if node.get(name) and re.fullmatch(r"\d{1,12}(?:\.\d+)?", node.get(name)) is None:
            words = f"{name} vaut {quoted(node.get(name))} : mettez un nombre (des bits par seconde, des pixels)."
            yield error("namespace/alternate-enclosure-number", at(node, item), words)
    if node.get("default") not in ("", "true", "false"):
        words = f"default vaut {quoted(node.get('default'))} : écrivez « true » ou « false »."
        yield error("namespace/alternate-enclosure-default", at(node, item), words)
    if node.get("lang") and not is_language(node.get("lang")):
        words = f"lang vaut {quoted(node.get('lang'))} : mettez un code comme « fr »."
        yield error("namespace/alternate-enclosure-lang", at(node, item), words)


def _sources(node: Node, item: Node) -> Iterator[Finding]:
    sources = node.all("podcast:source")
    if not sources:
        words = "Cette version du fichier n'a pas d'adresse : ajoutez podcast:source."
        yield error("namespace/alternate-enclosure-source", at(node, item), words)
    for source in sources:
        uri = source.get("uri")
        other_scheme = re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:\S", uri)
        if not is_address(uri) and other_scheme is None:
            words = f"uri de podcast:source, {quoted(uri)}, n'est pas une adresse : corrigez-la."
            yield error("namespace/source-uri", at(source, item), words)
        if source.get("contentType") and not is_media_type(source.get("contentType")):
            words = f"contentType vaut {quoted(source.get('contentType'))} : écrivez par exemple « audio/mpeg »."
            yield error("namespace/source-type", at(source, item), words)


def _integrity(node: Node, item: Node) -> Iterator[Finding]:
    kind, value = node.get("type"), node.get("value")
    if kind not in ("sri", "pgp-signature"):
        words = f"Le contrôle a le type {quoted(kind)} : écrivez « sri » ou « pgp-signature »."
        yield error("namespace/integrity-type", at(node, item), words)
    elif kind == "sri" and not all(_is_digest(part) for part in value.split() or [""]):
        words = f"La valeur {quoted(value)} n'est pas un contrôle SRI, comme « sha384-… » : recalculez-la."
        yield error("namespace/integrity-value", at(node, item), words)


def _is_digest(text: str) -> bool:
    """Whether text is one hash of Subresource Integrity, of the length that its algorithm gives."""
    name, _, value = text.partition("?")[0].partition("-")
    try:
        return len(base64.b64decode(value, validate=True)) == _DIGEST_BYTES.get(name, -1)
    except (binascii.Error, ValueError):
        return False


def _default(nodes: list[Node], item: Node) -> Iterator[Finding]:
    defaults = [node for node in nodes if node.get("default") == "true"]
    if len(defaults) > 1:
        words = f"{len(defaults)} versions du fichier sont celle par défaut : une seule peut l'être."
        yield error("namespace/alternate-enclosure-one-default", at(defaults[1], item), words)
    enclosure = item.first("enclosure")
    if len(defaults) != 1 or enclosure is None:
        return
    sources = [source.get("uri") for source in defaults[0].all("podcast:source")]
    length = defaults[0].get("length")
    if enclosure.get("url") not in sources or (length and length != enclosure.get("length")):
        words = "La version par défaut n'est pas le fichier de enclosure (adresse ou taille) : ce doit être le même."
        yield warning("namespace/alternate-enclosure-same-file", at(defaults[0], item), words)
