"""Changes to lines of volunteer hours: each gives new lines. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bobine.model.hours import HoursLine, Task
from bobine.plan.editing.ids import free_id


def with_people(
    lines: Sequence[HoursLine], names: Iterable[str], task: Task, duration: timedelta, day: date | None = None
) -> tuple[HoursLine, ...]:
    """The lines with one more for each name that has none yet for that task on that day.

    Args:
        lines: the lines of one file.
        names: of the people.
        task: what they did.
        duration: how long, each.
        day: when; None, beside a show, for the day of the show.
    """
    found = list(lines)
    taken = {line.id for line in lines}
    for name in dict.fromkeys(names):
        if any((line.name, line.task, line.date) == (name, task, day) for line in found):
            continue
        line_id = free_id(f"{name}-{task}" if day is None else f"{name}-{task}-{day}", taken)
        taken.add(line_id)
        found.append(HoursLine(id=line_id, name=name, task=task, duration=duration, date=day))
    return tuple(found)


def noted(lines: Sequence[HoursLine], line: HoursLine) -> tuple[HoursLine, ...]:
    """The lines with one in the place of that of its id; at the end where there is none."""
    if all(one.id != line.id for one in lines):
        return (*lines, line)
    return tuple(line if one.id == line.id else one for one in lines)


def without(lines: Sequence[HoursLine], line_id: str) -> tuple[HoursLine, ...]:
    """The lines without one."""
    return tuple(line for line in lines if line.id != line_id)


def lasting(lines: Sequence[HoursLine], line: HoursLine, duration: timedelta) -> tuple[HoursLine, ...]:
    """The lines with that line of another length, noted where it was not yet."""
    return noted(lines, replace(line, duration=duration))


def total(lines: Iterable[HoursLine]) -> timedelta:
    """The hours of all lines."""
    return sum((line.duration for line in lines), timedelta())
