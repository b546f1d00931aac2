"""Changes of a feed's text, of which single faults are made."""

from __future__ import annotations

import re
from collections.abc import Callable

Mutation = Callable[[str], str]
"""A fault: a function from the feed's text to a text that differs from it."""


def swap(old: str, new: str) -> Mutation:
    """The first place of a text replaced."""
    return lambda feed: feed.replace(old, new, 1)


def drop(pattern: str) -> Mutation:
    """The first match of a pattern taken away."""
    return lambda feed: re.sub(pattern, "", feed, count=1, flags=re.DOTALL)


def drop_in_item(pattern: str) -> Mutation:
    """The first match of a pattern in the newest item taken away."""
    return lambda feed: re.sub(rf"(<item>.*?){pattern}", r"\1", feed, count=1, flags=re.DOTALL)


def put(pattern: str, new: str) -> Mutation:
    """The first match of a pattern replaced; ``\\1`` is its first group."""
    return lambda feed: re.sub(pattern, new, feed, count=1, flags=re.DOTALL)


def in_channel(xml: str) -> Mutation:
    """An element put into the channel, before its first item."""
    return swap("<item>", f"{xml}<item>")


def in_item(xml: str) -> Mutation:
    """An element put at the end of the newest item."""
    return swap("</item>", f"{xml}</item>")


def in_older_item(xml: str) -> Mutation:
    """An element put at the end of the older item."""
    return swap("</item>\n  </channel>", f"{xml}</item></channel>")


def both(*changes: Mutation) -> Mutation:
    """One fault that takes several changes of the text."""

    def changed(feed: str) -> str:
        for change in changes:
            feed = change(feed)
        return feed

    return changed


def in_both_items(pattern: str) -> Mutation:
    """A value of the older item made that of the newer one."""

    def changed(feed: str) -> str:
        first, second = list(re.finditer(pattern, feed, re.DOTALL))[:2]
        return feed[: second.start()] + first[0] + feed[second.end() :]

    return changed


def again(pattern: str) -> Mutation:
    """The first match of a pattern twice in a row."""
    return lambda feed: re.sub(f"({pattern})", r"\1\1", feed, count=1, flags=re.DOTALL)
