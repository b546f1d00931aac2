"""Hours in seconds: who was at a show, proposed from its plan and from the hours that they gave before. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta
from statistics import median_low

from bobine.model.episode import Episode
from bobine.model.hours import TASK_OF_ROLE, HoursLine, Task
from bobine.model.people import Person, Role
from bobine.plan.editing.ids import free_id

USUAL = timedelta(hours=3)
"""The hours proposed to somebody who never gave any to that task: the show, and as much before and after it."""


def proposed_hours(
    episode: Episode, noted: Sequence[HoursLine], before: Iterable[HoursLine] = ()
) -> tuple[HoursLine, ...]:
    """A line for each task of each volunteer of a show, in the plan's order, that is not noted yet.

    A task takes as long as it usually took the same person (the median of the lines before), or else anybody.

    Args:
        episode: the show.
        noted: the lines that are noted already.
        before: lines of other shows.
    """
    known = list(before)
    there = {(line.name, line.task) for line in noted}
    taken = {line.id for line in noted}
    found: list[HoursLine] = []
    for person in episode.people:
        for task in _tasks(person):
            if (person.name, task) in there:
                continue
            line_id = free_id(f"{person.id}-{task}", taken)
            taken.add(line_id)
            there.add((person.name, task))
            found.append(
                HoursLine(id=line_id, name=person.name, task=task, duration=usual_length(person.name, task, known))
            )
    return tuple(found)


def with_line(lines: Sequence[HoursLine], proposal: HoursLine) -> tuple[HoursLine, ...]:
    """The lines with a proposal noted; without it, where it was: one key says both."""
    if any(line.id == proposal.id for line in lines):
        return tuple(line for line in lines if line.id != proposal.id)
    return (*lines, proposal)


def usual_length(name: str, task: Task, known: Sequence[HoursLine]) -> timedelta:
    """The usual length of a task for a person: the median of what they gave, else of what anybody gave."""
    own = [line.duration for line in known if line.task is task and line.name == name]
    anybodys = own or [line.duration for line in known if line.task is task]
    return median_low(anybodys) if anybodys else USUAL


def _tasks(person: Person) -> list[Task]:
    """The tasks of a person's roles, each once, and learning where they were an understudy."""
    roles: tuple[Role, ...] = (person.role, *person.also)
    tasks = [TASK_OF_ROLE[role] for role in roles if role in TASK_OF_ROLE]
    return list(dict.fromkeys([*tasks, *([Task.LEARNING] if person.understudy else [])]))
