"""The namespace's rules for live items, and what a widely used client misreads in them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bobine.publish.check.rules.finding import Finding, at, error, quoted, warning
from bobine.publish.check.rules.looking import iso_instant
from bobine.publish.check.rules.tree import Feed, Node

_MISREAD = ("itunes:image", "podcast:chapters", "podcast:transcript")
_NEEDED = {
    "title": ("namespace/live-item-title", "son titre (title)"),
    "guid": ("namespace/live-item-guid", "son identité (guid)"),
    "enclosure": ("namespace/live-item-enclosure", "l'adresse du direct (enclosure)"),
    "podcast:contentLink": ("namespace/live-item-content-link", "un lien pour navigateur (podcast:contentLink)"),
}
_LATE = timedelta(hours=24)


def live(feed: Feed) -> Iterator[Finding]:
    """Faults of the live items."""
    for item in feed.live_items:
        if item.get("status") not in ("pending", "live", "ended"):
            words = f"status vaut {quoted(item.get('status'))} : écrivez « pending », « live » ou « ended »."
            yield error("namespace/live-item-status", at(item, item), words)
        yield from _times(item, feed)
        for name, (rule, words) in _NEEDED.items():
            if item.first(name) is None:
                yield error(rule, at(item, item), f"Il manque au direct {words} : ajoutez cette balise.")
        for name in _MISREAD:
            for node in item.all(name):
                words = f"Une application répandue prend {name} d'un direct pour celui du podcast : enlevez-le."
                yield error(f"namespace/live-item-{name.rpartition(':')[2]}", at(node, item), words)


def _times(item: Node, feed: Feed) -> Iterator[Finding]:
    start, end = iso_instant(item.get("start")), iso_instant(item.get("end"))
    if start is None:
        words = f"start vaut {quoted(item.get('start'))} : mettez un instant comme « 2026-11-26T18:00:00+01:00 »."
        yield error("namespace/live-item-start", at(item, item), words)
    if item.get("end") and end is None:
        words = f"end vaut {quoted(item.get('end'))} : mettez un instant comme « 2026-11-26T18:55:00+01:00 »."
        yield error("namespace/live-item-end", at(item, item), words)
    if start is not None and end is not None and end <= start:
        yield error("namespace/live-item-end", at(item, item), "Le direct finit avant de commencer : corrigez end.")
    expected = end or start
    if item.get("status") in ("pending", "live") and expected is not None and expected + _LATE < feed.now:
        words = (
            f"Ce direct est encore « {item.get('status')} », et il est fini depuis plus d'un jour : passez à « ended »."
        )
        yield warning("namespace/live-item-stale", at(item, item), words)
