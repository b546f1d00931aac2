"""Undo and redo of an edit: what others wrote since, in the same places, is never taken back. Pure.

Taking an edit back is a merge with what came after it as the base and what was before it as mine; here each field, row
and place that the newest state changed since is left out of mine first, and told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

from bobine.model.episode import HEAD_FIELDS, Episode
from bobine.plan.editing.bound_fields import BOUND
from bobine.plan.editing.conflicts import PRESENCE, Conflict, Row, noun, row_name
from bobine.plan.editing.merge import SETS, Merged, Names, merge_episode, merge_rows
from bobine.plan.editing.orders import merged_order, moved
from bobine.plan.fields.field_words import NOTHING, inside, label, names_in, quoted

R = TypeVar("R", bound=Row)

PLACE = "Place"
"""The field of a sentence about a row's place in its list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spared(Conflict):
    """A value that undo or redo leaves alone, since somebody else wrote it after the edit."""

    @property
    def sentence(self) -> str:
        """One French sentence, plain text."""
        where = self.where[:1].upper() + self.where[1:]
        if self.field in (PRESENCE, PLACE):
            return f"{where} : rien n'y change, car {self.other}."
        what = "le texte en a été effacé" if self.other == NOTHING else f"{self.other} y a été écrit"
        return f"{where}, {inside(self.field)} : rien n'y change, car {what} depuis."


def take_back_episode(base: Episode, mine: Episode, newest: Episode) -> Merged[Episode]:
    """Take back what was done to an episode, but for what others wrote since in the same places.

    Args:
        base: what the edit made of it.
        mine: what it was before.
        newest: what it is now; of the same day.
    """
    names = {person.id: person.name for person in (*base.people, *newest.people, *mine.people)}
    head, told = yielded_fields(base, mine, newest, HEAD_FIELDS, "l'émission", names)
    items, of_items = yielded_rows(base.items, mine.items, newest.items, names=names)
    named = {person_id for item in items for person_id in item.people} | {head.stopwatch}
    people, of_people = yielded_rows(base.people, mine.people, newest.people, needed=named)
    merged = merge_episode(base, replace(head, items=items, people=people), newest)
    return Merged(merged.value, (*told, *of_people, *of_items, *merged.conflicts))


def take_back_rows(base: Sequence[R], mine: Sequence[R], newest: Sequence[R]) -> Merged[tuple[R, ...]]:
    """Take back what was done to a list of rows, but for what others wrote since in the same places."""
    rows, told = yielded_rows(base, mine, newest)
    merged = merge_rows(base, rows, newest)
    return Merged(merged.value, (*told, *merged.conflicts))


def forget_rows(side: Sequence[R], other_side: Sequence[R], seen: Sequence[R], newest: Sequence[R]) -> tuple[R, ...]:
    """One side of an edit without the rows that others dropped since, where the edit would bring them back.

    Args:
        side: what taking the edit back, or doing it again, would make of the list.
        other_side: what it starts from: a row that stands there too is merged as any other.
        seen: the list as it was known.
        newest: the list as others left it.
    """
    dropped = {row.id for row in seen} - {row.id for row in newest} - {row.id for row in other_side}
    return tuple(row for row in side if row.id not in dropped)


def forget_episode(side: Episode, other_side: Episode, seen: Episode, newest: Episode) -> Episode:
    """One side of an edit of an episode, as ``forget_rows``; a person whom the rest of that side names stays."""
    items = forget_rows(side.items, other_side.items, seen.items, newest.items)
    people = {one.id for one in forget_rows(side.people, other_side.people, seen.people, newest.people)}
    people |= {person_id for item in items for person_id in item.people} | {side.stopwatch}
    return replace(side, items=items, people=tuple(one for one in side.people if one.id in people))


def yielded_rows(
    base: Sequence[R],
    mine: Sequence[R],
    newest: Sequence[R],
    *,
    names: Names | None = None,
    needed: Collection[str] = (),
) -> tuple[tuple[R, ...], list[Conflict]]:
    """Take my rows where nobody has written them since, keep those of the base that are needed, and report the rest."""
    before, they_have = {row.id: row for row in base}, {row.id: row for row in newest}
    kept: dict[str, R] = {}
    told: list[Conflict] = []
    for row in mine:
        base_row, newest_row = before.get(row.id), they_have.get(row.id)
        kept[row.id] = row
        if base_row is None or row == base_row:
            continue
        if newest_row is None:
            kept[row.id] = base_row
            told.append(_spared(row, PRESENCE, f"{noun(row)} n'y est plus"))
            continue
        changed = tuple(field.name for field in fields(base_row) if field.name != "id")
        kept[row.id], more = yielded_fields(base_row, row, newest_row, changed, row_name(newest_row), names or {})
        told += more
    for base_row in base:
        newest_row = they_have.get(base_row.id)
        if base_row.id in kept or newest_row is None:
            continue
        if newest_row != base_row:
            told.append(_spared(newest_row, PRESENCE, "quelque chose y a été écrit depuis"))
        if newest_row != base_row or base_row.id in needed:
            kept[base_row.id] = base_row
    base_ids, my_ids = tuple(before), tuple(row.id for row in mine)
    clash = moved(base_ids, my_ids) & moved(base_ids, tuple(they_have))
    told += [_spared(they_have[row_id], PLACE, "sa place a changé depuis") for row_id in base_ids if row_id in clash]
    order = merged_order(() if clash else base_ids, my_ids, base_ids, kept.keys())
    return tuple(kept[row_id] for row_id in order), told


def yielded_fields(
    base: Any, mine: Any, newest: Any, names_of_fields: Sequence[str], where: str, names: Names
) -> tuple[Any, list[Conflict]]:
    """My value, but for the fields that were written since and those that must agree with them."""
    written = {name for name in names_of_fields if name not in SETS and getattr(newest, name) != getattr(base, name)}
    for group, _ in BOUND.get(type(base), ()):
        if any(getattr(newest, name) != getattr(base, name) for name in group):
            written |= set(group)
    left = [
        name for name in names_of_fields
        if name in written and getattr(mine, name) not in (getattr(base, name), getattr(newest, name))
    ]  # fmt: skip
    told: list[Conflict] = [
        Spared(where=where, field=label(type(newest), name), kept="",
               other=quoted(getattr(newest, name), names_in(name, names)))
        for name in left
    ]  # fmt: skip
    return replace(mine, **{name: getattr(base, name) for name in left}), told


def _spared(row: Row, field: str, why: str) -> Spared:
    return Spared(where=row_name(row), field=field, kept="", other=why)
