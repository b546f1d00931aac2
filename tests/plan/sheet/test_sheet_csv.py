"""The CSV file goes out and comes back the same, runs in no spreadsheet, and is read strictly."""

from __future__ import annotations

import contextlib
import csv
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import date, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bobine.errors import Fault, PlanError
from bobine.french import is_one_safe_line
from bobine.model.counted.objectives import Objective
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work, WorkUse
from bobine.model.people import Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Show, Slot, Station, Weekday
from bobine.plan.files.csv_reading import read_csv
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.cells import cells_csv, guarded, read_cells, unguarded
from bobine.plan.sheet.spreadsheet.csv import write_csv
from bobine.plan.timing.rundown import time_rundown

Attempt = Callable[[str], AbstractContextManager[None]]

PEOPLE = (
    Person(id="samira", name="Samira Benhaddou", role=Role.HOST),
    Person(id="ines", name="Inès", role=Role.GUEST),
    Person(id="x-1", name="Léo, dit « ; »", role=Role.MUSICIAN),
)
CHRONIQUES = ("agenda", "cinema")
SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
)


def written(items: tuple[Item, ...]) -> bytes:
    episode = Episode(show="fil", date=date(2026, 11, 26), season=8, number=7, title="T", people=PEOPLE, items=items)
    return write_csv(make_sheet(SHOW, episode, time_rundown(items, SHOW.slot.bounds(episode.date))))


def read(text: str | bytes, previous: tuple[Item, ...] = ()) -> tuple[Item, ...]:
    return read_csv(text if isinstance(text, bytes) else text.encode(), "c.csv", PEOPLE, CHRONIQUES, previous)


def faults(text: str | bytes) -> tuple[Fault, ...]:
    with pytest.raises(PlanError) as caught:
        read(text)
    return caught.value.faults


def safe(text: str) -> str:
    return "".join(char for char in text if is_one_safe_line(char))


awkward = st.text(st.sampled_from("aé=+-@;,|\\'\" \u00a0«»:é✓日🎸#＝\t") | st.characters(codec="utf-8"), max_size=20)
lines = awkward.map(lambda text: safe(text).strip() or "=1")
maybe_line = st.just("") | lines
notes = st.just("") | st.lists(awkward.map(safe), max_size=3).map(lambda found: "\n".join([*found, "=x"]))
durations = st.integers(1, 86_400).map(lambda seconds: timedelta(seconds=seconds))
works = st.builds(
    Work,
    title=lines,
    author=maybe_line,
    composer=maybe_line,
    performer=maybe_line,
    label=maybe_line,
    isrc=st.sampled_from(["", "FR-Z03-97-00212"]),
    duration=st.none() | durations,
    use=st.sampled_from(WorkUse),
)


@st.composite
def rundowns(draw: st.DrawFn) -> tuple[Item, ...]:
    count = draw(st.integers(1, 4))
    return tuple(draw(_items(index)) for index in range(count))


@st.composite
def _items(draw: st.DrawFn, index: int) -> Item:
    duration = draw(durations)
    seconds = int(duration.total_seconds())
    return Item(
        id=f"i-{index}",
        title=draw(lines),
        kind=draw(st.sampled_from(ItemKind)),
        duration=duration,
        min=draw(st.none() | st.integers(1, seconds).map(lambda s: timedelta(seconds=s))),
        max=draw(st.none() | st.integers(seconds, 86_400).map(lambda s: timedelta(seconds=s))),
        droppable=draw(st.booleans()),
        fixed_start=draw(st.none() | st.times().map(lambda t: t.replace(microsecond=0))),
        standby=draw(st.booleans()),
        chronique=draw(st.none() | st.sampled_from(CHRONIQUES)),
        instalment=draw(st.none() | st.integers(1, 999)),
        people=tuple(draw(st.lists(st.sampled_from([p.id for p in PEOPLE]), unique=True))),
        mics=tuple(draw(st.lists(lines, max_size=3))),
        source=draw(maybe_line),
        file=draw(maybe_line),
        bed=draw(maybe_line),
        in_cue=draw(maybe_line),
        out_cue=draw(maybe_line),
        notes=draw(notes),
        podcast=draw(st.none() | st.sampled_from(PodcastRights)),
        works=tuple(draw(st.lists(works, max_size=2))),
        chapter=draw(st.none() | st.booleans()),
        objectives=tuple(draw(st.lists(st.sampled_from(Objective), unique=True))),
        political=draw(st.booleans()),
    )


@given(rundowns())
def test_what_is_written_reads_back_the_same(items: tuple[Item, ...]) -> None:
    assert read(written(items)) == items


SEPARATORS = ";,\t|"


def cells_as_split(text: str, separator: str) -> Iterator[str]:
    """The cells of a program that splits at another separator: knowing of quotes or not, they begin after it."""
    for line in re.split(r"[\r\n]", text):
        yield from line.split(separator)
    with contextlib.suppress(csv.Error):
        for row in csv.reader(text.splitlines(keepends=True), delimiter=separator):
            yield from row


def runs(cell: str) -> bool:
    return cell.lstrip(" '\"\u00a0").startswith(tuple("=+-@＝＋－＠")) and not re.match("[\\s\"\u00a0]*'", cell)


@pytest.mark.boundary
@given(items=rundowns())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_cell_runs_in_a_spreadsheet(items: tuple[Item, ...], attempt: Attempt) -> None:
    text = written(items).decode("utf-8-sig")
    for separator in SEPARATORS:
        with attempt("a cell that a spreadsheet would run, whatever its separator"):
            assert not [cell for cell in cells_as_split(text, separator) if runs(cell)]


@pytest.mark.boundary
@pytest.mark.parametrize(
    "payload", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A1", "＝1", '"=1"']
)
@pytest.mark.parametrize("before", ["", " ", "a;", "a,", "a, ", "a\t", "a|", "a\n", 'a,"', "a, '", "a;\u200b", "a,,"])
def test_what_stands_after_any_separator_is_guarded(before: str, payload: str, attempt: Attempt) -> None:
    with attempt("a cell that a spreadsheet would run, whatever its separator"):
        cell = before + payload
        assert unguarded(guarded(cell)) == cell
        text = cells_csv([["x", cell, "y"]]).decode("utf-8-sig")
        for separator in SEPARATORS:
            assert not [one for one in cells_as_split(text, separator) if runs(one)]
        assert read_cells(text) == (["x", cell, "y"], [])


@pytest.mark.parametrize("text", ["a - b", "Rock, -  pas", "l'été", "« Oui », dit-elle", "18:05", "rock et folk; jazz"])
def test_ordinary_text_stays_as_it_is_but_for_what_would_run(text: str) -> None:
    assert guarded(text).count("'") == text.count("'") + (", -" in text)


@given(st.text(st.sampled_from("'\"=+-@ \t\n\r;,|ab\u200b")))
def test_a_guarded_cell_comes_back(cell: str) -> None:
    assert unguarded(guarded(cell)) == cell


def test_a_small_file_typed_by_hand_is_enough() -> None:
    typed = """élément;genre;Durée;personnes;heure fixe;coupable
Accueil;plateau;1:50;Samira Benhaddou, ines;;
Accueil;Chronique;3 min 30;;18 h 05;x

"""
    first, second = read(typed)
    assert (first.id, second.id) == ("accueil", "accueil-2")
    assert first.people == ("samira", "ines")
    assert (second.kind, second.duration) == (ItemKind.CHRONIQUE, timedelta(minutes=3, seconds=30))
    assert (second.fixed_start, second.droppable) == (time(18, 5), True)
    assert read(typed.replace(";", "\t")) == (first, second)
    assert read(typed.replace("\n", "\r\n")) == (first, second)


def test_what_the_file_has_no_column_for_is_kept() -> None:
    before = Item(id="a", title="A", kind=ItemKind.TALK, duration=timedelta(minutes=1), notes="gardées",
                  works=(Work(title="W"),), source="M1")  # fmt: skip
    (after,) = read("id;élément;genre;durée;source\na;B;plateau;2'00;\n", (before,))
    assert (after.title, after.notes, after.works) == ("B", "gardées", before.works)
    assert after.source == ""  # an empty cell empties


HEAD = "élément;genre;durée;personnes;coupable;heure fixe;chronique;œuvres;id\n"
GOOD = "A;plateau;1'00;;;;;;\n"


@pytest.mark.parametrize(
    ("row", "key", "words"),
    [
        ("A;platau;1'00", "genre", "vouliez-vous « plateau »"),
        ("A;plateau;longtemps", "durée", "n'est pas une durée"),
        ("A;plateau;0'00", "durée", "ne dure rien"),
        ("A;plateau;", "durée", "vide"),
        (";plateau;1'00;;;;;;a", "élément", "vide"),
        ("A;plateau;1'00;zoe", "personnes", "inconnue"),
        ("A;plateau;1'00;;peut-être", "coupable", "oui, non"),
        ("A;plateau;1'00;;;25:00", "heure fixe", "18:53:10"),
        ("A;plateau;1'00;;;;agendo", "chronique", "agenda"),
        ("A;plateau;1'00;;;;;a|b|c|d|e|||||||||n", "œuvres", "13 parties"),
        ("A;plateau;1'00;;;;;|auteur", "œuvres", ""),
        ("A;plateau;1'00;;;;;;Pas un id", "id", "minuscules"),
        ("A;plateau;1'00;;;;;;;trop", "", "plus de cellules"),
        (" \u202e;plateau;1'00;;;;;;b", "élément", "invisible"),
    ],
)
def test_a_fault_names_its_line_and_its_column(row: str, key: str, words: str) -> None:
    for before in (0, 2):
        found = faults(HEAD + GOOD * before + row + "\n" + GOOD)
        assert [(fault.file, fault.line, fault.key) for fault in found] == [("c.csv", 2 + before, key)]
        assert words in found[0].message


def test_the_line_is_that_of_the_file_after_a_cell_of_several_lines() -> None:
    (fault,) = faults('élément;genre;durée;notes\nA;plateau;1\'00;"un\ndeux"\nB;plateau;x;\n')
    assert fault.line == 4


def test_two_items_of_one_id_are_refused() -> None:
    (fault,) = faults(HEAD + "A;plateau;1'00;;;;;;a\n" * 2)
    assert (fault.line, fault.key) == (3, "id")


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "colonne"),
        ("élément;genre;durée\n".encode(), 0, "aucun élément"),
        ("élément;genre\nA;plateau\n".encode(), 1, "« durée »"),
        ("élément;genre;durée;couleur\n".encode(), 1, "couleur"),
        ("élément;genre;durée;durée\n".encode(), 1, "deux fois"),
        ("élément;genre;durée\nA;plateau;1'00\nB;\"plateau;1'00\n".encode(), 3, "guillemet"),
        (bytes(range(256)), 0, "ni du texte"),
        (b"PK\x03\x04\x14\x00", 0, "archive"),
    ],
)
def test_a_file_that_is_no_rundown(content: bytes, line: int, words: str) -> None:
    (fault,) = faults(content)
    assert words in fault.message
    assert fault.line == line


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_give_items_or_faults(content: bytes) -> None:
    try:
        read(content)
    except PlanError as error:
        told = error.faults
    else:
        told = ()
    assert all(fault.message and fault.file == "c.csv" for fault in told)
