"""The rules of a feed's dates: their form (RFC 822 by RFC 2822), none to come, newest first."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from bobine.publish.check.rules.finding import Finding, advice, at, error, quoted, warning
from bobine.publish.check.rules.looking import has_right_weekday, rfc822_instant
from bobine.publish.check.rules.tree import Feed, Node

_SLACK = timedelta(minutes=5)  # two clocks are never quite alike
_OLDEST = 1990


def dates(feed: Feed) -> Iterator[Finding]:
    """Faults of the dates of the channel and of the items."""
    for name in ("pubDate", "lastBuildDate"):
        for node in feed.channel.all(name):
            yield from _date(node, None, feed.now)
    previous: tuple[datetime, Node] | None = None
    for item in feed.items:
        for published in item.all("pubDate"):
            yield from _date(published, item, feed.now)
        instant = rfc822_instant(item.value("pubDate"))
        if instant is None:
            continue
        if previous is not None and instant > previous[0]:
            words = (
                f"Cet épisode est plus récent que celui d'avant (ligne {previous[1].line}) : le plus récent d'abord."
            )
            yield advice("rss/order", at(item.first("pubDate") or item, item), words)
        previous = instant, item


def _date(node: Node, item: Node | None, now: datetime) -> Iterator[Finding]:
    text = node.text.strip()
    if not text:
        return
    instant = rfc822_instant(text)
    if instant is None:
        words = f"La date {quoted(text)} n'est pas de la forme « Thu, 26 Nov 2026 18:05:00 +0100 » : corrigez-la."
        yield error("rfc2822/date", at(node, item), words)
        return
    if not has_right_weekday(text, instant):
        words = f"Le jour de la semaine de {quoted(text)} n'est pas le bon : corrigez-le, ou enlevez-le."
        yield warning("rfc2822/weekday", at(node, item), words)
    if instant > now + _SLACK:
        words = (
            f"La date {quoted(text)} est à venir, et des applications cachent l'épisode : mettez celle d'aujourd'hui."
        )
        yield error("psp1/future-date", at(node, item), words)
    if instant.year < _OLDEST:
        words = f"La date {quoted(text)} est d'avant le podcast : mettez la vraie, sans quoi l'épisode passe dernier."
        yield warning("rss/ancient-date", at(node, item), words)
