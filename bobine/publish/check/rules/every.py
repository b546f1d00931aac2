"""Every rule of a feed, in the order they are told."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bobine.publish.check.rules.base.apple import apple
from bobine.publish.check.rules.base.chapter_lists import chapter_lists
from bobine.publish.check.rules.base.dates import dates
from bobine.publish.check.rules.base.enclosures import enclosures
from bobine.publish.check.rules.base.paging import paging
from bobine.publish.check.rules.base.required import required
from bobine.publish.check.rules.base.rss import document, rss
from bobine.publish.check.rules.base.values import values
from bobine.publish.check.rules.finding import Finding
from bobine.publish.check.rules.namespace.alternates import alternates
from bobine.publish.check.rules.namespace.channel import channel
from bobine.publish.check.rules.namespace.episode import episode
from bobine.publish.check.rules.namespace.live import live
from bobine.publish.check.rules.namespace.money import money
from bobine.publish.check.rules.namespace.people import people
from bobine.publish.check.rules.namespace.vocabulary import vocabulary
from bobine.publish.check.rules.tree import Feed

_RULES: tuple[Callable[[Feed], Iterator[Finding]], ...] = (
    *(rss, required, values, dates, paging, enclosures, apple, chapter_lists),
    *(vocabulary, channel, people, episode, alternates, live, money),
)


def every_finding(feed: Feed) -> Iterator[Finding]:
    """Findings of every rule; only those of its form where a document is no RSS feed at all."""
    wrong = list(document(feed))
    yield from wrong
    if not any(finding.rule in ("rss/root", "rss/channel") for finding in wrong):
        for rule in _RULES:
            yield from rule(feed)
