"""Every field is declared once, and what is declared is what forms, files, paper and rules do with it.

A new field is tested as soon as the model has it: nothing is to be added here but, where its type is new, its values.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.french import sort_key
from bobine.model.episode import Episode, Item, Work
from bobine.model.fields.field import Field, FieldType, Said
from bobine.model.fields.tables import FIELDS
from bobine.model.people import Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, Show, Slot, Station, Weekday
from bobine.plan.fields.field_words import label
from bobine.plan.files.csv_reading import read_csv
from bobine.plan.settings.words import SETTINGS
from bobine.plan.sheet.html import sheet_html
from bobine.plan.sheet.json import sheet_json
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.csv import COLUMNS, write_csv
from bobine.plan.timing.rundown import time_rundown
from bobine.store.codec.spelling import unknown_key
from bobine.store.rules.tables import RULES
from bobine.tui.episode.forms import episode_sections, item_sections, person_sections, work_sections
from bobine.tui.kit.forms.controls import shown_in
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, value_of

PEOPLE = (Person(id="samira", name="Samira Benhaddou", role=Role.HOST), Person(id="ines", name="Inès", role=Role.GUEST))
SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
    chroniques=(Chronique(id="agenda", title="Agenda"), Chronique(id="cinema", title="Cinéma")),
)
EVERY_FIELD = [pytest.param(cls, field, id=f"{cls.__name__}.{name}")
               for cls, fields in FIELDS.items() for name, field in fields.items()]  # fmt: skip
UNASKED = {(Item, "id"), (Item, "chapter")}
"""Fields that no form changes: an identity, and a choice that is made in the file or in the spreadsheet."""

texts = st.text(st.sampled_from("aé=+,|\\'\" «»日") | st.characters(categories=["L", "N"]), max_size=12).map(str.strip)
texts = texts.filter(lambda text: not text or any(one.isalnum() for one in text))  # a lone « is no text
lines = texts.map(lambda text: text or "un mot")


def _works() -> st.SearchStrategy[Any]:
    return st.lists(records(Work), max_size=2).map(tuple)


VALUES: dict[FieldType, st.SearchStrategy[Any]] = {
    FieldType.TEXT: lines,
    FieldType.PATH: lines,
    FieldType.LINES: st.lists(lines, min_size=1, max_size=3).map("\n".join),
    FieldType.ISRC: st.sampled_from(["FR-Z03-97-00212", "GB-AYE-94-00001"]),
    FieldType.EAN: st.sampled_from(["4 006381 333931", "5099902894225"]),
    FieldType.ID: st.from_regex(r"[a-z][a-z0-9]{0,8}", fullmatch=True),
    FieldType.LENGTH: st.integers(1, 7200).map(lambda seconds: timedelta(seconds=seconds)),
    FieldType.CLOCK: st.times().map(lambda found: found.replace(microsecond=0)),
    FieldType.COUNT: st.integers(1, 999),
    FieldType.FLAG: st.booleans(),
    FieldType.YES_OR_NO: st.booleans(),
    FieldType.MICS: st.lists(lines, max_size=3).map(tuple),
    FieldType.NAMES: st.lists(
        lines.map(lambda text: text.replace(",", " ").strip() or "un mot"), unique=True, max_size=3
    ).map(tuple),
    FieldType.PEOPLE: st.lists(st.sampled_from([one.id for one in PEOPLE]), unique=True).map(tuple),
    FieldType.CHRONIQUE: st.sampled_from([one.id for one in SHOW.chroniques]),
    FieldType.WORKS: st.deferred(_works),
}
"""Values that the fields of an item and of a work may have."""


def values(field: Field) -> st.SearchStrategy[Any]:
    if field.choices is None:
        return VALUES[field.holds]
    choices: st.SearchStrategy[Any] = st.sampled_from(field.choices)
    return choices if field.holds is FieldType.CHOICE else st.lists(choices, unique=True).map(tuple)


@st.composite
def records(draw: st.DrawFn, cls: Any) -> Any:
    """A record of a class, each field that has a default sometimes as it is by default."""
    given_: dict[str, Any] = {}
    for field in dataclasses.fields(cls):
        optional = field.default is not dataclasses.MISSING
        if not optional or draw(st.booleans()):
            given_[field.name] = draw(values(FIELDS[cls][field.name]))
    if cls is Item:
        planned = given_["duration"]
        for name, choose in (("min", min), ("max", max)):
            if name in given_:
                given_[name] = choose(planned, given_[name])
    return cls(**given_)


def sheet_of(items: tuple[Item, ...]) -> Any:
    episode = Episode(show="fil", date=date(2026, 11, 26), season=8, number=7, title="T", people=PEOPLE, items=items)
    return make_sheet(SHOW, episode, time_rundown(items, SHOW.slot.bounds(episode.date)))


@given(records(Item))
def test_an_item_comes_back_from_the_spreadsheet_as_it_went(item: Item) -> None:
    content = write_csv(sheet_of((item,)))
    found = read_csv(content, "c.csv", PEOPLE, [one.id for one in SHOW.chroniques], slot=timedelta(days=1))
    assert found == (item,)


@pytest.mark.parametrize("cls", FIELDS, ids=lambda cls: cls.__name__)
def test_every_field_of_the_model_is_declared_and_nothing_else(cls: Any) -> None:
    assert set(FIELDS[cls]) == {field.name for field in dataclasses.fields(cls)}
    assert all(name == field.name for name, field in FIELDS[cls].items())


_HINTS: dict[FieldType, Callable[[Any], bool]] = {
    FieldType.LENGTH: lambda hint: timedelta in _parts(hint),
    FieldType.CLOCK: lambda hint: time in _parts(hint),
    FieldType.DAY: lambda hint: date in _parts(hint),
    FieldType.INSTANT: lambda hint: datetime in _parts(hint),
    FieldType.COUNT: lambda hint: int in _parts(hint),
    FieldType.FLAG: lambda hint: hint is bool,
    FieldType.YES_OR_NO: lambda hint: bool in _parts(hint),
    FieldType.WORKS: lambda hint: hint == tuple[Work, ...],
    FieldType.MICS: lambda hint: hint == tuple[str, ...],
    FieldType.NAMES: lambda hint: hint == tuple[str, ...],
    FieldType.PEOPLE: lambda hint: hint == tuple[str, ...],
    FieldType.ROWS: lambda hint: typing.get_origin(hint) is tuple,
}


def _parts(hint: Any) -> tuple[Any, ...]:
    return typing.get_args(hint) or (hint,)


@pytest.mark.parametrize(("cls", "field"), EVERY_FIELD)
def test_the_declared_type_is_that_of_the_model(cls: Any, field: Field) -> None:
    hint = typing.get_type_hints(cls)[field.name]
    default = cls.__dataclass_fields__[field.name].default
    if field.choices is not None:
        assert field.holds in (FieldType.CHOICE, FieldType.CHOICES)
        assert field.choices in _parts(hint)
        assert (typing.get_origin(hint) is tuple) == (field.holds is FieldType.CHOICES)
    else:
        assert _HINTS.get(field.holds, lambda hint: str in _parts(hint))(hint)
    if field.holds is FieldType.FLAG:
        assert default is False
    if field.holds is FieldType.YES_OR_NO:
        assert default is not False


@pytest.mark.parametrize(("cls", "field"), EVERY_FIELD)
def test_every_field_has_a_label_and_its_french_word_leads_to_its_key(cls: type, field: Field) -> None:
    assert label(cls, field.name)[0].isupper()
    for word in (field.label, *field.keys):
        assert sort_key(word) == field.name or field.name in unknown_key(word, [field.name, "xyz"])


def test_a_key_without_a_word_leads_nowhere() -> None:
    assert "vouliez-vous" not in unknown_key("", [*FIELDS[Episode]])
    assert "« items »" in unknown_key("élément", [*FIELDS[Episode]])


@pytest.mark.parametrize("cls", [Item, Work], ids=lambda cls: cls.__name__)
def test_every_key_of_an_item_is_explained_in_a_new_file(cls: Any) -> None:
    assert set(SETTINGS[cls]) == set(FIELDS[cls])
    assert all(setting.note and "{" not in setting.note for setting in SETTINGS[cls].values())


def test_every_field_of_an_item_and_of_a_work_has_a_cell_of_its_own() -> None:
    for cls in (Item, Work):
        cells = [field.cell for field in FIELDS[cls].values() if field.cell is not None]
        assert len(cells) == len(FIELDS[cls])
        assert len({cell.place for cell in cells}) == len(cells)
    headings = [name for column in COLUMNS for name in (column.heading, *column.former)]
    assert len({sort_key(name) for name in headings}) == len(headings)


def forms() -> dict[type, tuple[Section, ...]]:
    episode = Episode(show="fil", date=date(2026, 11, 26), season=8, number=7, title="T", people=PEOPLE)
    return {
        Item: item_sections(SHOW, episode, lambda _: None),
        Work: work_sections(),
        Person: person_sections(),
        Episode: episode_sections(episode),
    }


def specs(cls: type) -> list[FieldSpec]:
    return [spec for section in forms()[cls] for spec in section.fields]


@pytest.mark.parametrize("cls", [Item, Work, Person, Episode], ids=lambda cls: cls.__name__)
def test_what_is_asked_is_in_the_form_in_the_order_of_the_table(cls: type) -> None:
    assert [spec.name for spec in specs(cls)] == [field.name for field in FIELDS[cls].values() if field.asked]
    titles = [section.title for section in forms()[cls]]
    assert len(set(titles)) == len(titles)


@pytest.mark.parametrize("cls", [Item, Work], ids=lambda cls: cls.__name__)
def test_a_form_leaves_out_only_what_is_said_here(cls: type) -> None:
    assert {(cls, name) for name, field in FIELDS[cls].items() if field.asked is None} == {
        one for one in UNASKED if one[0] is cls
    }


@given(st.data())
def test_what_a_form_shows_is_read_back_as_it_was(data: st.DataObject) -> None:
    for cls in (Item, Work):
        record = data.draw(records(cls))
        for spec in specs(cls):
            value = getattr(record, spec.name)
            if spec.control in (Control.LINE, Control.DURATION, Control.HOUR, Control.NUMBER):
                assert value_of(spec, shown_in(spec, record)) == value
            elif spec.control is Control.PICK:
                assert shown_in(spec, record) in [key for key, _ in spec.options]


@given(records(Item))
def test_paper_and_scripts_say_what_is_declared(item: Item) -> None:
    sheet = sheet_of((item,))
    (told,) = sheet_json(sheet)["items"]
    assert {field.script for field in FIELDS[Item].values() if field.script} <= set(told)
    page = sheet_html(sheet)
    for field in FIELDS[Item].values():
        if field.said is not None and field.cell is not None and field.holds in (FieldType.TEXT, FieldType.PATH):
            heading = field.cell.heading.capitalize()
            # a text that is nothing but quotation marks is quoted to nothing
            shown = str(getattr(item, field.name) or "").strip("«» \u00a0\u202f")
            assert (f">{heading}\u00a0: " in page) == bool(shown and field.said is not Said.SOUND)


def test_a_rule_stands_for_each_type_that_has_one() -> None:
    for cls, fields in FIELDS.items():
        for name, field in fields.items():
            ruled = field.holds in (
                FieldType.ID, FieldType.LENGTH, FieldType.COUNT, FieldType.LINES, FieldType.ISRC, FieldType.EAN,
                FieldType.ADDRESS, FieldType.NAMES,
            )  # fmt: skip
            assert ((cls, name) in RULES.fields) == ruled


OLDER = """\
n°;heure;durée;à rebours;élément;genre;personnes;micros;source;in;out;tapis;notes;coupable;secours;heure fixe;\
durée min;durée max;chronique;n° d'épisode;podcast;chapitre;parole politique;voix rapprochées;ronflement retiré;\
objectifs;fichier;œuvres (titre | auteur | composition | interprétation | label | ISRC | durée | usage);id
1;18:00:00;4'00;;Tout;chronique;samira;M1, M\\, 2;PAD;Bonjour;à bientôt;doux;un;oui;;18:30:05;3'00;5'00;agenda;3;non;\
non;oui;non;oui;parole à tous, initiatives locales, éducation populaire, accessible à tous;pad/a.mp3;\
La | B | C | D | E | FR-Z03-97-00212 | 3'00 | live;a
;;4'00;;Libre;jeu;;;;;;;;;oui;;;;;;oui;oui;;oui;;;;X\\|Y |  |  |  |  |  |  | disque;b
2;;4'00;;Inconnu;jeu;;;;;;;;;;;;;;;inconnu;;;;;;;;c
"""
"""A file as it was written before the words of forms and files were made one."""


def test_a_file_of_an_older_version_is_read_as_before() -> None:
    items = read_csv(OLDER.encode("utf-8-sig"), "c.csv", PEOPLE, ["agenda"])
    assert read_csv(write_csv(sheet_of(items)), "c.csv", PEOPLE, ["agenda"]) == items
    full, free, unknown = items
    assert [str(one.podcast) for one in items] == ["cut", "cleared", "unknown"]
    assert [str(one) for one in full.objectives] == ["voices", "initiatives", "education", "accessible"]
    assert [str(one.use) for one in full.works] == ["live"]
    assert (full.works[0].author, full.works[0].performer) == ("B", "D")
    assert (full.standby, free.standby, unknown.standby) == (False, True, False)
    assert full.mics == ("M1", "M, 2")
    assert free.works == (Work(title="X|Y"),)
