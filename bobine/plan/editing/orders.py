"""Order in lists whose elements all differ: which elements moved, and three-way merges. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Sequence
from typing import TypeVar

K = TypeVar("K", bound=Hashable)


def moved(before: Sequence[K], after: Sequence[K]) -> frozenset[K]:
    """The fewest elements whose moves explain the new order of those that are in both lists."""
    place = {key: index for index, key in enumerate(before)}
    common = [key for key in after if key in place]
    return frozenset(common) - frozenset(_longest_in_order(common, [place[key] for key in common]))


def merged_order(base: Sequence[K], mine: Sequence[K], newest: Sequence[K], kept: Collection[K]) -> tuple[K, ...]:
    """The newest order, with what I moved or added put after what it follows in mine.

    Args:
        base: what both started from.
        mine: what I made of it.
        newest: what others made of it meanwhile.
        kept: the elements of the result; each is in mine or in the newest.
    """
    wanted, by_me = frozenset(kept), moved(base, mine)
    order = [key for key in newest if key in wanted and key not in by_me]
    present = set(order)
    previous: K | None = None
    for key in mine:
        if key not in wanted:
            continue
        if key not in present:
            order.insert(0 if previous is None else order.index(previous) + 1, key)
            present.add(key)
        previous = key
    order += [key for key in newest if key in wanted and key not in present]
    return tuple(order)


def merged_set(base: Sequence[K], mine: Sequence[K], newest: Sequence[K]) -> tuple[K, ...]:
    """Merge three sets: what anybody added is in, what anybody removed is out; each once, in the merged order."""
    if mine == base:
        return tuple(newest)
    if newest == base:
        return tuple(mine)
    before, i_have, they_have = set(base), set(mine), set(newest)
    kept = (i_have & they_have) | (i_have - before) | (they_have - before)
    return merged_order(tuple(dict.fromkeys(base)), tuple(dict.fromkeys(mine)), tuple(dict.fromkeys(newest)), kept)


def _longest_in_order(keys: Sequence[K], places: Sequence[int]) -> list[K]:
    """The longest run of keys, not all adjacent, whose places rise."""
    smallest: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, place in enumerate(places):
        length = bisect_left(smallest, place)
        before.append(ends[length - 1] if length else -1)
        smallest[length : length + 1] = [place]
        ends[length : length + 1] = [index]
    found = []
    index = ends[-1] if ends else -1
    while index >= 0:
        found.append(keys[index])
        index = before[index]
    return found
