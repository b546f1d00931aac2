"""A feed as the public gets it: with web players, byte ranges, and the files that it names."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bobine.french import size
from bobine.publish.check.asking import ORIGIN, Answer, Listener, UnreachableError, is_at_home
from bobine.publish.check.chapter_file import chapter_file, transcript_file
from bobine.publish.check.cover_file import cover_findings
from bobine.publish.check.reading import MAX_BYTES, read_feed
from bobine.publish.check.registers import is_licence, is_recurrence
from bobine.publish.check.rules.every import every_finding
from bobine.publish.check.rules.finding import Finding, advice, at, bounded, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, is_secure, whole
from bobine.publish.check.rules.tree import Feed, Node

NEWEST = 3
"""Newest episodes whose files are asked for."""

_FEED_TYPES = ("application/rss+xml", "application/xml", "text/xml")
_FILE_BYTES = 4 << 20
_COVER_BYTES = 20 << 20


def check_bytes(content: bytes, now: datetime, address: str = "") -> tuple[Finding, ...]:
    """The findings in the bytes of a feed; nothing is asked of the network.

    Args:
        content: the feed, or whatever it is.
        now: the present instant (aware).
        address: the feed's public address; empty if that is not known.
    """
    reading = read_feed(content)
    found = [*reading.findings]
    if reading.root is not None:
        found += every_finding(Feed(reading.root, now, is_licence, is_recurrence, address))
    return bounded(found)


def check_address(address: str, now: datetime, listener: Listener | None = None) -> tuple[Finding, ...]:
    """The findings in a feed as it is served, and in the newest files that it names.

    Args:
        address: the feed's address.
        now: the present instant (aware).
        listener: who asks; one that enters the local network only if the address itself is there by default.
    """
    return bounded(_served(address, now, listener or Listener(at_home=is_at_home(address))))


def _served(address: str, now: datetime, listener: Listener) -> Iterator[Finding]:
    try:
        answer = listener.ask(address, headers={"Origin": ORIGIN}, most_bytes=MAX_BYTES + 1)
    except UnreachableError as fault:
        yield error("http/feed-unreachable", address, f"Le flux ne peut pas être lu : {fault} ; vérifiez son adresse.")
        return
    if answer.status != 200:
        words = f"Le flux répond {answer.status} au public : ouvrez-le en lecture à tous, et vérifiez son adresse."
        yield error("http/feed-status", address, words)
        return
    yield from _feed_answer(address, answer, listener)
    reading = read_feed(answer.body)
    yield from reading.findings
    if reading.root is None:
        return
    counts: dict[str, int] = {}
    channel = reading.root.first("channel") or reading.root
    newest = channel.all("item")[:NEWEST]
    for item in newest:
        yield from _texts(item, listener, counts)
    links = [link.get("href") for link in channel.all("atom:link") if link.get("rel") == "self"]
    known_at = answer.address if answer.address in links else address
    yield from every_finding(Feed(reading.root, now, is_licence, is_recurrence, known_at, counts))
    for item in newest:
        for enclosure in item.all("enclosure")[:1]:
            if is_address(enclosure.get("url")):
                yield from _enclosure(enclosure, item, listener)
    yield from _covers(channel, newest, listener)
    yield from _next_page(channel, listener)


def _feed_answer(address: str, answer: Answer, listener: Listener) -> Iterator[Finding]:
    if not is_secure(address):
        yield warning("http/feed-https", address, "L'adresse du flux est en http : servez-le en https.")
    if answer.media_type not in _FEED_TYPES:
        words = f"Le flux est servi comme {quoted(answer.media_type)} : écrivez « application/rss+xml »."
        yield warning("http/feed-type", address, words)
    if not answer.is_open_to(ORIGIN):
        words = "Les lecteurs sur le web ne peuvent pas lire le flux (CORS) : ajoutez Access-Control-Allow-Origin: *."
        yield warning("http/feed-cors", address, words)
    tag, modified = answer.headers.get("etag", ""), answer.headers.get("last-modified", "")
    if not tag and not modified:
        words = (
            "Le flux n'a ni ETag ni Last-Modified, et chaque application le recharge en entier : réglez l'hébergement."
        )
        yield advice("http/feed-validators", address, words)
        return
    try:
        again = listener.ask(
            answer.address, headers={"If-None-Match": tag} if tag else {"If-Modified-Since": modified}, most_bytes=1
        )
    except UnreachableError:
        return
    if again.status != 304:
        words = f"Le flux inchangé répond {again.status} au lieu de 304 : chaque application le recharge en entier."
        yield advice("http/feed-not-modified", address, words)


def _asked(
    kind: str, name: str, node: Node, item: Node | None, address: str, listener: Listener, most_bytes: int
) -> tuple[list[Finding], Answer | None]:
    """A file that the feed names, asked for as a web player does; no answer if it cannot be fetched.

    Args:
        kind: the middle of the rules' names.
        name: what it is, in French, with its article.
        node: the element that names it.
        item: the item around it.
        address: its address.
        listener: who asks.
        most_bytes: how much of it is read.
    """
    try:
        answer = listener.ask(address, headers={"Origin": ORIGIN}, most_bytes=most_bytes)
    except UnreachableError as fault:
        return [error(f"http/{kind}-unreachable", at(node, item), f"{name} ne peut pas être lu : {fault}.")], None
    if answer.status != 200:
        words = f"{name} répond {answer.status} au public : vérifiez son adresse et ses droits de lecture."
        return [error(f"http/{kind}-status", at(node, item), words)], None
    return [], answer


def _texts(item: Node, listener: Listener, counts: dict[str, int]) -> Iterator[Finding]:
    """Faults of an item's chapters and transcripts; how many chapters there are is added to ``counts``."""
    for node in item.all("podcast:chapters")[:1]:
        if is_address(node.get("url")):
            found, answer = _asked(
                "chapters", "Le fichier de chapitres", node, item, node.get("url"), listener, _FILE_BYTES
            )
            yield from found
            if answer is not None:
                yield from _cors("chapters", "Les chapitres", node, item, answer)
                faults, count = chapter_file(answer.body, at(node, item))
                yield from faults
                if count is not None:
                    counts[node.get("url")] = count
    for node in item.all("podcast:transcript")[:4]:
        if is_address(node.get("url")):
            found, answer = _asked(
                "transcript", "Le fichier de transcription", node, item, node.get("url"), listener, _FILE_BYTES
            )
            yield from found
            if answer is not None:
                yield from _cors("transcript", "La transcription", node, item, answer)
                yield from transcript_file(answer.body, node.get("type").partition(";")[0].strip(), at(node, item))


def _cors(kind: str, name: str, node: Node, item: Node, answer: Answer) -> Iterator[Finding]:
    if not answer.is_open_to(ORIGIN):
        words = f"{name} : les lecteurs sur le web n'y ont pas accès (CORS) ; ajoutez Access-Control-Allow-Origin: *."
        yield warning(f"http/{kind}-cors", at(node, item), words)


def _enclosure(node: Node, item: Node, listener: Listener) -> Iterator[Finding]:
    address, where = node.get("url"), at(node, item)
    try:
        head = listener.ask(address, method="HEAD", headers={"Origin": ORIGIN})
        part = listener.ask(address, headers={"Origin": ORIGIN, "Range": "bytes=0-1"}, most_bytes=2)
    except UnreachableError as fault:
        yield error("http/enclosure-unreachable", where, f"Le son ne peut pas être lu : {fault}.")
        return
    if part.status not in (200, 206):
        words = f"Le son répond {part.status} au public : vérifiez son adresse et ses droits de lecture."
        yield error("http/enclosure-status", where, words)
        return
    if part.status != 206:
        words = (
            "Le son ne se lit pas par morceaux, ce qu'Apple exige : activez les « range requests » de l'hébergement."
        )
        yield error("apple/byte-ranges", where, words)
    if head.status != 200:
        yield error(
            "apple/head", where, f"Le son répond {head.status} à HEAD, qu'Apple demande : réglez l'hébergement."
        )
        return
    length, stated = head.headers.get("content-length", ""), node.get("length")
    if whole(length) is not None and whole(stated) and length != stated:
        words = f"Le son fait {size(int(length))} ({length} octets), et le flux dit {stated} : corrigez length."
        yield error("http/enclosure-length", where, words)
    if head.media_type and head.media_type != node.get("type").partition(";")[0].strip().lower():
        kind = node.get("type")
        words = f"Le son est servi comme {quoted(head.media_type)}, et le flux dit {quoted(kind)} : accordez-les."
        yield warning("http/enclosure-type", where, words)
    if not part.is_open_to(ORIGIN):
        words = "Les lecteurs sur le web n'ont pas accès au son par morceaux (CORS) : ouvrez-le à toutes les origines."
        yield advice("http/enclosure-cors", where, words)


def _covers(channel: Node, newest: list[Node], listener: Listener) -> Iterator[Finding]:
    """Faults of the podcast's cover, and of the newest item's where it has its own."""
    seen: set[str] = set()
    for parent, item in ((channel, None), *((item, item) for item in newest[:1])):
        for node in parent.all("itunes:image")[:1]:
            address = node.get("href")
            if is_address(address) and address not in seen:
                seen.add(address)
                yield from _cover(node, item, address, listener)


def _cover(node: Node, item: Node | None, address: str, listener: Listener) -> Iterator[Finding]:
    found, answer = _asked("cover", "Le fichier de la pochette", node, item, address, listener, _COVER_BYTES)
    yield from found
    if answer is None:
        return
    if not answer.is_whole:
        yield error("apple/cover-size", at(node, item), f"La pochette dépasse {size(_COVER_BYTES)} : réduisez-la.")
        return
    yield from cover_findings(answer.body, address, at(node, item))


def _next_page(channel: Node, listener: Listener) -> Iterator[Finding]:
    """Faults of the page that follows (RFC 5005): it is a feed, and has other items."""
    for link in channel.all("atom:link"):
        if link.get("rel") != "next" or not is_address(link.get("href")):
            continue
        found, answer = _asked(
            "page", "Le fichier de la page suivante", link, None, link.get("href"), listener, MAX_BYTES + 1
        )
        yield from found
        if answer is None:
            return
        root = read_feed(answer.body).root
        following = root.first("channel") if root is not None else None
        if following is None:
            words = "La page suivante (rel=next) n'est pas un flux : corrigez son adresse."
            yield error("rfc5005/next-page", at(link), words)
            return
        guids = {item.value("guid") for item in channel.all("item")}
        if any(item.value("guid") in guids for item in following.all("item")):
            words = "La page suivante redonne des épisodes de celle-ci : chacun n'est que dans une page."
            yield warning("rfc5005/page-overlap", at(link), words)
        return
