"""The namespace's rules for a channel: identity, lock, medium, licence, frequency, podroll, texts for machines."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import is_media_type, is_uuid, iso_instant, rfc822_instant, whole
from bobine.publish.check.rules.tree import Feed, Judge, Node
from bobine.store.rules.texts import email

_MEDIUMS = ("podcast", "music", "video", "film", "audiobook", "newsletter", "blog", "publisher", "course")
_ALL_MEDIUMS = frozenset({*_MEDIUMS, *(f"{name}L" for name in _MEDIUMS), "mixed"})


def channel(feed: Feed) -> Iterator[Finding]:
    """Faults of the channel's own elements."""
    parent = feed.channel
    for node in parent.all("podcast:guid"):
        if node.text.strip() and not is_uuid(node.text.strip()):
            words = (
                f"podcast:guid, {quoted(node.text)}, n'est pas un UUID : remettez celui du podcast, sans en changer."
            )
            yield error("namespace/guid-uuid", at(node), words)
    for node in parent.all("podcast:locked"):
        yield from _locked(node)
    for node in parent.all("podcast:medium"):
        if node.text.strip() not in _ALL_MEDIUMS:
            words = f"podcast:medium vaut {quoted(node.text)} : écrivez « podcast » pour un podcast."
            yield error("namespace/medium-value", at(node), words)
    yield from _remote_items(parent)
    yield from _schedule(parent, feed.is_recurrence)
    for node, item in feed.everywhere("podcast:license"):
        yield from _license(node, item, feed.is_licence)


def _schedule(parent: Node, is_recurrence: Judge) -> Iterator[Finding]:
    for node in parent.all("podcast:updateFrequency"):
        yield from _frequency(node, is_recurrence)
    for node in parent.all("podcast:block"):
        if node.text.strip() not in ("yes", "no"):
            yield error(
                "namespace/block-value",
                at(node),
                f"podcast:block vaut {quoted(node.text)} : écrivez « yes » ou « no ».",
            )
    for node in parent.all("podcast:trailer"):
        yield from _trailer(node)
    for node in parent.all("podcast:podroll"):
        if not node.all("podcast:remoteItem"):
            yield error("namespace/podroll-empty", at(node), "podcast:podroll est vide : remplissez-le ou enlevez-le.")


def _locked(node: Node) -> Iterator[Finding]:
    if node.text.strip() and node.text.strip() not in ("yes", "no"):
        words = f"podcast:locked vaut {quoted(node.text)} : écrivez « yes » ou « no »."
        yield error("namespace/locked-value", at(node), words)
    if node.get("owner") and email(node.get("owner")) is not None:
        words = f"owner de podcast:locked, {quoted(node.get('owner'))}, n'est pas un courriel : corrigez-le."
        yield error("namespace/locked-owner", at(node), words)


def _license(node: Node, item: Node | None, is_listed: Judge) -> Iterator[Finding]:
    name = node.text.strip()
    if not name:
        return
    if not is_listed(name):
        if not node.get("url"):
            words = f"La licence {quoted(name)} n'est pas de la liste SPDX : donnez l'adresse de son texte dans url."
            yield error("namespace/license-url", at(node, item), words)
        return
    if name != name.lower():
        words = f"La licence {quoted(name)} s'écrit en minuscules : {quoted(name.lower())}."
        yield warning("namespace/license-case", at(node, item), words)


def _frequency(node: Node, is_recurrence: Judge) -> Iterator[Finding]:
    rule = node.get("rrule")
    if rule and not is_recurrence(rule):
        words = f"La règle {quoted(rule)} n'est pas de la RFC 5545 : écrivez par exemple « FREQ=WEEKLY;BYDAY=TH »."
        yield error("namespace/update-frequency-rrule", at(node), words)
    if node.get("complete") not in ("", "true", "false"):
        words = f"complete vaut {quoted(node.get('complete'))} : écrivez « true » ou « false »."
        yield error("namespace/update-frequency-complete", at(node), words)
    start = node.get("dtstart")
    if start and iso_instant(start) is None and not _is_day(start):
        words = f"dtstart, {quoted(start)}, n'est pas une date ISO 8601 : corrigez-la."
        yield error("namespace/update-frequency-dtstart", at(node), words)
    if "COUNT=" in rule and not start:
        words = "Cette règle compte des épisodes (COUNT) sans dire depuis quand : ajoutez dtstart."
        yield error("namespace/update-frequency-dtstart", at(node), words)
    if not rule and node.get("complete") != "true":
        yield advice(
            "namespace/update-frequency-rrule",
            at(node),
            "Le rythme n'a pas de rrule, que lisent les applications : ajoutez-la.",
        )


def _is_day(text: str) -> bool:
    try:
        datetime.strptime(text, "%Y-%m-%d")  # noqa: DTZ007 - a day without an hour
    except ValueError:
        return False
    return True


def _trailer(node: Node) -> Iterator[Finding]:
    if rfc822_instant(node.get("pubdate")) is None:
        words = (
            f"pubdate de la bande-annonce, {quoted(node.get('pubdate'))}, n'est pas une date RFC 2822 : corrigez-la."
        )
        yield error("namespace/trailer-pubdate", at(node), words)
    if not whole(node.get("length")) or not is_media_type(node.get("type")):
        words = "La bande-annonce n'a pas sa taille en octets (length) et son type (type) : ajoutez-les."
        yield warning("namespace/trailer-file", at(node), words)


def _remote_items(parent: Node) -> Iterator[Finding]:
    owners = (parent, *parent.all("podcast:podroll"), *parent.all("podcast:publisher"))
    for owner in owners:
        for node in owner.all("podcast:remoteItem"):
            if not is_uuid(node.get("feedGuid")):
                words = (
                    f"feedGuid, {quoted(node.get('feedGuid'))}, n'est pas le podcast:guid d'un podcast : corrigez-le."
                )
                yield error("namespace/remote-item-guid", at(node), words)
            if node.get("medium") and node.get("medium") not in _ALL_MEDIUMS:
                words = f"medium vaut {quoted(node.get('medium'))} : écrivez « podcast » pour un podcast."
                yield error("namespace/medium-value", at(node), words)
