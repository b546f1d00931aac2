"""The namespace's rules for people, places, and talk about an episode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_address, names, whole
from bobine.publish.check.rules.namespace.taxonomy import GROUPS, ROLES
from bobine.publish.check.rules.tree import Feed, Node

_GEO = re.compile(
    r"geo:(-?\d{1,2}(?:\.\d+)?),(-?\d{1,3}(?:\.\d+)?)(?:,-?\d+(?:\.\d+)?)?(?:;[A-Za-z0-9-]+(?:=[^;\s]+)?)*", re.ASCII
)
_PROTOCOLS = names(
    "disabled activitypub twitter lightning atproto matrix nostr hive bluesky lightningcomments facebook youtube"
)


def people(feed: Feed) -> Iterator[Finding]:
    """Faults of persons, locations, chats and root posts."""
    for node, item in feed.everywhere("podcast:person"):
        yield from _person(node, item)
    yield from _hosts(feed)
    for node, item in feed.everywhere("podcast:location"):
        yield from _location(node, item)
    for node, item in feed.everywhere("podcast:chat"):
        if not node.get("server") or not node.get("protocol"):
            words = "podcast:chat n'a pas server et protocol : ajoutez-les, comme « irc.radio.example » et « irc »."
            yield error("namespace/chat", at(node, item), words)
    for parent, item in feed.parents():
        posts = parent.all("podcast:socialInteract")
        for node in posts:
            yield from _social(node, item, several=len(posts) > 1)


def _person(node: Node, item: Node | None) -> Iterator[Finding]:
    role, group = node.get("role").lower(), node.get("group").lower()
    if group and group not in GROUPS:
        words = f"Le groupe {quoted(group)} n'est pas de la Podcast Taxonomy : prenez-en un, comme « cast »."
        yield error("namespace/person-group", at(node, item), words)
    elif role and role not in ROLES:
        words = f"Le rôle {quoted(role)} n'est pas de la Podcast Taxonomy : prenez-en un, comme « host » ou « guest »."
        yield error("namespace/person-role", at(node, item), words)
    elif role and role not in GROUPS[group or "cast"]:
        home = next(name for name, roles in GROUPS.items() if role in roles)
        words = f'Le rôle {quoted(role)} n\'est pas du groupe {quoted(group or "cast")} : écrivez group="{home}".'
        yield warning("namespace/person-role-of-group", at(node, item), words)


def _hosts(feed: Feed) -> Iterator[Finding]:
    """An item's persons replace the channel's: without the hosts among them, nobody presents that episode."""
    if not any(_is_host(node) for node in feed.channel.all("podcast:person")):
        return
    for item in feed.items:
        persons = item.all("podcast:person")
        if persons and not any(_is_host(node) for node in persons):
            words = "Les personnes de l'épisode remplacent celles du podcast : redites-y qui présente."
            yield advice("namespace/person-hosts", at(persons[0], item), words)


def _is_host(node: Node) -> bool:
    role = node.get("role").lower() or "host"
    return role in ("host", "co-host", "guest host") and node.get("group").lower() in ("", "cast")


def _location(node: Node, item: Node | None) -> Iterator[Finding]:
    geo = node.get("geo")
    found = _GEO.fullmatch(geo)
    if geo and (found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180):
        words = f"geo, {quoted(geo)}, n'est pas de la forme « geo:45.04,5.05 » (RFC 5870) : corrigez-la."
        yield error("namespace/location-geo", at(node, item), words)
    osm = node.get("osm")
    if osm and re.fullmatch(r"[NWR]\d{1,15}(?:#\d+)?", osm) is None:
        words = f"osm, {quoted(osm)}, n'est pas de la forme « R113314 » (N, W ou R et un numéro) : corrigez-la."
        yield error("namespace/location-osm", at(node, item), words)
    if node.get("rel") not in ("", "subject", "creator"):
        words = f"rel de ce lieu vaut {quoted(node.get('rel'))} : écrivez « subject » ou « creator »."
        yield error("namespace/location-rel", at(node, item), words)
    if node.get("country") and re.fullmatch(r"[A-Za-z]{2}", node.get("country")) is None:
        words = f"country vaut {quoted(node.get('country'))} : mettez un code de deux lettres, comme « fr »."
        yield error("namespace/location-country", at(node, item), words)


def _social(node: Node, item: Node | None, *, several: bool) -> Iterator[Finding]:
    protocol = node.get("protocol").lower()
    if protocol not in _PROTOCOLS:
        words = f"Le protocole {quoted(protocol)} n'est pas connu : écrivez « activitypub » pour Mastodon ou PeerTube."
        yield error("namespace/social-interact-protocol", at(node, item), words)
    uri = node.get("uri")
    if protocol != "disabled" and not (is_address(uri) or re.match(r"(?:nostr|at|matrix|lightning):\S", uri)):
        words = f"uri, {quoted(uri)}, n'est pas l'adresse d'un message : corrigez-la."
        yield error("namespace/social-interact-uri", at(node, item), words)
    priority = node.get("priority")
    if (priority and whole(priority) is None) or (several and not priority):
        words = "Il y a plusieurs fils de discussion : donnez à chacun une priority en chiffres."
        yield warning("namespace/social-interact-priority", at(node, item), words)
