"""Repairs of a rundown: the few least harmful sets of cuts or additions that land on the hard end.

Nobody can speak three seconds less: elastic items give ten seconds at a time, and the show lands to the second where
that allows it, else less than ten seconds early, never late; the rest is reported. Repairs are proposed, never applied
by themselves.

Late: squeeze the elastic items first, then drop droppable ones, and where what is dropped is too long, stretch others
into the rest. Short, the same reversed: stretch, then take in standbys. The closing items are never touched, and an
anchored one is neither dropped nor taken in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import timedelta
from itertools import groupby

from bobine.model.aired.progress import closing_items, running_order
from bobine.model.episode import Item, ItemKind
from bobine.plan.readiness.reserve import is_bare
from bobine.plan.repair.changes import Advice, Change, ChangeKind, Repair
from bobine.plan.repair.search import ComingItem, Goal, Option, decisions, extent, possible, share
from bobine.plan.timing.rundown import State, Timing, late_seconds

STEP_S = 10
"""Step by which elastic items change, in seconds: as much as somebody at a microphone can do."""

_SECOND = timedelta(seconds=1)
_WAYS_PER_COUNT = 3
"""Sets of decisions examined for each count of decisions: enough for a choice."""


def step_within(tolerance: timedelta) -> int:
    """The step of the proposals, in seconds, for a slot of that tolerance: ten seconds, where as much will do."""
    return STEP_S if tolerance >= (STEP_S - 1) * _SECOND else 1


def advise(timing: Timing, protected: Collection[str] = (), limit: int = 4, step_s: int = STEP_S) -> Advice:
    """Advise what to cut or add for a show to end on time, as planned or live.

    Late is the expected end beyond the hard end; short is a hole, also one that waits before an anchor. Fractions of a
    second are left, as the headline does.

    Args:
        timing: what ``time_rundown`` made of it.
        protected: ids of items that must stay as they are, besides the closing ones.
        limit: how many repairs are wanted at most.
        step_s: elastic items give multiples of this; 1 to land exactly.
    """
    late = late_seconds(timing.expected_end - timing.slot_end)
    needed = late if late > 0 else late_seconds(timing.gap)
    if -step_s < needed <= 0:
        return Advice(needed=needed * _SECOND)
    board = _Board(timing, protected, step_s, adding=needed < 0)
    repairs = tuple(_repairs(board, needed, step_s - 1, 0, limit))
    if repairs:
        return Advice(needed=needed * _SECOND, repairs=repairs)
    missing = _nearest(board, needed)
    best = _repairs(board, needed - missing, 0, max(0, missing), 1)[0]
    return Advice(needed=needed * _SECOND, best=best if best.changes else None, missing=missing * _SECOND)


class _Board:
    """The coming items and the standbys, as the search wants them."""

    def __init__(self, timing: Timing, protected: Collection[str], step_s: int, *, adding: bool) -> None:
        self.step_s = step_s
        run = timing.progress
        over = run is not None and run.on_air is None and run.begun and not timing.to_come
        states = (State.COMING, State.NEXT, *((State.STANDBY,) if adding else ()))
        lines = {line.item.id: line for line in timing.lines if line.state in states}
        ended = over or (run is not None and run.ended is not None)
        rundown = [line.item for line in timing.lines]
        self.items = running_order(rundown, () if ended else lines.keys(), run.next if run is not None else None)
        fixed = {*protected, *(item.id for item in closing_items(rundown) if not item.standby)}
        self._fixed = fixed | {item.id for item in rundown if item.kind is ItemKind.CLOSING_THEME}
        self._reserve = {item.id for item in self.items if lines[item.id].state is State.STANDBY}
        self._adding = adding
        self._least: dict[str, int] = {}
        for item in self.items:
            anchor, back_time = lines[item.id].anchor, lines[item.id].back_time
            if anchor is not None and back_time is not None:
                self._least[item.id] = late_seconds(anchor - back_time)
        late, gap = late_seconds(timing.expected_end - timing.slot_end), late_seconds(timing.gap)
        if late > max(0, gap):
            self._fixed |= self._before_the_late_anchor(late)

    def _before_the_late_anchor(self, late: int) -> set[str]:
        """Items before the last anchor after which all the lateness arises: changing them would not help."""
        ids = [item.id for item in self.items]
        return set(ids[: max(place for place, name in enumerate(ids) if self._least.get(name) == late)])

    def places(self, sign: int, allowed_late: int) -> list[ComingItem]:
        """The room of each item to squeeze (``sign`` 1) or stretch (−1), where anchors may be late by so much."""
        return [self._place(item, sign, allowed_late) for item in self.items]

    def _place(self, item: Item, sign: int, allowed_late: int) -> ComingItem:
        least = self._least[item.id] - allowed_late if item.id in self._least else None
        if item.id in self._fixed:
            return ComingItem(least=least)
        length = item.duration // _SECOND
        end = item.min if sign > 0 else item.max
        room = max(0, sign * (length - end // _SECOND)) // self.step_s * self.step_s if end is not None else 0
        movable = item.fixed_start is None
        if item.id in self._reserve:
            return ComingItem(decided=Option(-length, room) if movable else None, least=least, poor=is_bare(item))
        droppable = item.droppable and movable and not self._adding
        return ComingItem(Option(0, room), Option(length) if droppable else None, least)


def _repairs(board: _Board, needed: int, slack: int, allowed_late: int, limit: int) -> list[Repair]:
    """Repairs that save what is needed, by the fewest decisions; more are tried only where fewer do not do it."""
    boards = {sign: board.places(sign, allowed_late) for sign in (1, -1)}
    decidable = sum(place.decided is not None for place in boards[1])
    most = 1
    while True:
        found: dict[Repair, None] = {}
        for sign, places in boards.items():
            goal = Goal(needed, slack, sign, board.step_s)
            for _, ways in groupby(decisions(places, goal, most), key=len):
                for decided in list(ways)[:_WAYS_PER_COUNT]:
                    found.update(dict.fromkeys(_shared(board.items, places, decided, goal)))
        if found or most >= decidable:
            return sorted(found, key=lambda repair: repair.harm)[:limit]
        most *= 2


def _nearest(board: _Board, needed: int) -> int:
    """The least that can be left of what is needed; of two equal ones, that which ends early."""
    extents = [extent(board.places(sign, 0), sign) for sign in (1, -1)]
    reach = min(max(low - needed, needed - high, 0) for low, high in extents)
    for distance in range(max(1, reach), abs(needed)):
        for left in (-distance, distance):
            late, goal = max(0, left), needed - left
            if any(possible(board.places(sign, late), Goal(goal, 0, sign, board.step_s)) for sign in (1, -1)):
                return left
    return needed


def _shared(
    items: Sequence[Item], places: Sequence[ComingItem], decided: Sequence[int], goal: Goal
) -> Iterator[Repair]:
    """The repairs of one set of decisions: as few elastic items as do it, and a little of each."""
    options = [(place.decided if index in decided else None) or place.kept for index, place in enumerate(places)]
    least = [place.least for place in places]
    widest = sorted((index for index in range(len(options)) if options[index].room), key=lambda i: -options[i].room)
    for count in range(len(widest) + 1):
        chosen = widest[:count]
        few = [option if index in chosen else Option(option.fixed) for index, option in enumerate(options)]
        saved = share(few, least, goal)
        if saved is not None:
            yield _repair(items, options, decided, saved)
            break
    saved = share(options, least, goal)
    if saved is not None:
        yield _repair(items, options, decided, saved)


def _repair(items: Sequence[Item], options: Sequence[Option], decided: Sequence[int], saved: Sequence[int]) -> Repair:
    changes = []
    for index, (item, option, total) in enumerate(zip(items, options, saved, strict=True)):
        parts = []
        if index in decided:
            parts.append((ChangeKind.DROP if option.fixed > 0 else ChangeKind.TAKE_IN, option.fixed))
        elastic = total - option.fixed
        if elastic:
            parts.append((ChangeKind.SQUEEZE if elastic > 0 else ChangeKind.STRETCH, elastic))
        changes += [
            Change(
                item=item.id,
                title=item.title,
                kind=kind,
                seconds=abs(part),
                bare=kind is ChangeKind.TAKE_IN and is_bare(item),
            )
            for kind, part in parts
        ]
    return Repair(tuple(changes))
