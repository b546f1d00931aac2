"""Three-way merges: nothing that anybody wrote is lost without a word, and what comes out can always be written."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.counted.objectives import Objective
from bobine.model.episode import HEAD_FIELDS, Episode, Item, ItemKind
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Person, Role
from bobine.model.team import Member, Skill
from bobine.plan.editing.conflicts import PRESENCE
from bobine.plan.editing.merge import merge_episode, merge_rows, row_kept

DAY = date(2026, 11, 26)
MINUTE = timedelta(minutes=1)
ROW_IDS = ("a", "b", "c", "d", "e")
PERSON_IDS = ("p", "q", "r")

some_minutes = st.sampled_from([MINUTE, 2 * MINUTE, 3 * MINUTE])
words = st.sampled_from(["", "un", "deux"])


def orders(ids: tuple[str, ...]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(ids), unique=True)


@st.composite
def items(draw: st.DrawFn, name: str, people: list[str]) -> Item:
    duration = draw(some_minutes)
    return Item(
        id=name,
        title=draw(st.sampled_from(["T", "U"])),
        kind=ItemKind.TALK,
        duration=duration,
        min=draw(st.none() | some_minutes.filter(lambda shortest: shortest <= duration)),
        standby=draw(st.booleans()),
        people=tuple(draw(st.lists(st.sampled_from(people), unique=True))) if people else (),
        objectives=tuple(draw(st.lists(st.sampled_from(list(Objective)), unique=True, max_size=2))),
        source=draw(words),
    )


@st.composite
def episodes(draw: st.DrawFn) -> Episode:
    people = draw(orders(PERSON_IDS))
    return Episode(
        show="s",
        date=DAY,
        season=1,
        number=draw(st.integers(1, 3)),
        title="T",
        summary=draw(words),
        stopwatch=draw(st.sampled_from(["", *people])),
        people=tuple(
            Person(
                id=name, name=name, role=draw(st.sampled_from([Role.GUEST, Role.HOST])), confirmed=draw(st.booleans())
            )
            for name in people
        ),
        items=tuple(draw(items(name, people)) for name in draw(orders(ROW_IDS))),
    )


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


@st.composite
def disjoint(draw: st.DrawFn) -> tuple[Episode, Episode, Episode]:
    """An episode, and two that each changed other fields of it."""
    base = draw(episodes())
    free = [(index, name) for index in range(len(base.items)) for name in ("title", "source", "standby", "notes")]
    free += [(-1, name) for name in ("title", "summary", "number")]
    mine, newest = base, base
    for index, name in free:
        value: Any = (
            draw(st.booleans()) if name == "standby" else 7 if name == "number" else draw(st.text("xy", min_size=1))
        )
        match draw(st.sampled_from(["mine", "newest", "nobody"])):
            case "mine":
                mine = with_value(mine, index, name, value)
            case "newest":
                newest = with_value(newest, index, name, value)
    return base, mine, newest


def with_value(episode: Episode, index: int, name: str, value: Any) -> Episode:
    if index < 0:
        return replace(episode, **{name: value})
    rows = list(episode.items)
    rows[index] = replace(rows[index], **{name: value})
    return replace(episode, items=tuple(rows))


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


def item(name: str, minutes: int = 1, **more: Any) -> Item:
    return Item(id=name, title=name.upper(), kind=ItemKind.TALK, duration=minutes * MINUTE, **more)


def names(rows: Any) -> str:
    return "".join(row.id for row in rows)


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


def test_the_same_field_keeps_the_later_and_shows_the_other() -> None:
    agenda = Item(id="agenda", title="Agenda", kind=ItemKind.TALK, duration=3 * MINUTE, source="M1")
    mine, newest = replace(agenda, duration=2 * MINUTE, source=""), replace(agenda, duration=4 * MINUTE, source="M2")
    merged = merge_rows([agenda], [mine], [newest])
    assert merged.value == (mine,)
    assert [conflict.sentence for conflict in merged.conflicts] == [
        "« Agenda », durée : vous avez écrit 2'00 ; quelqu'un d'autre venait d'écrire 4'00.",
        "« Agenda », source : vous avez tout effacé ; quelqu'un d'autre venait d'écrire « M2 ».",
    ]


def test_fields_that_would_contradict_one_another_are_all_mine() -> None:
    base = item("a", 5, min=4 * MINUTE)
    mine, newest = replace(base, duration=6 * MINUTE, min=5 * MINUTE), replace(base, duration=4 * MINUTE, source="M2")
    merged = merge_rows([base], [mine], [newest])
    assert merged.value == (replace(mine, source="M2"),)
    shorter = replace(base, min=None, duration=2 * MINUTE)
    merged = merge_rows([replace(base, min=None)], [shorter], [replace(base, min=3 * MINUTE)])
    assert merged.value == (shorter,)
    assert [conflict.sentence for conflict in merged.conflicts] == [
        "« A », durée minimale : vous avez tout effacé ; quelqu'un d'autre venait d'écrire 3'00."
    ]


def test_what_one_dropped_and_the_other_changed() -> None:
    base = [item("a"), item("b")]
    changed = [replace(base[0], source="M2"), base[1]]
    dropped = merge_rows(base, base[1:], changed)
    assert names(dropped.value) == "b"
    assert [conflict.sentence for conflict in dropped.conflicts] == [
        "« A » : vous avez enlevé cet élément ; quelqu'un d'autre venait d'y changer source (« M2 »)."
    ]
    back = merge_rows(base, changed, base[1:])
    assert back.value == tuple(changed)
    assert [conflict.field for conflict in back.conflicts] == [PRESENCE]


def test_the_same_new_id_twice_keeps_both() -> None:
    mine, newest = item("rock"), item("rock", 2)
    merged = merge_rows([], [mine], [newest])
    assert set(merged.value) == {newest, replace(mine, id="rock-2")}
    assert merge_rows([], [mine], [mine]).value == (mine,)


def episode(*rows: Item, people: str = "", stopwatch: str = "") -> Episode:
    known = tuple(Person(id=name, name=name.upper(), role=Role.GUEST) for name in people)
    day = date(2026, 11, 26)
    return Episode(show="s", date=day, season=1, number=1, title="T", people=known, items=rows, stopwatch=stopwatch)


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


def test_what_is_made_of_a_row_in_a_form_meets_what_others_wrote_meanwhile() -> None:
    seen = (Member(id="a", name="Ana"), Member(id="b", name="Bo"), Member(id="c", name="Cy"))
    changed = replace(seen[1], notes="Le jeudi.")
    renamed = (seen[0], replace(seen[1], name="Bob"), seen[2])
    kept = row_kept(seen, changed, renamed)
    assert (kept.value, kept.conflicts) == ((seen[0], replace(renamed[1], notes="Le jeudi."), seen[2]), ())
    back = row_kept(seen, changed, (seen[0], seen[2]))
    assert (back.value, back.conflicts) == ((seen[0], changed, seen[2]), ()), "in its place, and without a word"
    (told,) = row_kept(seen, changed, (seen[0], replace(seen[1], notes="Le lundi."), seen[2])).conflicts
    assert "Le lundi." in told.sentence


def test_a_conflict_names_people_as_they_are_called() -> None:
    people = tuple(Person(id=name, name=called, role=Role.GUEST) for name, called in (("p", "Pia"), ("q", "Quentin")))
    base = replace(episode(item("a"), item("b")), people=people)
    merged = merge_episode(base, replace(base, stopwatch="p"), replace(base, stopwatch="q"))
    (told,) = merged.conflicts
    assert (told.where, "Pia" in told.kept, "Quentin" in told.other) == ("l'émission", True, True)
    placed = replace(base, items=(item("a", people=("q",)), item("b")))
    (told,) = merge_episode(base, replace(base, items=base.items[1:]), placed).conflicts
    assert told.sentence == (
        "« A » : vous avez enlevé cet élément ; quelqu'un d'autre venait d'y changer personnes (Quentin)."
    )


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


def test_a_conflict_is_told_in_the_order_of_the_screen() -> None:
    people = (Person(id="p", name="Pia", role=Role.GUEST),)
    base = replace(episode(item("a")), people=people)

    def told(number: int, name: str, source: str) -> Episode:
        return replace(
            base, number=number, people=(replace(people[0], name=name),), items=(replace(base.items[0], source=source),)
        )

    merged = merge_episode(base, told(2, "Paula", "M1"), told(3, "Paola", "M2"))
    assert [one.where for one in merged.conflicts] == ["l'émission", "Paula", "« A »"]
    assert (merged.conflicts[0].kept, merged.conflicts[0].other) == ("2", "3")
