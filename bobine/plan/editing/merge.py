"""Three-way merges: what I changed, put into what others made meanwhile, by id and by field. Pure.

A field that I left alone takes the newest value, one that I changed takes mine; where the newest had changed it too,
mine is the later and stays, and a ``Conflict`` tells the other. Taking an edit back is a merge as well, with what came
after the edit as the base and what was before it as mine.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import islice
from typing import Any, Generic, TypeVar

from bobine.model.episode import HEAD_FIELDS, Episode, Item
from bobine.model.fields.field import FieldType
from bobine.model.fields.tables import names_holding
from bobine.model.people import Person
from bobine.plan.editing.bound_fields import BOUND
from bobine.plan.editing.conflicts import (
    Conflict,
    Row,
    dropped_by_me,
    dropped_by_other,
    needed_by_other,
    row_name,
)
from bobine.plan.editing.ids import names_like
from bobine.plan.editing.orders import merged_order, merged_set
from bobine.plan.fields.field_words import label, label_inside, names_in, quoted

T = TypeVar("T")
R = TypeVar("R", bound=Row)

Names = Mapping[str, str]
"""Names of people, by id."""

SETS = names_holding(FieldType.PEOPLE, FieldType.MICS, FieldType.NAMES, FieldType.CHOICES)
"""Fields whose elements come and go one by one."""


@dataclass(frozen=True, slots=True)
class Merged(Generic[T]):
    """A merge.

    Attributes:
        value: what is written.
        conflicts: what the other had written in the same places, in the order of the screen.
    """

    value: T
    conflicts: tuple[Conflict, ...] = ()


def merge_episode(base: Episode, mine: Episode, newest: Episode) -> Merged[Episode]:
    """Put my changes to an episode into its newest state.

    A person whom the merged rundown, or the stopwatch, names is never lost. Where both added something different under
    the same id, mine takes a free one, and what I wrote follows it.

    Args:
        base: what I started from.
        mine: what I made of it.
        newest: what others made of it meanwhile; of the same day.
    """
    mine = _renamed_people(mine, free_ids(base.people, mine.people, newest.people))
    names = {person.id: person.name for person in (*base.people, *newest.people, *mine.people)}
    head, conflicts = merge_fields(base, mine, newest, HEAD_FIELDS, "l'émission", names)
    items = merge_rows(base.items, mine.items, newest.items, names=names)
    needed = {person_id for item in items.value for person_id in item.people} | {head.stopwatch}
    people = merge_rows(base.people, mine.people, newest.people, needed=needed)
    return Merged(
        replace(head, people=people.value, items=items.value), (*conflicts, *people.conflicts, *items.conflicts)
    )


def merge_rows(
    base: Sequence[R],
    mine: Sequence[R],
    newest: Sequence[R],
    *,
    needed: Collection[str] = (),
    names: Names | None = None,
) -> Merged[tuple[R, ...]]:
    """Put my changes to a list of rows into its newest state; in each list, ids are unique.

    Args:
        base: what I started from.
        mine: what I made of it.
        newest: what others made of it meanwhile.
        needed: ids of rows that must stay, whoever dropped them.
        names: of the people that the rows name, for the conflicts.
    """
    renames = free_ids(base, mine, newest)
    mine = [replace(row, id=renames.get(row.id, row.id)) for row in mine]
    before, i_have, they_have = ({row.id: row for row in rows} for rows in (base, mine, newest))
    kept: dict[str, R] = {}
    conflicts: list[Conflict] = []
    for row_id in dict.fromkeys((*they_have, *i_have)):
        row, told = _merged_row(
            before.get(row_id), i_have.get(row_id), they_have.get(row_id), needed=row_id in needed, names=names or {}
        )
        conflicts += told
        if row is not None:
            kept[row_id] = row
    order = merged_order(tuple(before), tuple(i_have), tuple(they_have), kept.keys())
    return Merged(tuple(kept[row_id] for row_id in order), tuple(conflicts))


def row_kept(seen: Sequence[R], changed: R, newest: Sequence[R]) -> Merged[tuple[R, ...]]:
    """The newest rows with what was made of one of them, field by field; one that is gone comes back, in its place.

    Args:
        seen: the rows that it was taken from.
        changed: what was made of it.
        newest: the rows now.
    """
    mine = [changed if row.id == changed.id else row for row in seen]
    gone = all(row.id != changed.id for row in newest)
    return merge_rows([row for row in seen if not (gone and row.id == changed.id)], mine, newest)


def merge_fields(
    base: Any, mine: Any, newest: Any, names_of_fields: Sequence[str], where: str, names: Names
) -> tuple[Any, list[Conflict]]:
    """The newest value with my changes to some of its fields; fields that would contradict one another are all mine.

    Args:
        base: what I started from.
        mine: what I made of it.
        newest: what others made of it meanwhile; the three of one dataclass.
        names_of_fields: the fields to merge.
        where: what a conflict calls it.
        names: of people, by id.
    """
    values: dict[str, Any] = {}
    both: set[str] = set()
    for name in names_of_fields:
        before, i_say, they_say = getattr(base, name), getattr(mine, name), getattr(newest, name)
        if name in SETS:
            values[name] = merged_set(before, i_say, they_say)
        elif i_say == before:
            values[name] = they_say
        else:
            values[name] = i_say
            if they_say not in (before, i_say):
                both.add(name)
    merged = replace(newest, **values)
    for group, agrees in BOUND.get(type(merged), ()):
        if not agrees(merged) and agrees(mine) and agrees(newest):
            overruled = {
                name for name in group if getattr(newest, name) not in (getattr(base, name), getattr(mine, name))
            }
            both |= overruled
            merged = replace(merged, **{name: getattr(mine, name) for name in group})
    return merged, [_conflict(mine, newest, name, where, names) for name in names_of_fields if name in both]


def _merged_row(
    base: R | None, mine: R | None, newest: R | None, *, needed: bool, names: Names
) -> tuple[R | None, list[Conflict]]:
    """The merged row, or None where it goes; each of the three is None where the row is not there."""
    if base is None or mine == newest:
        return (newest if mine is None else mine), []
    if mine is None:
        if newest is None or newest == base:
            return (newest, [needed_by_other(newest)]) if needed and newest is not None else (None, [])
        if needed:
            return newest, [needed_by_other(newest)]
        return None, [dropped_by_me(newest, _changes(base, newest, names))]
    if newest is None:
        if mine != base:
            return mine, [dropped_by_other(mine)]
        return (mine if needed else None), []
    changed = tuple(field.name for field in fields(base) if field.name != "id")
    return merge_fields(base, mine, newest, changed, row_name(mine), names)


def _conflict(mine: Any, newest: Any, name: str, where: str, names: Names) -> Conflict:
    known = names_in(name, names)
    return Conflict(
        where=where,
        field=label(type(mine), name),
        kept=quoted(getattr(mine, name), known, None),
        other=quoted(getattr(newest, name), known, None),
    )


def _changes(before: Row, after: Row, names: Names) -> str:
    """« durée (4'00), source (« M2 ») »."""
    changed = [f.name for f in fields(before) if getattr(before, f.name) != getattr(after, f.name)]
    return ", ".join(
        f"{label_inside(type(after), name)} ({quoted(getattr(after, name), names_in(name, names))})" for name in changed
    )


def free_ids(base: Sequence[Row], mine: Sequence[Row], newest: Sequence[Row]) -> dict[str, str]:
    """New ids for the rows that I added under an id that somebody else gave to something different."""
    before, they_have = {row.id for row in base}, {row.id: row for row in newest}
    taken = before | they_have.keys() | {row.id for row in mine}
    found: dict[str, str] = {}
    for row in mine:
        if row.id in before or row.id not in they_have or they_have[row.id] == row:
            continue
        found[row.id] = next(
            name
            for name in islice(names_like(row.id), 1, None)
            if name not in taken or (name not in before and they_have.get(name) == replace(row, id=name))
        )
        taken.add(found[row.id])
    return found


def _renamed_people(episode: Episode, renames: Mapping[str, str]) -> Episode:
    """The episode with other ids for some of its people, wherever they are named."""
    if not renames:
        return episode

    def person(one: Person) -> Person:
        return replace(one, id=renames.get(one.id, one.id))

    def item(one: Item) -> Item:
        return replace(one, people=tuple(renames.get(person_id, person_id) for person_id in one.people))

    return replace(
        episode,
        people=tuple(person(one) for one in episode.people),
        items=tuple(item(one) for one in episode.items),
        stopwatch=renames.get(episode.stopwatch, episode.stopwatch),
    )
