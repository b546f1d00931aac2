"""Undo and redo beside others: what was written since in the same places stands, whatever it is, and is told."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from bobine.model.episode import HEAD_FIELDS, Episode
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.editing.merge import SETS
from bobine.plan.editing.taking_back import take_back_episode, take_back_rows
from tests.plan.editing.merging import DAY, MINUTE, episodes, item, names

FIELDS = ("title", "kind", "duration", "min", "standby", "source", "people", "objectives")


@given(episodes(), episodes())
def test_alone_an_edit_is_taken_back_exactly(before: Episode, after: Episode) -> None:
    taken = take_back_episode(after, before, after)
    assert (taken.value, taken.conflicts) == (before, ())


@given(episodes(), episodes(), episodes())
def test_what_comes_out_can_be_written(base: Episode, mine: Episode, newest: Episode) -> None:
    found = take_back_episode(base, mine, newest).value
    for rows in (found.items, found.people):
        assert len({row.id for row in rows}) == len(rows)
    known = {person.id for person in found.people}
    assert {name for one in found.items for name in one.people} | {found.stopwatch} - {""} <= known
    assert all(one.min is None or one.min <= one.duration for one in found.items)


@pytest.mark.boundary
@given(base=episodes(), mine=episodes(), newest=episodes())
def test_nothing_that_was_written_since_is_changed(
    attempt: Callable[[str], AbstractContextManager[None]], base: Episode, mine: Episode, newest: Episode
) -> None:
    with attempt("undo or redo after somebody else wrote in the same plan"):
        found = take_back_episode(base, mine, newest).value
        for name in (one for one in HEAD_FIELDS if one != "stopwatch"):
            if getattr(newest, name) != getattr(base, name):
                assert getattr(found, name) == getattr(newest, name)
        before, now, left = ({one.id: one for one in episode.items} for episode in (base, newest, found))
        assert not (before.keys() - now.keys()) & left.keys(), "what was taken out since stays out"
        for name, row in now.items():
            if row == before.get(name):
                continue
            assert name in left, "what was written since is not taken out"
            for field in FIELDS:
                is_written(before.get(name), row, left[name], field)


def is_written(before: Any, now: Any, left: Any, field: str) -> None:
    """What was written since in a field stands there; of a set, each element that came or went."""
    then = getattr(before, field, ())
    if before is None:
        assert getattr(left, field) == getattr(now, field)
    elif field in SETS:
        came, gone = {*getattr(now, field)} - {*then}, {*then} - {*getattr(now, field)}
        assert came <= {*getattr(left, field)}
        assert not gone & {*getattr(left, field)}
    elif getattr(now, field) != then:
        assert getattr(left, field) == getattr(now, field)


def told(base: Any, mine: Any, newest: Any) -> tuple[Any, str]:
    merged = take_back_rows(base, mine, newest)
    return merged.value, " ".join(conflict.sentence for conflict in merged.conflicts)


def test_each_thing_that_is_left_is_told() -> None:
    one, two, three, four = (item("a", minutes) for minutes in (1, 2, 3, 4))
    assert told([two], [one], [three]) == (
        (three,),
        "« A », durée : rien n'y change, car 3'00 y a été écrit depuis.",
    )
    assert told([two], [one], [replace(two, source="M1")]) == ((replace(one, source="M1"),), "")
    assert told([one], [], [four]) == ((four,), "« A » : rien n'y change, car quelque chose y a été écrit depuis.")
    assert told([two], [one], []) == ((), "« A » : rien n'y change, car cet élément n'y est plus.")
    source = replace(one, source="M1")
    assert "le texte en a été effacé depuis" in told([source], [replace(one, source="M2")], [one])[1]


def test_fields_that_must_agree_are_left_together() -> None:
    short, long = item("a", 2, min=MINUTE), item("a", 5, min=4 * MINUTE)
    found, _ = told([long], [short], [replace(long, duration=6 * MINUTE)])
    assert (found[0].duration, found[0].min) == (6 * MINUTE, 4 * MINUTE)
    free = Idea(id="i", title="I")
    planned, other = (replace(free, status=IdeaStatus.PLANNED, planned_for=day) for day in (DAY, DAY.replace(day=1)))
    assert told([planned], [free], [other])[0] == (other,)


@pytest.mark.parametrize(
    ("base", "mine", "newest", "left"),
    [
        ("bacd", "abcd", "bacd", "abcd"),
        ("bacd", "abcd", "badc", "abdc"),
        ("abdc", "abcd", "dabc", "dabc"),
        ("acd", "abcd", "dca", "dcab"),
        ("abcd", "acd", "bacd", "acd"),
    ],
)
def test_only_what_i_had_moved_moves_back(base: str, mine: str, newest: str, left: str) -> None:
    rows, _ = told(*([item(name) for name in text] for text in (base, mine, newest)))
    assert names(rows) == left
