"""The search behind « quoi couper ? »: which items to drop or take in, and what to ask of the elastic ones.

Whole seconds saved throughout; a negative figure is time added. The rundown is walked from its end, for an anchor asks
something of what comes after it. Elastic items give in steps, so that what the items behind a point may save together
is an evenly spaced row of figures: a handful of such rows stands for all the ways to get there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple


class Goal(NamedTuple):
    """The time to save, and the margin allowed.

    Attributes:
        target: in seconds.
        slack: how much more will do as well.
        sign: 1 to squeeze the elastic items, −1 to stretch them.
        step: elastic items give multiples of it; each ``room`` is one.
    """

    target: int
    slack: int
    sign: int
    step: int


class Option(NamedTuple):
    """The time that one decision saves: ``fixed`` seconds, and up to ``room`` seconds more in the same direction."""

    fixed: int = 0
    room: int = 0


class ComingItem(NamedTuple):
    """One coming item.

    Attributes:
        kept: what it saves when nothing is decided about it.
        decided: what it saves when it is dropped, or taken in; None where that may not be.
        least: what it and all after it must save together at least; None where no anchor asks.
        poor: to decide about it is worse than about another that saves the same.
    """

    kept: Option = Option()
    decided: Option | None = None
    least: int | None = None
    poor: bool = False


class _Reach(NamedTuple):
    """The reach of one way: from ``low`` to ``high`` by steps, by the decisions ``decided`` (places, first to last).

    ``poor`` of them are on places that say so.
    """

    low: int
    high: int
    decided: tuple[int, ...]
    poor: int = 0


def span(option: Option, sign: int) -> tuple[int, int]:
    """Least and most that an option saves; its room counts as saved (``sign`` 1) or added (−1)."""
    end = option.fixed + sign * option.room
    return min(option.fixed, end), max(option.fixed, end)


def decisions(places: Sequence[ComingItem], goal: Goal, most: int) -> Iterator[tuple[int, ...]]:
    """Sets of decisions that can reach the goal: the fewest first, then those that ask least of the others.

    One at least is found for each number of decisions by which the target can be met.

    Args:
        places: the coming items, in running order.
        goal: what must be saved.
        most: how many decisions there may be.
    """
    for reaches in _walk(places, goal, most):
        yield from (reach.decided for reach in sorted(reaches, key=lambda one: _asked(one, goal)))


def possible(places: Sequence[ComingItem], goal: Goal) -> bool:
    """Whether any decisions can reach the goal."""
    return any(_walk(places, goal, None))


def _landing(low: int, high: int, goal: Goal) -> int | None:
    """The first figure of a row that reaches the goal."""
    found = _stepped(low, goal.target, goal.step)
    return found if found <= min(high, goal.target + goal.slack) else None


def _stepped(low: int, least: int, step: int) -> int:
    """The first figure of a row that begins at ``low`` which is not below ``least``."""
    return low + max(0, -((low - least) // step)) * step


def _asked(reach: _Reach, goal: Goal) -> int:
    landing = _landing(reach.low, reach.high, goal)
    landing = goal.target if landing is None else landing
    return landing - reach.low if goal.sign > 0 else reach.high - landing


def _walk(places: Sequence[ComingItem], goal: Goal, most: int | None) -> list[list[_Reach]]:
    """The ways to the target by their number of decisions, from 0 to ``most``; all together where that is None."""
    target, sign = goal.target, goal.sign
    count = 0 if most is None else 1
    levels: list[dict[int, _Reach]] = [{0: _Reach(0, 0, ())}, *({} for _ in range(most or 0))]
    ahead = _ahead(places, sign)
    low = high = 0  # of the places that leave no choice, since the last one that left one
    for index in range(len(places) - 1, -1, -1):
        place = places[index]
        kept = span(place.kept, sign)
        if index and place.decided is None and place.least is None:
            low, high = low + kept[0], high + kept[1]
            continue
        window = target - ahead[index][1], target + goal.slack - ahead[index][0]
        ways: list[tuple[int, tuple[int, int], tuple[int, ...]]] = [(0, kept, ())]
        if place.decided is not None:
            ways.append((count, span(place.decided, sign), (index,)))
        fresh: list[dict[int, _Reach]] = [{} for _ in levels]
        for fewer, (least, most_saved), taken in ways:
            saved = low + least, high + most_saved
            for level in range(fewer, len(levels)):
                for reach in levels[level - fewer].values():
                    least_of_all = None if place.least is None else (place.least, goal.step)
                    poor = reach.poor + (place.poor and bool(taken))
                    way = _Reach(reach.low, reach.high, (*taken, *reach.decided), poor)
                    _offer(fresh[level], way, saved, least_of_all, window)
        levels = fresh
        low = high = 0
    return [
        [reach for reach in reaches.values() if _landing(reach.low, reach.high, goal) is not None] for reaches in levels
    ]


def extent(places: Sequence[ComingItem], sign: int) -> tuple[int, int]:
    """The least and the most that all may save together, but for the anchors."""
    spans = [[span(option, sign) for option in (place.kept, place.decided) if option is not None] for place in places]
    return sum(min(low for low, _ in one) for one in spans), sum(max(high for _, high in one) for one in spans)


def _ahead(places: Sequence[ComingItem], sign: int) -> list[tuple[int, int]]:
    """The least and the most that all items before each place may save together."""
    bounds = [(0, 0)]
    for place in places:
        low, high = extent((place,), sign)
        bounds.append((bounds[-1][0] + low, bounds[-1][1] + high))
    return bounds


def _offer(
    states: dict[int, _Reach],
    reach: _Reach,
    saved: tuple[int, int],
    least: tuple[int, int] | None,
    window: tuple[int, int],
) -> None:
    """Note a way, unless it breaks an anchor, cannot lead to the target, or another goes as far from the same low."""
    low, high = reach.low + saved[0], reach.high + saved[1]
    if least is not None:
        low = _stepped(low, *least)
    if low > high or low > window[1] or high < window[0]:
        return
    other = states.get(low)
    if other is None or (other.high, -other.poor) < (high, -reach.poor):
        states[low] = _Reach(low, high, reach.decided, reach.poor)


def share(options: Sequence[Option], least: Sequence[int | None], goal: Goal) -> list[int] | None:
    """Share the goal among the items: each saves its fixed part, and a share of the rest in proportion to its room.

    Shares are whole steps; anchors may bend them.

    Args:
        options: what was decided for each coming item, in running order.
        least: what each and all after it must save together at least.
        goal: what must be saved.

    Returns:
        None if it cannot be done.
    """
    sign, step = goal.sign, goal.step
    behind = [(0, 0)]
    for option, asked in zip(reversed(options), reversed(least), strict=True):
        few, many = span(option, sign)
        low, high = behind[-1][0] + few, behind[-1][1] + many
        if asked is not None:
            low = _stepped(low, asked, step)
        if low > high:
            return None
        behind.append((low, high))
    target = _landing(*behind.pop(), goal)
    if target is None:
        return None
    elastic = target - sum(option.fixed for option in options)
    room = sum(option.room for option in options)
    saved = []
    for option in options:
        low, high = behind.pop()
        few, many = span(option, sign)
        wanted = option.fixed + (round(elastic * option.room / room / step) * step if room else 0)
        part = min(max(wanted, few, target - high), many, target - low)
        saved.append(part)
        target -= part
        elastic -= part - option.fixed
        room -= option.room
    return saved
