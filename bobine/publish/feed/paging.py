"""The pages of a feed (RFC 5005): which of its items each holds. Pure.

Further pages are counted from the oldest item, so that a new one moves nothing behind the main feed: page 2 holds the
oldest for ever, and once the main feed would be too long its own oldest items become one more page.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

MAX_ITEMS = 300
"""Most items that the main feed holds."""

PAGE_ITEMS = 150
"""Items of each further page; the main feed keeps at least as many."""

_T = TypeVar("_T")


def paged(oldest_first: Sequence[_T]) -> dict[int, list[_T]]:
    """The content of each page, oldest first; the page of the oldest is 2, the main feed, 1, is the last one.

    Args:
        oldest_first: every place that the podcast ever had: those whose item is gone count, lest the others move.
    """
    further = max(0, -(-(len(oldest_first) - MAX_ITEMS) // PAGE_ITEMS))
    pages = {}
    for page in range(2, further + 2):
        first = (page - 2) * PAGE_ITEMS
        pages[page] = list(oldest_first[first : first + PAGE_ITEMS])
    return {**pages, 1: list(oldest_first[further * PAGE_ITEMS :])}


def relations(page: int, count: int) -> tuple[tuple[str, int], ...]:
    """The links of a page to the others, by relation (RFC 5005): from the newest items to the oldest; none where alone.

    Args:
        page: its number: 1 for the main feed, then the highest, down to 2.
        count: how many pages there are.
    """
    if count == 1:
        return ()
    order = [1, *range(count, 1, -1)]
    place = order.index(page)
    found = [("first", 1)]
    if place > 0:
        found.append(("previous", order[place - 1]))
    if place < len(order) - 1:
        found.append(("next", order[place + 1]))
    return (*found, ("last", order[-1]))
