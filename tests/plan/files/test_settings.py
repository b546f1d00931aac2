"""The show's settings: words for every key, a new file that says them all, changes, merges, what is left to fill in."""

from __future__ import annotations

import tomllib
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.carts import ShowCart
from bobine.model.counted.subsidy import ActionForm, ActionTheme, Job
from bobine.model.episode import Item, Work
from bobine.model.hours import HourlyRate
from bobine.model.show import Chronique, Election, Show, Weekday
from bobine.plan.files.new_file import shows_text, starting_show
from bobine.plan.settings.edits import LISTS, added, dropped, kept, moved, put, record, row_key, rows
from bobine.plan.settings.merge import OWN, ROWS, TABLES, merge_show, show_differences
from bobine.plan.settings.unfilled import unfilled_settings
from bobine.plan.settings.words import SETTINGS, UNWRITTEN
from bobine.store.codec.shapes import fields_of, form_of
from bobine.store.documents.shows import decode_shows
from bobine.store.toml.read import parse_toml
from tests.conftest import ATELIER

TODAY = date(2026, 11, 25)
SHOW = starting_show("Les Voix du Vercors", TODAY)


@pytest.mark.parametrize("cls", SETTINGS, ids=lambda cls: cls.__name__)
def test_every_key_that_is_read_has_its_words(cls: type[Any]) -> None:
    keys = {field.name for field in fields(cls)} - UNWRITTEN.get(cls, frozenset())
    assert keys == set(SETTINGS[cls])
    for setting in SETTINGS[cls].values():
        assert setting.label[0].isupper() or setting.label == "ISRC"
        assert setting.note
        assert not setting.note.startswith(" ")


def test_every_table_that_is_read_is_in_the_table_of_words() -> None:
    known: set[type[Any]] = set()
    waiting: list[type[Any]] = [Show]
    while waiting:
        cls = waiting.pop()
        known.add(cls)
        for field in fields_of(cls).values():  # type: ignore[arg-type]
            _, inner = form_of(field.hint)
            if hasattr(inner, "__dataclass_fields__") and inner not in known:
                waiting.append(inner)
    assert known <= set(SETTINGS), known - set(SETTINGS)


def test_every_field_of_a_show_is_merged() -> None:
    assert {*OWN, *TABLES, *ROWS, "slug"} == set(fields_of(Show))


def test_a_new_file_says_every_key_with_its_meaning() -> None:
    text = shows_text("Les Voix du Vercors", TODAY)
    for cls in SETTINGS:
        for name in SETTINGS[cls]:
            if cls in (Item, Work, Chronique, HourlyRate, ShowCart, ActionTheme, ActionForm, Job):
                assert f"#   {name} : " in text, (cls, name)
            elif cls is not Show or name not in (
                "elections",
                "hourly_rates",
                "chroniques",
                "carts",
                "template",
                *TABLES,
            ):
                assert f"{name} = " in text or f"{name}]" in text or name == "url", (cls, name)
    assert max(len(line) for line in text.splitlines()) <= 120


def test_the_new_file_is_what_it_says(tmp_path: Any) -> None:
    text = shows_text("Les Voix du Vercors", TODAY)
    (show,), destinations = decode_shows(parse_toml(text.encode(), "shows.toml"), tmp_path)
    assert show == SHOW
    assert [one.name for one in destinations] == ["local"]
    assert sum((item.duration for item in show.template), timedelta()) == timedelta(minutes=55)


def test_what_stands_there_as_an_example_can_be_taken_as_it_is(tmp_path: Any) -> None:
    """Each line that is commented out becomes a setting by taking its # away."""
    lines = shows_text("Essai", TODAY).splitlines()
    heads = [index for index, line in enumerate(lines) if line.startswith("# [")]
    assert len(heads) == 8
    for head in heads:
        opened = [*lines]
        for index in range(head, len(lines)):
            if not lines[index].startswith("# "):
                break
            opened[index] = lines[index][2:]
        decode_shows(parse_toml("\n".join(opened).encode(), "shows.toml"), tmp_path)
    for start in ("# holidays = ", "# license = ", "# works = "):
        (line,) = [line for line in lines if line.startswith(start)]
        assert tomllib.loads(line[2:])


def test_a_new_show_says_what_is_left_to_fill_in() -> None:
    assert dict(unfilled_settings(SHOW)) == {
        "station": "Ma radio",
        "podcast": "les-voix-du-vercors.example",
        "description": "À écrire",
        "template": "Première chronique",
    }
    own, _ = decode_shows(parse_toml((ATELIER / "shows.toml").read_bytes(), "shows.toml"), ATELIER)
    assert [name for name, _ in unfilled_settings(own[0])] == ["podcast"]


def test_rows_come_move_and_go() -> None:
    show, place = added(SHOW, "chroniques", "Rock & Cie", TODAY)
    assert place == "chroniques/rock-cie"
    assert record(show, place).title == "Rock & Cie"
    show, place = moved(show, place, -1)
    assert [one.id for one in show.chroniques] == ["rock-cie", "agenda"]
    show = put(show, place, replace(record(show, place), every_weeks=2))
    assert show.chroniques[0].every_weeks == 2
    assert dropped(show, place).chroniques == SHOW.chroniques


def test_an_item_of_the_template_goes_before_what_closes_the_show() -> None:
    show, place = added(SHOW, "template", "Cinéma", TODAY)
    assert [item.id for item in show.template][-2:] == ["cinema", "generique-de-fin"]
    assert record(show, place).duration == timedelta(minutes=4)
    show, place = added(show, "template", "Cinéma", TODAY, "template/accueil")
    assert show.template[2].id == "cinema-2"


@given(st.lists(st.tuples(st.sampled_from(sorted(LISTS)), st.sampled_from("amdk"), st.integers(-3, 3)), max_size=12))
def test_no_edit_loses_another_row(steps: list[tuple[str, str, int]]) -> None:
    show = SHOW
    for name, what, number in steps:
        listed = rows(show, name)
        before = sorted(map(repr, listed))
        place = row_key(name, listed[number % len(listed)], number % len(listed)) if listed else ""
        if what == "a":
            show, new = added(show, name, "Une ligne", TODAY, place)
            assert record(show, new) is not None
            assert len(rows(show, name)) == len(listed) + 1
        elif what == "m" and place:
            show, new = moved(show, place, number)
            assert sorted(map(repr, rows(show, name))) == before
        elif what == "d" and place:
            gone = record(show, place)
            show = dropped(show, place)
            assert sorted([*map(repr, rows(show, name)), repr(gone)]) == before


def test_two_people_change_different_keys_and_both_win() -> None:
    mine = replace(SHOW, slot=replace(SHOW.slot, day=Weekday.TUESDAY), title="Les Voix")
    other, _ = added(SHOW, "chroniques", "Rock", TODAY)
    other = replace(other, slot=replace(SHOW.slot, tolerance=timedelta(minutes=1)))
    merged = merge_show(SHOW, mine, other)
    assert merged.conflicts == ()
    assert merged.value.slot == replace(other.slot, day=Weekday.TUESDAY)
    assert (merged.value.title, [one.id for one in merged.value.chroniques]) == ("Les Voix", ["agenda", "rock"])


def test_a_key_that_both_changed_is_told() -> None:
    mine = replace(SHOW, slot=replace(SHOW.slot, day=Weekday.TUESDAY))
    other = replace(SHOW, slot=replace(SHOW.slot, day=Weekday.FRIDAY))
    merged = merge_show(SHOW, mine, other)
    assert merged.value.slot.day is Weekday.TUESDAY
    (conflict,) = merged.conflicts
    assert conflict.sentence == "Créneau, jour : vous avez écrit mardi ; quelqu'un d'autre venait d'écrire vendredi."


def test_differences_are_said_in_words() -> None:
    changed, _ = added(SHOW, "chroniques", "Rock", TODAY)
    vote = Election(name="Régionales", start=TODAY, end=TODAY)
    changed = replace(changed, slot=replace(SHOW.slot, day=Weekday.TUESDAY), elections=(vote,))
    assert list(show_differences(SHOW, changed)) == [
        "périodes électorales : + Régionales",
        "créneau : jour : jeudi → mardi",
        "« Rock » ajoutée",
    ]


def test_what_is_written_in_a_form_meets_what_others_wrote_meanwhile() -> None:
    changed = replace(SHOW.slot, day=Weekday.MONDAY)
    newest = replace(SHOW, slot=replace(SHOW.slot, tolerance=timedelta(seconds=7)))
    merged = kept(SHOW, "slot", changed, newest)
    assert merged.value.slot == replace(changed, tolerance=timedelta(seconds=7))
    assert not merged.conflicts
    (told,) = kept(SHOW, "slot", changed, put(SHOW, "slot", replace(SHOW.slot, day=Weekday.FRIDAY))).conflicts
    assert "vendredi" in told.sentence
    with_one, place = added(SHOW, "chroniques", "Rock", TODAY)
    chronique = replace(record(with_one, place), title="Rock !")
    assert record(kept(with_one, place, chronique, dropped(with_one, place)).value, place) == chronique


def test_a_row_without_an_id_is_replaced_where_it_stands() -> None:
    with_one, place = added(SHOW, "holidays", "Ponts", TODAY)
    with_two, other = added(with_one, "holidays", "Fêtes", TODAY)
    changed = replace(record(with_one, place), name="Ponts de mai")
    merged = kept(with_one, place, changed, with_two).value
    assert record(merged, place) == changed
    assert record(merged, other) == record(with_two, other)
