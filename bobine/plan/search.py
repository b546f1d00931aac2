"""The search behind « quoi couper ? »: which items to drop or take in, and what to ask of the elastic ones.

Whole seconds saved throughout; a negative figure is time added. The rundown is walked from its end, for an anchor asks
something of what comes after it. What the items behind a point may save together is an interval, since the elastic
part is continuous, so that a handful of intervals stands for all the ways to get there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Option(NamedTuple):
    """What one decision saves: ``fixed`` seconds, and up to ``room`` seconds more in the search's direction."""

    fixed: int = 0
    room: int = 0


class Place(NamedTuple):
    """One coming item.

    Attributes:
        kept: what it saves when nothing is decided about it.
        decided: what it saves when it is dropped, or taken in; None where that may not be.
        least: what it and all after it must save together at least; None where no anchor asks.
    """

    kept: Option = Option()
    decided: Option | None = None
    least: int | None = None


class _Reach(NamedTuple):
    """How far one way goes: all from ``low`` to ``high``, by the decisions ``decided`` (places, first to last)."""

    low: int
    high: int
    decided: tuple[int, ...]


def span(option: Option, sign: int) -> tuple[int, int]:
    """Least and most that an option saves; its room counts as saved (``sign`` 1) or added (−1)."""
    end = option.fixed + sign * option.room
    return min(option.fixed, end), max(option.fixed, end)


def decisions(places: Sequence[Place], target: int, sign: int, most: int) -> Iterator[tuple[int, ...]]:
    """Sets of decisions that can save exactly ``target``: the fewest first, then those that ask least of the others.

    One at least is found for each number of decisions by which the target can be met.

    Args:
        places: the coming items, in running order.
        target: what must be saved.
        sign: 1 to squeeze the elastic items, −1 to stretch them.
        most: how many decisions there may be.
    """
    for reaches in _walk(places, target, sign, most):
        yield from (reach.decided for reach in sorted(reaches, key=lambda one: _asked(one, target, sign)))


def possible(places: Sequence[Place], target: int, sign: int) -> bool:
    """Whether any decisions can save exactly ``target``; the arguments are those of ``decisions``."""
    return any(_walk(places, target, sign, None))


def _asked(reach: _Reach, target: int, sign: int) -> int:
    return target - reach.low if sign > 0 else reach.high - target


def _walk(places: Sequence[Place], target: int, sign: int, most: int | None) -> list[list[_Reach]]:
    """The ways to the target by their number of decisions, from 0 to ``most``; all together where that is None."""
    step = 0 if most is None else 1
    levels: list[dict[int, _Reach]] = [{0: _Reach(0, 0, ())}, *({} for _ in range(most or 0))]
    ahead = _ahead(places, sign)
    low = high = 0  # of the places that leave no choice, since the last one that left one
    for index in range(len(places) - 1, -1, -1):
        place = places[index]
        kept = span(place.kept, sign)
        if index and place.decided is None and place.least is None:
            low, high = low + kept[0], high + kept[1]
            continue
        window = target - ahead[index][1], target - ahead[index][0]
        ways: list[tuple[int, tuple[int, int], tuple[int, ...]]] = [(0, kept, ())]
        if place.decided is not None:
            ways.append((step, span(place.decided, sign), (index,)))
        fresh: list[dict[int, _Reach]] = [{} for _ in levels]
        for fewer, (least, most_saved), taken in ways:
            saved = low + least, high + most_saved
            for level in range(fewer, len(levels)):
                for reach in levels[level - fewer].values():
                    _offer(fresh[level], reach, saved, place.least, window, (*taken, *reach.decided))
        levels = fresh
        low = high = 0
    return [[reach for reach in reaches.values() if reach.low <= target <= reach.high] for reaches in levels]


def extent(places: Sequence[Place], sign: int) -> tuple[int, int]:
    """The least and the most that all may save together, but for the anchors."""
    spans = [[span(option, sign) for option in (place.kept, place.decided) if option is not None] for place in places]
    return sum(min(low for low, _ in one) for one in spans), sum(max(high for _, high in one) for one in spans)


def _ahead(places: Sequence[Place], sign: int) -> list[tuple[int, int]]:
    """For each place, the least and the most that all before it may save together."""
    bounds = [(0, 0)]
    for place in places:
        low, high = extent((place,), sign)
        bounds.append((bounds[-1][0] + low, bounds[-1][1] + high))
    return bounds


def _offer(
    states: dict[int, _Reach],
    reach: _Reach,
    saved: tuple[int, int],
    least: int | None,
    window: tuple[int, int],
    decided: tuple[int, ...],
) -> None:
    """Note a way, unless it breaks an anchor, cannot lead to the target, or another goes as far from the same low."""
    low, high = reach.low + saved[0], reach.high + saved[1]
    if least is not None:
        low = max(low, least)
    if low > high or low > window[1] or high < window[0]:
        return
    other = states.get(low)
    if other is None or other.high < high:
        states[low] = _Reach(low, high, decided)


def share(options: Sequence[Option], least: Sequence[int | None], target: int, sign: int) -> list[int] | None:
    """What each item saves for all to save ``target``: its fixed part, and its share of the rest by its room.

    Shares are whole seconds; anchors may bend them.

    Args:
        options: what was decided for each coming item, in running order.
        least: what each and all after it must save together at least.
        target: what must be saved.
        sign: as in ``decisions``.

    Returns:
        None if it cannot be done.
    """
    behind = [(0, 0)]
    for option, asked in zip(reversed(options), reversed(least), strict=True):
        few, many = span(option, sign)
        low, high = behind[-1][0] + few, behind[-1][1] + many
        if asked is not None:
            low = max(low, asked)
        if low > high:
            return None
        behind.append((low, high))
    low, high = behind.pop()
    if not low <= target <= high:
        return None
    elastic = target - sum(option.fixed for option in options)
    room = sum(option.room for option in options)
    saved = []
    for option in options:
        low, high = behind.pop()
        few, many = span(option, sign)
        wanted = option.fixed + (round(elastic * option.room / room) if room else 0)
        part = min(max(wanted, few, target - high), many, target - low)
        saved.append(part)
        target -= part
        elastic -= part - option.fixed
        room -= option.room
    return saved
