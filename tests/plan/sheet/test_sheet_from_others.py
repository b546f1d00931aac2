"""Spreadsheets of others come in as they are written, or are named as what they are; doubtful durations are asked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.errors import BobineError, PlanError
from bobine.model.episode import Item, ItemKind
from bobine.model.people import Person, Role
from bobine.plan.files.csv_reading import read_csv, with_absent
from bobine.plan.sheet.spreadsheet.hours import Reading, UnclearDurationsError

Attempt = Callable[[str], AbstractContextManager[None]]

PEOPLE = (Person(id="ines", name="Inès", role=Role.GUEST),)
SLOT = timedelta(minutes=55)
ROWS = [
    ["élément", "genre", "durée", "personnes", "coupable"],
    ["Été à Valence", "plateau", "1'50", "Inès", "oui"],
    ["Cinéma", "chronique", "4'30", "", ""],
]


def read(content: bytes, previous: tuple[Item, ...] = (), reading: Reading | None = None) -> tuple[Item, ...]:
    return read_csv(content, "c.csv", PEOPLE, (), previous, slot=SLOT, reading=reading)


def typed(rows: list[list[str]], separator: str = ";", end: str = "\r\n") -> str:
    return "".join(separator.join(row) + end for row in rows)


EXPECTED = read(typed(ROWS).encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac_roman", "cp850", "utf-16", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
@pytest.mark.parametrize("head", ["", "sep=", "blank"])
def test_every_way_that_spreadsheets_write_is_read(encoding: str, separator: str, end: str, head: str) -> None:
    first = {"": "", "sep=": f"sep={separator}{end}", "blank": end}[head]
    assert read((first + typed(ROWS, separator, end)).encode(encoding)) == EXPECTED


def test_empty_columns_are_let_pass_and_filled_ones_without_a_title_are_told() -> None:
    wider = [[*row, "", ""] for row in ROWS]
    assert read(typed(wider).encode()) == EXPECTED
    middle = [[row[0], "", *row[1:]] for row in ROWS]
    assert read(typed(middle).encode()) == EXPECTED
    wider[2][6] = "à voir"
    with pytest.raises(PlanError, match="ligne 3 : une cellule est remplie sous une colonne sans titre"):
        read(typed(wider).encode())


@pytest.mark.parametrize(("word", "meant"), [(word, True) for word in ("TRUE", "VRAI", "Vrai", "oui", "1", "x", "Yes")]
                         + [(word, False) for word in ("FALSE", "FAUX", "non", "0", "No", "")])  # fmt: skip
def test_yes_and_no_in_any_spreadsheet(word: str, meant: bool) -> None:
    (item,) = read(typed([ROWS[0], ["A", "plateau", "1'00", "", word]]).encode())
    assert item.droppable is meant


def workbook(*sheets: Any) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"S{number}")
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


WORKBOOK = workbook(ROWS)


def test_a_workbook_is_read_whatever_the_type_of_its_cells() -> None:
    rows = [
        ROWS[0],
        ["Été à Valence", "plateau", "1'50", "Inès", True],
        [],
        ["Cinéma", "chronique", "4:30", None, None],
    ]
    assert read(workbook([["rien"]], rows)) == EXPECTED
    assert read(workbook(rows, [["rien"]])) == EXPECTED
    timed = [
        *rows[:1],
        ["A", "plateau", time(0, 1, 50), None, None],
        ["B", "plateau", timedelta(minutes=4), None, False],
    ]
    assert [item.duration for item in read(workbook(timed))] == [timedelta(seconds=110), timedelta(minutes=4)]
    with pytest.raises(PlanError, match="ligne 2 : durée"):
        read(workbook([*rows[:1], ["A", "plateau", datetime(2026, 11, 26), None, None]]))  # noqa: DTZ001


def zipped(**parts: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


def hostile_workbooks() -> dict[str, bytes]:
    good = workbook(ROWS)
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    return {
        "bomb": zipped(**{**parts, "xl/worksheets/sheet1.xml": sheet + b" " * 60_000_000}),
        "parts": zipped(**{**parts, **{f"xl/x{n}.xml": b"" for n in range(1200)}}),
        "entities": zipped(**{**parts, "xl/worksheets/sheet1.xml": entity + sheet}),
        "far row": zipped(**{**parts, "xl/worksheets/sheet1.xml": sheet.replace(b'r="3"', b'r="99999999999"')}),
        "many rows": workbook([ROWS[0], *[["A", "plateau", "1'00", None, None]] * 2500]),
        "cut": good[: len(good) // 2],
        "no sheet": zipped(**{name: part for name, part in parts.items() if "sheet1" not in name}),
        "no cells": zipped(**{**parts, "xl/worksheets/sheet1.xml": b"<worksheet/>"}),
        "bytes": zipped(**{**parts, "xl/worksheets/sheet1.xml": bytes(range(256))}),
    }


@pytest.mark.boundary
def test_a_hostile_workbook_is_refused_in_one_sentence(attempt: Attempt) -> None:
    for name, content in hostile_workbooks().items():
        with attempt("a workbook that is a bomb, damaged or endless"):
            with pytest.raises(PlanError) as caught:
                read(content)
            assert len(caught.value.faults) == 1, name


@pytest.mark.boundary
@given(data=st.data())
def test_any_damage_to_a_workbook_is_a_sentence(data: st.DataObject) -> None:
    content = bytearray(WORKBOOK)
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), min_size=1, max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    try:
        read(bytes(content))
    except BobineError as error:
        said = str(error)
    else:
        said = "read"
    assert said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"), ".ods"),
        (zipped(**{"Index/Document.iwa": b"x"}), "Numbers"),
        (zipped(**{"word/document.xml": b"x"}), "Word"),
        (zipped(**{"xl/workbook.bin": b"x"}), ".xlsb"),
        (zipped(truc=b"x"), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ".xls"),
        (b"%PDF-1.7\n", "PDF"),
        (b"\xef\xbb\xbf\r\n<!DOCTYPE html><table>", "page web"),
        (b"<html><body>", "page web"),
        (b'<?xml version="1.0"?><Workbook>', "XML"),
        (b"{\\rtf1", ".rtf"),
        (b"\x89PNG\r\n", "image"),
        (b"\x00\x01\x02", "ni du texte"),
    ],
)
def test_what_is_no_spreadsheet_is_named(content: bytes, words: str) -> None:
    with pytest.raises(PlanError) as caught:
        read(content)
    (fault,) = caught.value.faults
    assert words in fault.message


HEAD = ["élément", "genre", "durée"]


def test_a_duration_taken_for_an_hour_is_asked_about() -> None:
    table = typed([HEAD, ["Générique", "plateau", "00:40:00"], ["Cinéma", "plateau", "04:30:00"]]).encode()
    with pytest.raises(UnclearDurationsError) as caught:
        read(table)
    said = str(caught.value)
    for words in ("ligne 3", "Cinéma", "4'30", "4 h 30'00", "--durees minutes", "--durees heures"):
        assert words in said
    seconds = [item.duration.total_seconds() for item in read(table, reading=Reading.MINUTES)]
    assert seconds == [40, 270]
    assert [item.duration.total_seconds() for item in read(table, reading=Reading.HOURS)] == [2400, 16_200]


@pytest.mark.parametrize(
    ("durations", "doubtful", "minutes"),
    [
        (["00:04:30", "00:05:00"], False, [270, 300]),  # hours, minutes and seconds
        (["00:04:30", "05:00:00"], True, [270, 300]),  # only what is too long
        (["00:40:00", "00:50:00", "00:30:00"], True, [40, 50, 30]),  # all together
        (["04:30", "55:00"], False, [270, 3300]),
        (["00:55:00"], False, [3300]),
        (["1:00:00"], True, [60]),
    ],
)
def test_only_what_the_show_has_no_room_for_is_doubtful(
    durations: list[str], doubtful: bool, minutes: list[int]
) -> None:
    table = typed([HEAD, *[[f"A{n}", "plateau", text] for n, text in enumerate(durations)]]).encode()
    if doubtful:
        with pytest.raises(UnclearDurationsError):
            read(table)
    found = read(table, reading=Reading.MINUTES if doubtful else None)
    assert [item.duration.total_seconds() for item in found] == minutes


def test_the_same_in_a_workbook() -> None:
    table = workbook([HEAD, ["Cinéma", "plateau", time(4, 30)]])
    with pytest.raises(UnclearDurationsError):
        read(table)
    assert read(table, reading=Reading.MINUTES)[0].duration == timedelta(minutes=4, seconds=30)


def item(name: str) -> Item:
    return Item(id=name, title=name.upper(), kind=ItemKind.TALK, duration=timedelta(minutes=1))


@given(before=st.permutations("abcdef"), found=st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8))
def test_what_a_filtered_sheet_lacks_stays_where_it_was(before: list[str], found: list[str]) -> None:
    merged = [one.id for one in with_absent([item(name) for name in found], [item(name) for name in before])]
    assert sorted(merged) == sorted({*before, *found})
    assert [name for name in merged if name in found] == found
    if found == [name for name in before if name in found]:
        assert merged == before


def test_a_row_without_an_id_is_the_item_of_its_title() -> None:
    before = (item("a"), item("b"))
    found = read(
        typed([HEAD, ["B", "plateau", "2'00"], ["b", "plateau", "3'00"], ["A", "plateau", "1'00"]]).encode(), before
    )
    assert [one.id for one in found] == ["b", "b-2", "a"]
