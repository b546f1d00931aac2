"""Differences between two states of an episode, in short French phrases. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from typing import Any

from bobine.model.episode import HEAD_FIELDS, Episode, Item
from bobine.model.hours import HoursLine
from bobine.model.ideas import Idea
from bobine.model.people import Person
from bobine.model.show import Chronique
from bobine.model.team import Member
from bobine.plan.editing.conflicts import Row, row_name
from bobine.plan.editing.orders import moved
from bobine.plan.fields.field_words import label_inside, names_in, quoted, value_words

_LONG = 40
"""Characters of a text beyond which its change is named and not shown."""

_MANY = 4
"""Elements of a list that came or went and are named; the rest is left out."""


def differences(before: Episode, after: Episode) -> tuple[str, ...]:
    """The differences: « durée de « Agenda » : 3'00 → 2'00 », « « Jeu » enlevé », « « Rock » ajouté ».

    In the order of a file: the episode, its people, its items. Phrases have no full stop and may start in lower case.
    """
    names = {person.id: person.name for person in (*before.people, *after.people)}
    return (
        *(_head(before, after, name, names) for name in HEAD_FIELDS if getattr(before, name) != getattr(after, name)),
        *row_differences(before.people, after.people, names),
        *row_differences(before.items, after.items, names),
    )


def row_differences(
    before: Sequence[Row], after: Sequence[Row], names: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The differences in a list of items, people, ideas, members or hours; ``names`` are those of people, by id."""
    old, new = ({row.id: row for row in rows} for rows in (before, after))
    yield from (f"{row_name(row)} {_ending(row, 'enlevé')}" for row in before if row.id not in new)
    displaced = moved(tuple(old), tuple(new))
    for row in after:
        if row.id not in old:
            yield f"{row_name(row)} {_ending(row, 'ajouté')}"
            continue
        if row.id in displaced:
            yield f"{row_name(row)} {_ending(row, 'déplacé')}"
        if row != old[row.id]:
            yield from _changes(old[row.id], row, names or {})


def summary(phrases: Sequence[str], length: int = 100) -> str:
    """The phrases on one line of at most so many characters: what does not fit is counted.

    Args:
        phrases: from ``differences``; none gives an empty text.
        length: characters at most, 30 or more.
    """
    for shown in range(len(phrases), 0, -1):
        rest = len(phrases) - shown
        line = ", ".join(phrases[:shown]) + (f"… et {rest} autre{'s' if rest > 1 else ''}" if rest else "")
        if len(line) <= length:
            return line
    count = len(phrases)
    if count == 1:
        return phrases[0][: length - 1] + "…"
    return f"{count} changements" if count else ""


def _changes(before: Row, after: Row, names: Mapping[str, str]) -> Iterator[str]:
    for field in fields(after):
        was, now = getattr(before, field.name), getattr(after, field.name)
        if was != now:
            known = names_in(field.name, names)
            yield _change(before, label_inside(type(after), field.name), was, now, known)


def _change(row: Row, name: str, was: Any, now: Any, names: Mapping[str, str]) -> str:
    """« durée de « Agenda » : 3'00 → 2'00 »; a person's changes start with the name."""
    words = turn(was, now, names)
    return f"{name} de {row_name(row)} : {words}" if isinstance(row, Item) else f"{row_name(row)} : {name} : {words}"


def _head(before: Episode, after: Episode, name: str, names: Mapping[str, str]) -> str:
    was, now = getattr(before, name), getattr(after, name)
    return f"{label_inside(Episode, name)} : {turn(was, now, names_in(name, names))}"


def turn(was: Any, now: Any, names: Mapping[str, str] | None = None) -> str:
    """A change in words: « 3'00 → 2'00 », the elements that came and went, or the new value alone."""
    if isinstance(was, tuple) and isinstance(now, tuple):
        return _list_turn(was, now, names or {})
    texts = [value_words(one, names) for one in (was, now)]
    if any(len(text) > _LONG or "\n" in text for text in texts):
        return "effacé" if not now else "modifié" if was else "écrit"
    if isinstance(now, bool) or not was:
        return quoted(now, names)
    return f"{quoted(was, names)} → {quoted(now, names)}"


def _list_turn(was: tuple[Any, ...], now: tuple[Any, ...], names: Mapping[str, str]) -> str:
    signs = [f"− {value_words(one, names)}" for one in was if one not in now]
    signs += [f"+ {value_words(one, names)}" for one in now if one not in was]
    return ", ".join(signs[:_MANY]) + ("…" if len(signs) > _MANY else "") or "autre ordre"


def _ending(row: Row, participle: str) -> str:
    """The participle, agreeing with what the row is; without a gender for people."""
    match row:
        case Item():
            return participle
        case Idea() | Chronique() | HoursLine():
            return f"{participle}e"
        case Person() | Member():
            return f"{participle}·e"
