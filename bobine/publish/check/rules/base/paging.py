"""The rules of a feed's links: its own address (RFC 4287, PSP-1), its other pages (RFC 5005), hubs (WebSub)."""

from __future__ import annotations

from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, parsed
from bobine.publish.check.rules.tree import Feed, Node

MOST_ITEMS = 300
"""Items of one page: more make a feed slow, and some apps read no further."""

_PAGES = ("first", "previous", "next", "last", "prev-archive", "next-archive", "current")
_KNOWN = frozenset(
    {"self", "alternate", "hub", "payment", "license", "replies", "related", "via", "search", "edit", "prev"}
)


def paging(feed: Feed) -> Iterator[Finding]:
    """Faults of the channel's atom links."""
    channel = feed.channel
    links = channel.all("atom:link")
    selves = [link for link in links if link.get("rel") == "self"]
    if not selves:
        words = 'Le flux ne dit pas sa propre adresse : ajoutez <atom:link rel="self" href="…"/>.'
        yield error("psp1/channel-self-link", at(channel), words)
    elif len(selves) > 1:
        words = "Le flux dit deux fois sa propre adresse (atom:link rel=self) : n'en gardez qu'une."
        yield error("psp1/self-link-once", at(selves[1]), words)
    for link in links:
        yield from _link(link)
    for link in selves[:1]:
        yield from _self(feed, link)
    yield from _pages(feed, links)


def _link(link: Node) -> Iterator[Finding]:
    if not is_address(link.get("href")):
        words = f"Ce lien n'a pas d'adresse http dans href ({quoted(link.get('href'))}) : corrigez-la."
        yield error("rfc4287/link-href", at(link), words)
    relation = link.get("rel") or "alternate"
    if relation not in _KNOWN and relation not in _PAGES and ":" not in relation:
        words = f"Le lien rel={quoted(relation)} n'est d'aucune sorte connue : corrigez-le."
        yield warning("rfc4287/link-rel", at(link), words)


def _self(feed: Feed, link: Node) -> Iterator[Finding]:
    stated = link.get("href")
    if link.get("type") not in ("", "application/rss+xml"):
        words = f"L'adresse du flux a le type {quoted(link.get('type'))} : écrivez « application/rss+xml »."
        yield warning("rfc4287/self-type", at(link), words)
    if feed.address and is_address(stated) and _whole(stated) != _whole(feed.address):
        words = f"Le flux se dit à {quoted(stated)}, et il a été lu à {quoted(feed.address)} : corrigez rel=self."
        yield warning("psp1/self-link-address", at(link), words)
    if is_address(stated) and _plain(stated) == _plain(feed.channel.value("link")):
        words = "La page du podcast (link) est l'adresse du flux lui-même : mettez celle d'une page à lire."
        yield warning("psp1/channel-link-page", at(feed.channel.first("link") or link), words)


def _plain(address: str) -> tuple[str, str, str]:
    parts = parsed(address.strip())
    return (parts.netloc.lower(), parts.path.rstrip("/"), parts.query)


def _whole(address: str) -> tuple[str, tuple[str, str, str]]:
    return parsed(address.strip()).scheme, _plain(address)


def _pages(feed: Feed, links: list[Node]) -> Iterator[Finding]:
    by_relation: dict[str, Node] = {}
    for link in links:
        relation = link.get("rel")
        if relation in _PAGES and relation in by_relation:
            yield error("rfc5005/link-once", at(link), f"Il y a deux liens rel={relation} : n'en gardez qu'un.")
        by_relation.setdefault("previous" if relation == "prev" else relation, link)
    for relation in ("next", "previous", "prev-archive", "next-archive"):
        following, own = by_relation.get(relation), by_relation.get("self")
        if following is not None and own is not None and following.get("href") == own.get("href"):
            words = f"La page rel={relation} est cette page même, et les lecteurs tournent en rond : corrigez-la."
            yield error("rfc5005/page-of-itself", at(following), words)
    if "next" in by_relation and "first" not in by_relation and "previous" not in by_relation:
        words = "Le flux a une page suivante, et pas de rel=first : ajoutez-le."
        yield warning("rfc5005/first", at(by_relation["next"]), words)
    if len(feed.items) > MOST_ITEMS:
        words = (
            f"Le flux a {len(feed.items)} épisodes dans une page : {MOST_ITEMS} au plus, les autres derrière rel=next."
        )
        yield warning("rfc5005/too-many-items", at(feed.channel), words)
