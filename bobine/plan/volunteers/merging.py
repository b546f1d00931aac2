"""Lines of hours that two people note at once: one line for a person and a task, never two. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from bobine.model.hours import HoursLine
from bobine.plan.editing.merge import Merged, merge_rows


def merge_hours(
    base: Sequence[HoursLine], mine: Sequence[HoursLine], newest: Sequence[HoursLine]
) -> Merged[tuple[HoursLine, ...]]:
    """Put my changes to lines of hours into their newest state.

    A line that both of us added, under one id, for one person and task, is one line: its fields are merged, and what
    we wrote differently is told.

    Args:
        base: what I started from.
        mine: what I made of it.
        newest: what others made of it meanwhile.
    """
    return merge_rows((*base, *_added_twice(base, mine, newest)), mine, newest)


def _added_twice(
    base: Sequence[HoursLine], mine: Sequence[HoursLine], newest: Sequence[HoursLine]
) -> Iterator[HoursLine]:
    """The lines that both added, before either of us said how long: no length that was written is theirs."""
    before, they_have = {line.id for line in base}, {line.id: line for line in newest}
    for line in mine:
        other = they_have.get(line.id)
        if line.id not in before and other is not None and (other.name, other.task) == (line.name, line.task):
            yield replace(line, duration=timedelta(), date=None, notes="")
