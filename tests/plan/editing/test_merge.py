"""Three-way merges: nothing that anybody wrote is lost without a word, and what comes out can always be written."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given

from bobine.model.episode import HEAD_FIELDS, Episode, Item
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Person, Role
from bobine.model.team import Member, Skill
from bobine.plan.editing.conflicts import PRESENCE
from bobine.plan.editing.merge import merge_episode, merge_rows
from tests.plan.editing.merging import MINUTE, disjoint, episode, episodes, item, names


@given(episodes(), episodes())
def test_alone_mine_is_what_is_written_and_who_changed_nothing_changes_nothing(one: Episode, other: Episode) -> None:
    for merged in (merge_episode(one, other, one), merge_episode(one, one, other), merge_episode(one, other, other)):
        assert merged.value == other
        assert merged.conflicts == ()


@given(episodes(), episodes(), episodes())
def test_whatever_two_people_do_the_result_can_be_written(base: Episode, mine: Episode, newest: Episode) -> None:
    merged = merge_episode(base, mine, newest).value
    for rows in (merged.items, merged.people):
        assert len({row.id for row in rows}) == len(rows)
    known = {person.id for person in merged.people}
    assert {name for item in merged.items for name in item.people} | {merged.stopwatch} - {""} <= known
    assert all(item.min is None or item.min <= item.duration for item in merged.items)


@given(episodes(), episodes(), episodes())
def test_merging_again_changes_nothing(base: Episode, mine: Episode, newest: Episode) -> None:
    once = merge_episode(base, mine, newest).value
    assert merge_episode(base, mine, once).value == once


@given(episodes(), episodes(), episodes())
def test_each_field_that_i_changed_is_mine_and_each_other_is_the_newest(
    base: Episode, mine: Episode, newest: Episode
) -> None:
    merged = merge_episode(base, mine, newest)
    for name in (one for one in HEAD_FIELDS if one != "stopwatch"):
        changed = getattr(mine, name) != getattr(base, name)
        assert getattr(merged.value, name) == getattr(mine if changed else newest, name)
    for name, label in (("number", "Numéro"), ("summary", "Résumé")):
        told = ("l'émission", label) in {(conflict.where, conflict.field) for conflict in merged.conflicts}
        assert told == (len({getattr(episode, name) for episode in (base, mine, newest)}) == 3)


@given(disjoint())
def test_two_people_who_edit_two_fields_both_win_in_either_order(three: tuple[Episode, Episode, Episode]) -> None:
    base, mine, newest = three
    merged = merge_episode(base, mine, newest)
    assert merged == merge_episode(base, newest, mine)
    assert merged.conflicts == ()
    for rows in zip(base.items, mine.items, newest.items, merged.value.items, strict=True):
        for field in fields(Item):
            before, i_say, they_say, found = (getattr(row, field.name) for row in rows)
            assert found == (i_say if i_say != before else they_say)


@pytest.mark.parametrize(
    ("base", "mine", "newest", "merged"),
    [
        ("abcd", "bacd", "abdc", "badc"),
        ("abcd", "bcda", "abxcd", "bxcda"),
        ("abcd", "axbcd", "aybcd", "axybcd"),
        ("abcd", "abcdx", "dcba", "dxcba"),
        ("abcd", "acd", "dcba", "dca"),
        ("abcd", "dabc", "abc", "abc"),
        ("", "xy", "z", "xyz"),
    ],
)
def test_only_what_i_moved_moves(base: str, mine: str, newest: str, merged: str) -> None:
    found = merge_rows(*([item(name) for name in text] for text in (base, mine, newest)))
    assert names(found.value) == merged
    assert found.conflicts == ()


def test_the_same_new_id_twice_keeps_both() -> None:
    mine, newest = item("rock"), item("rock", 2)
    merged = merge_rows([], [mine], [newest])
    assert set(merged.value) == {newest, replace(mine, id="rock-2")}
    assert merge_rows([], [mine], [mine]).value == (mine,)


def test_a_person_whom_somebody_puts_in_an_item_stays() -> None:
    base = episode(item("a"), people="pq")
    without = replace(base, people=base.people[1:])
    placed = replace(base, items=(item("a", people=("p",)),))
    merged = merge_episode(base, without, placed)
    assert merged.value == placed
    assert [(conflict.where, conflict.field) for conflict in merged.conflicts] == [("P", PRESENCE)]
    assert merge_episode(base, placed, without).value == placed
    timed = replace(base, stopwatch="p")
    assert merge_episode(base, without, timed).value == timed


def test_references_follow_a_person_whose_id_was_taken() -> None:
    base = episode(item("a"), item("b"))
    theirs = replace(
        base, people=(Person(id="p", name="Paul", role=Role.GUEST),), items=(item("a", people=("p",)), item("b"))
    )
    mine = replace(
        base,
        people=(Person(id="p", name="Pia", role=Role.HOST),),
        items=(item("a"), item("b", people=("p",))),
        stopwatch="p",
    )
    merged = merge_episode(base, mine, theirs).value
    assert {person.id: person.name for person in merged.people} == {"p": "Paul", "p-2": "Pia"}
    assert [row.people for row in merged.items] == [("p",), ("p-2",)]
    assert merged.stopwatch == "p-2"


def test_lists_of_names_merge_one_by_one() -> None:
    base = item("a", people=("p", "q"))
    merged = merge_rows([base], [replace(base, people=("p", "q", "r"))], [replace(base, people=("q", "s"))])
    assert merged.value[0].people == ("q", "r", "s")
    assert merged.conflicts == ()


def test_ideas_and_members_merge_too() -> None:
    idea = Idea(id="i", title="Idée")
    planned = replace(idea, status=IdeaStatus.PLANNED, planned_for=date(2026, 11, 26))
    assert merge_rows([idea], [replace(idea, notes="n")], [planned]).value == (replace(planned, notes="n"),)
    later = replace(planned, planned_for=date(2026, 12, 3))
    shelved = replace(idea, status=IdeaStatus.SET_ASIDE)
    assert merge_rows([planned], [later], [shelved]).value == (later,)
    member = Member(id="m", name="M")
    merged = merge_rows([member], [replace(member, host=Skill.TRAINER)], [replace(member, away=True)])
    assert merged.value == (replace(member, host=Skill.TRAINER, away=True),)


@given(disjoint())
def test_taking_an_edit_back_leaves_what_others_wrote(three: tuple[Episode, Episode, Episode]) -> None:
    before, after, others = three
    now = merge_episode(before, after, others).value
    assert merge_episode(after, before, now).value == others


def test_an_id_that_is_free_is_found_however_many_are_taken() -> None:
    long = "a" * 80
    newest = [item("rock", 2), item("rock-2", 3), item(long, 2)]
    merged = merge_rows([], [item("rock"), item(long)], newest).value
    assert {row.id for row in merged} == {"rock", "rock-2", "rock-3", long, f"{'a' * 62}-2"}
    assert {row.id: row for row in merged}["rock-3"].duration == MINUTE
    # one that was already written under the free id is the same, and is not written twice
    again = [item("rock", 2), replace(item("rock"), id="rock-2")]
    assert merge_rows([], [item("rock")], again).value == tuple(again)
    # an id of the base is never free, though nobody has it any more
    gone = merge_rows([item("rock-2", 9)], [item("rock")], [item("rock", 2)]).value
    assert {row.id for row in gone} == {"rock", "rock-3"}
