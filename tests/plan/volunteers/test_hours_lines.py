"""Lines of volunteer hours: how long, as people write it; merged with others'; to a spreadsheet and back."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from bobine.errors import PlanError
from bobine.model.hours import HoursLine, Task
from bobine.model.written.hours import (
    LONGEST,
    decimal_hours,
    hours_text,
    parse_hours,
    quarter_less,
    quarter_more,
)
from bobine.plan.editing.ids import free_id
from bobine.plan.volunteers.hours_csv import write_hours
from bobine.plan.volunteers.hours_reading import read_hours_file
from bobine.plan.volunteers.lines import lasting, noted, total, with_people, without
from bobine.plan.volunteers.merging import merge_hours

SHOWS = (date(2026, 11, 26), date(2026, 12, 3))
LENGTHS = st.integers(1, 24 * 3600).map(lambda seconds: timedelta(seconds=seconds))
TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), max_size=12)
HOUR = timedelta(hours=1)


def line(name: str, minutes: int = 60, task: Task = Task.HOSTING, **more: object) -> HoursLine:
    return HoursLine(id=more.pop("id", f"{name}-{task}".lower()), name=name, task=task,  # type: ignore[arg-type]
                     duration=timedelta(minutes=minutes), **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.mark.parametrize(("text", "minutes"), [
    ("2 h 30", 150), ("2h30", 150), ("2\u00a0h\u00a030", 150), ("2,5", 150), ("2.5", 150), ("2,5 h", 150),
    ("3", 180),
    ("3 heures", 180), ("2:30", 150), ("02:30:00", 150), ("45 min", 45), ("45'", 45), ("0,25", 15), ("24", 1440),
])  # fmt: skip
def test_how_long_as_people_write_it(text: str, minutes: int) -> None:
    assert parse_hours(text) == timedelta(minutes=minutes)


@pytest.mark.parametrize("text", ["", "trois", "0", "25", "-1", "2:75", "1e3", "2,5,5", "99999999999 h"])
def test_what_is_no_length_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r"2 h 30|24 h"):
        parse_hours(text)


@given(LENGTHS)
def test_a_length_is_read_as_it_is_written(length: timedelta) -> None:
    assert parse_hours(hours_text(length)) == length
    assert parse_hours(decimal_hours(length)) == length


@given(LENGTHS)
def test_a_quarter_more_or_less(length: timedelta) -> None:
    more, less = quarter_more(length), quarter_less(length)
    assert length < more <= LONGEST or length == more == LONGEST
    assert timedelta() < less <= length
    assert less < length or length <= timedelta(minutes=15)
    assert more % timedelta(minutes=15) == timedelta()


def test_people_are_noted_once() -> None:
    lines = with_people((), ["Ana", "Bo", "Ana"], Task.BOARD, HOUR, SHOWS[0])
    assert [one.name for one in lines] == ["Ana", "Bo"]
    assert with_people(lines, ["Bo"], Task.BOARD, HOUR, SHOWS[0]) == lines
    again = with_people(lines, ["Bo"], Task.BOARD, HOUR, SHOWS[1])
    assert len({one.id for one in again}) == 3
    assert total(again) == 3 * HOUR
    longer = lasting(again, again[0], 2 * HOUR)
    assert (total(longer), len(longer)) == (4 * HOUR, 3)
    assert without(noted(longer, line("Cy")), "cy-hosting") == longer


@st.composite
def file_of_lines(draw: st.DrawFn) -> tuple[HoursLine, ...]:
    found: list[HoursLine] = []
    for name, task in draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from(list(Task)[:2])), unique=True)):
        found.append(line(name, draw(st.sampled_from([15, 30, 45])), task, notes=draw(st.sampled_from(["", "x", "y"]))))
    return tuple(found)


@given(file_of_lines(), file_of_lines(), file_of_lines())
def test_a_person_and_a_task_are_one_line_whoever_notes_them(
    base: tuple[HoursLine, ...], mine: tuple[HoursLine, ...], newest: tuple[HoursLine, ...]
) -> None:
    merged = merge_hours(base, mine, newest).value
    keys = [(one.name, one.task) for one in merged]
    assert len(set(keys)) == len(keys)
    there = {(one.name, one.task): one for one in merged}
    before = {(one.name, one.task): one for one in base}
    for one in mine:  # what I changed or added stands, and nobody else's note is lost by it
        if one != before.get((one.name, one.task)):
            assert there[one.name, one.task].duration in {other.duration for other in (*mine, *newest)}
    for one in newest:
        if (one.name, one.task) not in before:
            assert (one.name, one.task) in there
    assert merge_hours(base, mine, mine).value == mine
    assert merge_hours(base, base, newest).value == newest


ROWS = st.lists(
    st.tuples(
        st.sampled_from([None, *SHOWS]),
        st.builds(
            HoursLine,
            id=st.just(""),
            name=TEXTS.filter(bool),
            task=st.sampled_from(Task),
            duration=LENGTHS,
            date=st.dates(date(2026, 9, 1), date(2027, 7, 31)),
            notes=TEXTS,
        ),
    ),
    max_size=6,
)


@given(ROWS)
def test_a_spreadsheet_gives_the_lines_back(rows: list[tuple[date | None, HoursLine]]) -> None:
    lines: dict[date | None, list[HoursLine]] = {None: [], SHOWS[0]: [], SHOWS[1]: []}
    for day, one in rows:
        taken = {other.id for other in lines[day]}
        lines[day].append(HoursLine(id=free_id(one.name, taken), name=one.name, task=one.task, duration=one.duration,
                                    date=one.date, notes=one.notes))  # fmt: skip
    content = write_hours((day, one) for day, of in lines.items() for one in of)
    assert {day: list(of) for day, of in read_hours_file(content, "h.csv", lines).items()} == {
        day: of for day, of in lines.items() if of
    }


KNOWN = {SHOWS[0]: (line("Zoé", 90, notes="é"),), None: ()}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_whatever_a_spreadsheet_writes(encoding: str, separator: str) -> None:
    text = "Jour;Bénévole;Tâche;Durée;Émission du\n;zoé;animation;2.25;26/11/2026\n2 novembre 2026;Bo;autre;02:30:00;\n"
    found = read_hours_file(text.replace(";", separator).encode(encoding), "h.csv", KNOWN)
    assert found[SHOWS[0]] == (HoursLine(id="zoé-hosting", name="zoé", task=Task.HOSTING,
                                         duration=timedelta(hours=2, minutes=15)),)  # fmt: skip
    assert [(one.name, one.date, one.duration) for one in found[None]] == [
        ("Bo", date(2026, 11, 2), timedelta(hours=2, minutes=30))
    ]


def test_a_workbook() -> None:
    book = Workbook()
    assert book.active is not None
    for row in (["jour", "nom", "tâche", "heures"], [date(2026, 11, 2), "Bo", "montage", 2.5]):
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    (one,) = read_hours_file(content.getvalue(), "h.xlsx", KNOWN)[None]
    assert (one.name, one.task, one.duration, one.date) == (
        "Bo",
        Task.EDITING,
        timedelta(minutes=150),
        date(2026, 11, 2),
    )


def test_no_cell_is_run_as_a_formula() -> None:
    content = write_hours([(None, line("=1+1", notes="@x", id="a", date=SHOWS[0]))])
    assert b"'=1+1" in content
    (one,) = read_hours_file(content, "h.csv", {None: ()})[None]
    assert (one.name, one.notes) == ("=1+1", "@x")


@pytest.mark.parametrize(("text", "told"), [
    ("nom;heures\nBo;2\n", "il manque la colonne « tâche »"),
    ("nom;tache;heures;age\n", "« age » n'est pas une colonne"),
    ("nom;nom;tâche;heures\n", "y est deux fois"),
    ("nom;tâche;heures\n;animation;2\n", "ligne 2 : nom : cette cellule est vide"),
    ("nom;tâche;heures\nBo;danse;2\n", "ligne 2 : tâche"),
    ("nom;tâche;heures\nBo;animation;beaucoup\n", "ligne 2 : heures"),
    ("nom;tâche;heures\nBo;animation;2\n", "a besoin de son jour"),
    ("nom;tâche;heures;jour\nBo;animation;2;hier\n", "n'est pas un jour"),
    ("nom;tâche;heures;émission du\nBo;animation;2;1/1/2020\n", "il n'y a pas d'émission le 01/01/2020"),
    ("nom;tâche;heures\nBo;animation;2;plus\n", "plus de cellules"),
    ("id;nom;tâche;heures;jour\na;Bo;autre;1;2/11/2026\na;Cy;autre;1;2/11/2026\n", "« a » y est deux fois"),
    ("id;nom;tâche;heures;jour\nA B;Bo;autre;1;2/11/2026\n", "ligne 2 : id"),
    ('nom;tâche;heures\n"Bo;animation;2\n', "guillemet"),
    ("%PDF-1.4", "PDF"),
])  # fmt: skip
def test_what_is_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(PlanError) as error:
        read_hours_file(text.encode(), "h.csv", KNOWN)
    assert told in str(error.value).replace("\u00a0", " ")


def test_a_file_of_one_show_is_of_no_other() -> None:
    text = "émission du;nom;tâche;heures\n03/12/2026;Bo;animation;2\n"
    with pytest.raises(PlanError, match="d'une autre émission"):
        read_hours_file(text.encode(), "h.csv", KNOWN, SHOWS[0])
    found = read_hours_file(text.replace("03/12/2026", "").encode(), "h.csv", KNOWN, SHOWS[0])
    assert [one.name for one in found[SHOWS[0]]] == ["Bo"]
