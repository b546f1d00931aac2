"""The rundown in words and files: the worked example's hours in each form, and what lacks."""

from __future__ import annotations

import html.parser
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.people import Consent, Person, Role
from bobine.model.show import Show
from bobine.plan.paper.pdf import sheet_pdf
from bobine.plan.sheet.content import Sheet
from bobine.plan.sheet.html import sheet_html
from bobine.plan.sheet.json import sheet_json
from bobine.plan.sheet.spreadsheet.csv import COLUMNS, write_csv
from tests.plan.sheet.sheets import HOURS, LENGTHS, NASTY, items_of, pages, sheet_of

pytestmark = pytest.mark.integration


def test_the_team_is_said_with_its_understudies(show: Show, example: Episode) -> None:
    also: dict[str, dict[str, Any]] = {
        "paul": {"understudy": (Role.TECHNICIAN,)},
        "anouar": {"also": (Role.EDITOR, Role.TECHNICIAN)},
    }
    people = tuple(replace(person, **also.get(person.id, {})) for person in example.people)
    sheet = sheet_of(show, replace(example, people=people))
    (page, cards) = (text.replace("\u00a0", " ") for text in pages(sheet_pdf(sheet, cards=True)))
    assert "Technique : Loïc Chastel, Anouar Ketfi, doublure : Paul Arnichand." in page
    assert "Montage : Anouar Ketfi." in page
    assert "chronique, montage, technique — antenne" in cards
    assert "chronique, doublure : technique — antenne" in cards
    assert cards.count("En régie") == 2
    assert "Loïc Chastel, Anouar Ketfi, doublure\u00a0: Paul Arnichand" in sheet_html(sheet)
    guest = replace(example, people=tuple(replace(p, also=(Role.WELCOME,)) for p in example.people if p.id == "claire"))
    assert [card.role for card in sheet_of(show, replace(guest, items=())).cards()] == ["personne invitée, accueil"]


def test_the_worked_example_in_json(sheet: Sheet) -> None:
    found = sheet_json(sheet)
    assert found["slot"] == {"start": "2026-11-26T18:00:00+01:00", "end": "2026-11-26T18:55:00+01:00"}
    assert (found["planned_total_s"], found["gap_s"]) == (3300, 0)
    timed = [item for item in found["items"] if not item["standby"]]
    assert [item["n"] for item in timed] == list(range(1, 19))
    assert [item["start"] for item in timed] == [f"2026-11-26T{hour}+01:00" for hour in HOURS]
    assert [item["back_time"] for item in timed] == [item["start"] for item in timed]
    assert [item["planned_s"] for item in timed][:4] == [40, 110, 10, 360]
    assert [item["n"] for item in timed if item["droppable"]] == [15, 16]
    assert all(item["n"] is item["start"] is item["back_time"] is None for item in found["items"] if item["standby"])
    assert datetime.fromisoformat(timed[0]["start"]).utcoffset() == timedelta(hours=1)


def test_the_worked_example_in_csv(sheet: Sheet) -> None:
    lines = write_csv(sheet).decode("utf-8").splitlines()
    assert lines[0].startswith("\ufeffn°;heure;durée;à rebours;élément;")
    written = [line.split(";") for line in lines if re.match(r"\d+;\d\d:", line)]
    assert [cells[1] for cells in written] == HOURS
    assert [cells[2] for cells in written] == LENGTHS
    assert [cells[3] for cells in written] == HOURS


class Page(html.parser.HTMLParser):
    """Cells of a page by class, and every tag and address that it names."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str | None]] = []
        self.cells: dict[str, list[str]] = {}
        self._cell = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += attrs
        if tag == "td":
            self._cell = dict(attrs).get("class") or ""
            self.cells.setdefault(self._cell, []).append("")

    def handle_endtag(self, tag: str) -> None:
        self._cell = "" if tag == "td" else self._cell

    def handle_data(self, data: str) -> None:
        if self._cell:
            self.cells[self._cell][-1] += data


def parsed(text: str) -> Page:
    page = Page()
    page.feed(text)
    return page


def test_the_worked_example_on_a_page(sheet: Sheet) -> None:
    text = sheet_html(sheet)
    page = parsed(text)
    assert [cell for cell in page.cells["hour"] if cell] == HOURS
    assert [cell.removeprefix("À rebours\u00a0: ") for cell in page.cells["back"] if cell] == HOURS
    assert page.cells["length"][:18] == LENGTHS
    assert "tombe juste (0'00)" in text
    assert "c'est quoi\u202f?" in text
    assert "«\u202fLa passerelle\u202f»" in text


def test_the_page_asks_nothing_of_the_network_and_runs_nothing(show: Show, example: Episode) -> None:
    items = tuple(
        replace(item, title=nasty[:255], notes=nasty, out_cue=nasty[:255], source=nasty[:255])
        for item, nasty in zip(items_of(len(NASTY)), NASTY, strict=True)
    )
    text = sheet_html(sheet_of(show, replace(example, items=items, title=NASTY[0])))
    page = parsed(text)
    assert page.tags.isdisjoint({"script", "link", "img", "iframe", "a", "base", "object"})
    assert not any(name in ("src", "href", "srcset", "onclick", "style") for name, _ in page.attributes)
    assert "url(" not in text
    assert "@import" not in text
    assert "&lt;script&gt;" in text


def test_an_empty_rundown_has_its_forms_too(show: Show, example: Episode) -> None:
    empty = sheet_of(show, replace(example, items=()))
    assert empty.gap_words == "il reste 55'00"
    assert empty.gap_sign == "−55'00"
    assert len(pages(sheet_pdf(empty))) == 1
    assert sheet_json(empty)["items"] == []
    assert "il reste 55'00" in sheet_html(empty)


def test_what_lacks_is_said_in_words(show: Show, example: Episode) -> None:
    people = (
        Person(id="a", name="Ana", role=Role.GUEST, consent=Consent.REQUESTED),
        Person(id="b", name="Bo", role=Role.GUEST, minor=True, consent=Consent.SIGNED),
    )
    items = (
        *items_of(1, people=("a", "b"), duration=timedelta(minutes=56, seconds=30)),
        replace(
            items_of(1)[0], id="m", kind=ItemKind.MUSIC, duration=timedelta(minutes=1), podcast=PodcastRights.UNKNOWN
        ),
    )
    found = sheet_of(show, replace(example, items=items, people=people))
    assert (found.gap_words, found.gap_sign, found.expected_end) == ("dépasse de 2'30", "+2'30", "18:57:30")
    (text,) = pages(sheet_pdf(found))
    plain = re.sub(r"\s+", " ", text)
    page = sheet_html(found).replace("\u00a0", " ")
    for words in (
        "Ana : autorisation demandée, pas signée",
        "Bo : signature du représentant légal à noter",
        "droits podcast inconnus",
        "à rebours : impossible",
        "dépasse de 2'30 (+2'30)",
    ):
        assert words in plain, words
        assert words in page, words
    assert "À régler" in plain


def test_every_field_of_an_item_has_its_column() -> None:
    assert {column.field.name for column in COLUMNS if column.field} == set(Item.__dataclass_fields__)
