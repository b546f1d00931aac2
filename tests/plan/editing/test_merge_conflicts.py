"""Conflicts of three-way merges: what is kept where two people wrote in the same place, and how the other is told."""

from __future__ import annotations

from dataclasses import replace

from bobine.model.episode import Episode, Item, ItemKind
from bobine.model.people import Person, Role
from bobine.model.team import Member
from bobine.plan.editing.conflicts import PRESENCE
from bobine.plan.editing.merge import merge_episode, merge_rows, row_kept
from tests.plan.editing.merging import MINUTE, episode, item, names


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
