"""The lines of a timed rundown: each item with its hours."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import NamedTuple

from bobine.model.aired.progress import Airing, OnAir, Progress
from bobine.model.episode import Item
from bobine.plan.timing.instants import instant

_NOTHING = timedelta()


class State(StrEnum):
    """The state of an item in the show."""

    COMING = "coming"
    NEXT = "next"
    ON_AIR = "on-air"
    AIRED = "aired"
    SKIPPED = "skipped"
    STANDBY = "standby"

    @property
    def counts(self) -> bool:
        """Whether the item is part of the show: aired, on air or coming."""
        return self not in (State.SKIPPED, State.STANDBY)


class Line(NamedTuple):
    """One item with its hours. Instants are aware, in the show's zone at a fixed offset: subtract them freely.

    Attributes:
        item: the item as planned; for one on air or aired, as it was when it was taken.
        state: where it stands. Skipped: left out by choice, or not reached when the show ended.
        planned_start: when the plan has it start; None for a standby and for what is no longer in the plan.
        start: when it is expected to start, or did (the last time); None where it counts nothing.
        end: when it is expected to end, or did; None likewise.
        anchor: the instant of its ``fixed_start``, which nothing pushes; None without one, and once it is on air.
        wait: dead air expected before it, up to its anchor.
        overlap: by how much what comes before is expected to run into its anchor.
        back_time: when it must start for the show to end on time; None for what counts nothing or is over.
        impossible: the back time is before the earliest instant it could start: now (the slot's start, in a plan), or
            an anchor at or before it.
        remaining: what it has left to air: a coming item's duration; for the one on air it goes below zero, and is
            overtime then; zero for what counts nothing or is over.
    """

    item: Item
    state: State
    planned_start: datetime | None
    start: datetime | None
    end: datetime | None
    anchor: datetime | None
    wait: timedelta
    overlap: timedelta
    back_time: datetime | None
    impossible: bool
    remaining: timedelta


class Expected(NamedTuple):
    """Hours of an item to come, at a fixed offset; ``earliest`` is when it could start if all before it vanished.

    ``back_time`` is when it must start: the hard end less the planned durations of it and of all after it.
    """

    start: datetime
    end: datetime
    anchor: datetime | None
    wait: timedelta
    overlap: timedelta
    earliest: datetime
    back_time: datetime


class Hours(NamedTuple):
    """The hours that lines are made from; instants at one fixed offset, by item id where there are many.

    Attributes:
        planned: when the plan has each item start, from the slot's start.
        expected: of the coming items, in running order.
        remaining: what the on-air item has left.
        ready: when the first coming item may start.
        ending: back time of the first coming item: when all that comes before must be over.
        face: the fixed offset that all is reckoned at.
        show: brings an instant to the show's zone.
    """

    planned: Mapping[str, datetime]
    expected: Mapping[str, Expected]
    remaining: timedelta
    ready: datetime
    ending: datetime
    face: timezone
    show: Callable[[datetime], datetime]


def make_lines(items: Sequence[Item], progress: Progress | None, hours: Hours) -> tuple[Line, ...]:
    """A line for each item of the rundown, and for each one aired that is no longer in it."""
    run = progress or Progress()
    on_air = run.on_air
    airings = {airing.item.id: airing for airing in run.aired}
    leader = next(iter(hours.expected), None) if progress is not None else None
    lines = []
    for item in _rows(items, run) if progress is not None else items:
        planned = hours.planned.get(item.id)
        planned_start = hours.show(planned) if planned is not None else None
        coming = hours.expected.get(item.id)
        if coming is not None:
            state = State.NEXT if item.id == leader else State.COMING
            lines.append(_coming(item, state, planned_start, coming, hours.show))
        elif on_air is not None and on_air.item.id == item.id:
            lines.append(_on_air(on_air, planned_start, hours))
        elif item.id in airings:
            lines.append(_aired(airings[item.id], planned_start, hours))
        else:
            state = State.STANDBY if item.standby and item.id not in run.skipped else State.SKIPPED
            lines.append(_out(item, state, planned_start))
    return tuple(lines)


def _rows(items: Sequence[Item], run: Progress) -> Sequence[Item]:
    """The rundown, with what was aired and since removed from it after what it followed on air."""
    ran = [airing.item for airing in run.aired] + ([run.on_air.item] if run.on_air is not None else [])
    known = {item.id for item in items}
    if all(item.id in known for item in ran):
        return items
    followers: dict[str, list[Item]] = {item.id: [item] for item in items}
    at_the_top: list[Item] = []
    here = at_the_top
    for item in ran:
        if item.id not in known:
            known.add(item.id)
            here.append(item)
        here = followers.get(item.id, here)
    return at_the_top + [row for rows in followers.values() for row in rows]


def _coming(
    item: Item,
    state: State,
    planned_start: datetime | None,
    hours: Expected,
    show: Callable[[datetime], datetime],
) -> Line:
    start, end, anchor, wait, overlap, earliest, back_time = hours
    return Line(
        item,
        state,
        planned_start,
        show(start),
        show(end),
        show(anchor) if anchor is not None else None,
        wait,
        overlap,
        show(back_time),
        back_time < earliest,
        item.duration,
    )


def _on_air(on_air: OnAir, planned_start: datetime | None, hours: Hours) -> Line:
    """The line on air: its back time is that of the length it is meant to have now, including what was added."""
    return Line(
        item=on_air.item,
        state=State.ON_AIR,
        planned_start=planned_start,
        start=hours.show(instant(on_air.started, hours.face)),
        end=hours.show(hours.ready),
        anchor=None,
        wait=_NOTHING,
        overlap=_NOTHING,
        back_time=hours.show(hours.ending - on_air.item.duration - on_air.added),
        impossible=False,
        remaining=hours.remaining,
    )


def _aired(airing: Airing, planned_start: datetime | None, hours: Hours) -> Line:
    start, end = hours.show(instant(airing.started, hours.face)), hours.show(instant(airing.ended, hours.face))
    return _past(airing.item, State.AIRED, planned_start, start, end)


def _out(item: Item, state: State, planned_start: datetime | None) -> Line:
    return _past(item, state, planned_start, None, None)


def _past(
    item: Item, state: State, planned_start: datetime | None, start: datetime | None, end: datetime | None
) -> Line:
    """The line of an item that has nothing to come."""
    return Line(item, state, planned_start, start, end, None, _NOTHING, _NOTHING, None, False, _NOTHING)
