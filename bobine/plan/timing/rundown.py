"""The timing of a rundown: a pure function of the plan, the live as-run so far and an instant.

Every screen, the paper and the live show read their hours here, so that each formula stands in one place. All is
reckoned between instants: a show may cross midnight or a change of clocks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo

from bobine.model.aired.progress import OnAir, Progress
from bobine.model.episode import Item
from bobine.plan.timing.instants import anchors, clock_face, fixed_offset, instant
from bobine.plan.timing.lines import Expected, Hours, Line, State, make_lines

__all__ = ["Line", "State", "Timing", "countdown_seconds", "late_seconds", "time_rundown"]

_NOTHING = timedelta()
_SECOND = timedelta(seconds=1)
_GONE = (State.AIRED, State.ON_AIR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """The hours of a whole rundown. Instants are as in ``Line``.

    Attributes:
        slot_start: when the air is taken.
        slot_end: the hard end, when it is given back.
        lines: every item in the rundown's order; one aired and since removed from it stands after what it followed.
        planned_total: planned durations of all that counts: aired, on air and coming.
        shortest_total: the same with each coming item at its ``min``.
        longest_total: the same with each coming item at its ``max``.
        ready: when the first coming item may start: the slot's start in a plan, the on-air item's expected end live.
        to_come: planned durations of the coming items.
        gap: to the hard end, positive when late: ``ready + to_come − slot_end``. The headline.
        waits: dead air expected before anchors, all together.
        expected_end: when the show is expected to end, waits included: ``slot_end + gap + waits``.
        progress: what it was reckoned from; None for a plan.
    """

    slot_start: datetime
    slot_end: datetime
    lines: tuple[Line, ...]
    planned_total: timedelta
    shortest_total: timedelta
    longest_total: timedelta
    ready: datetime
    to_come: timedelta
    gap: timedelta
    waits: timedelta
    expected_end: datetime
    progress: Progress | None = None

    @property
    def on_air(self) -> Line | None:
        """The line on air."""
        return next((line for line in self.lines if line.state is State.ON_AIR), None)

    @property
    def next(self) -> Line | None:
        """The line that comes next, live."""
        return next((line for line in self.lines if line.state is State.NEXT), None)


def countdown_seconds(left: timedelta) -> int:
    """Whole seconds on a countdown, rounded up: overtime shows (−1) only after a whole second of it."""
    return -(-left // _SECOND)


def late_seconds(gap: timedelta) -> int:
    """Whole seconds of lateness, in step with the countdowns; negative when early."""
    return -countdown_seconds(-gap)


def time_rundown(
    items: Sequence[Item],
    slot: tuple[datetime, datetime],
    progress: Progress | None = None,
    now: datetime | None = None,
    zone: tzinfo | None = None,
) -> Timing:
    """Time a rundown, as planned or live.

    Args:
        items: the rundown, in order; ids are unique.
        slot: start and hard end of the show; aware.
        progress: the live as-run so far; None for a plan.
        now: the instant it is; aware; required with ``progress``, not looked at without.
        zone: where ``fixed_start`` and the hours shown are read; the slot start's by default.

    Raises:
        ValueError: if an instant is naive, or if ``progress`` comes without ``now``.
    """
    zone = zone or slot[0].tzinfo or UTC
    face = fixed_offset(zone, slot[0])
    start, hard_end = instant(slot[0], face), instant(slot[1], face)
    anchor = anchors(start, hard_end, zone)
    plan = tuple(item for item in items if not item.standby)
    ready, left, coming, earliest = start, _NOTHING, plan, start
    if progress is not None:
        if now is None:
            raise ValueError("timing a live show takes the instant it is")
        earliest = instant(now, face) if progress.begun else max(start, instant(now, face))
        coming = progress.coming(items)
        left = _remaining(progress.on_air, earliest, face) if progress.on_air is not None else _NOTHING
        ready = earliest + max(_NOTHING, left)
        if not coming and progress.on_air is None:
            ready = instant(_over(progress) or earliest, face)
    to_come = _sum(item.duration for item in coming)
    ending = hard_end - to_come
    expected, end = _expect(earliest, ready, ending, coming, anchor)
    planned, planned_end = {name: one.start for name, one in expected.items()}, end
    if progress is not None:
        planned, planned_end = _starts(start, plan, anchor)
    moments = [start, hard_end, ending, end, planned_end]
    moments += [one.anchor for one in expected.values() if one.anchor is not None]
    moments += [instant(one.started, face) for one in progress.stretches] if progress is not None else []
    show = clock_face(zone, min(moments), max(moments))
    lines = make_lines(items, progress, Hours(planned, expected, left, ready, ending, face, show))
    total = to_come
    if progress is not None:
        total += _sum(line.item.duration for line in lines if line.state in _GONE)
    return Timing(
        slot_start=show(start),
        slot_end=show(hard_end),
        lines=lines,
        planned_total=total,
        shortest_total=total - _sum(item.duration - item.min for item in coming if item.min is not None),
        longest_total=total + _sum(item.max - item.duration for item in coming if item.max is not None),
        ready=show(ready),
        to_come=to_come,
        gap=ready - ending,
        waits=end - ready - to_come,
        expected_end=show(end),
        progress=progress,
    )


def _sum(durations: Iterable[timedelta]) -> timedelta:
    return sum(durations, _NOTHING)


def _expect(
    earliest: datetime, ready: datetime, back_time: datetime, items: Iterable[Item], anchor: Callable[[time], datetime]
) -> tuple[dict[str, Expected], datetime]:
    """One item after the other from ``ready`` on, each no sooner than its anchor; and when the last one ends.

    Args:
        earliest: when the first could start if all before it vanished.
        ready: when the first may start.
        back_time: when the first must start for the show to end on time.
        items: in running order.
        anchor: how to tell the instant of a time of day.
    """
    hours: dict[str, Expected] = {}
    for item in items:
        start, due, wait, overlap = ready, None, _NOTHING, _NOTHING
        if item.fixed_start is not None:
            due = anchor(item.fixed_start)
            start = max(ready, due)
            wait, overlap = start - ready, start - due
            earliest = max(earliest, due)
        ready = start + item.duration
        hours[item.id] = Expected(start, ready, due, wait, overlap, earliest, back_time)
        back_time += item.duration
    return hours, ready


def _starts(
    ready: datetime, items: Iterable[Item], anchor: Callable[[time], datetime]
) -> tuple[dict[str, datetime], datetime]:
    """The start of each item from ``ready`` on, as ``_expect`` has it, and the end of the last one."""
    starts: dict[str, datetime] = {}
    for item in items:
        if item.fixed_start is not None:
            ready = max(ready, anchor(item.fixed_start))
        starts[item.id] = ready
        ready += item.duration
    return starts, ready


def _remaining(on_air: OnAir, now: datetime, face: timezone) -> timedelta:
    """Time that the on-air item has left; negative in overtime."""
    return on_air.item.duration + on_air.added - (now - instant(on_air.started, face))


def _over(progress: Progress) -> datetime | None:
    """The end of a show that has nothing left; None for one that never began."""
    return progress.ended or (progress.aired[-1].ended if progress.aired else None)
