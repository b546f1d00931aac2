"""The rundown on paper and in files: the worked example's hours everywhere, and what is hard to print."""

from __future__ import annotations

import html.parser
import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import hypothesis
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.french import typeset_print
from bobine.model.episode import Episode, Item, ItemKind, PodcastRights
from bobine.model.people import Consent, Person, Role
from bobine.model.show import Show
from bobine.plan.paper.page import Face, Paper
from bobine.plan.paper.pdf import sheet_pdf
from bobine.plan.sheet.content import Sheet
from bobine.plan.sheet.html import sheet_html
from bobine.plan.sheet.json import sheet_json
from bobine.plan.sheet.make import make_sheet
from bobine.plan.sheet.spreadsheet.csv import COLUMNS, write_csv
from bobine.plan.timing.rundown import time_rundown
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.conftest import ATELIER
from tests.examples import at_most

pytestmark = pytest.mark.integration

DAY = date(2026, 11, 26)
HOURS = [
    "18:00:00", "18:00:40", "18:02:30", "18:02:40", "18:08:40", "18:12:40", "18:17:40", "18:17:50", "18:21:20",
    "18:30:20", "18:30:40", "18:34:40", "18:39:10", "18:43:40", "18:46:40", "18:49:40", "18:53:10", "18:54:20",
]  # fmt: skip
LENGTHS = ["0'40", "1'50", "0'10", "6'00", "4'00", "5'00", "0'10", "3'30", "9'00", "0'20", "4'00", "4'30", "4'30",
           "3'00", "3'00", "3'30", "1'10", "0'40"]  # fmt: skip
NASTY = [
    '<script>alert("&")</script>',
    "Qu'est-ce ; que : ça ? — « rien » !",
    '=HYPERLINK("http://x")',
    "Мария λόγος Nguyễn 🎸 日本 عربى",
    "Anticonstitutionnellement" * 9,
    "%s {} \\n $x (parenthèse",
]


@pytest.fixture(scope="module")
def show() -> Show:
    return open_workspace(ATELIER).show("bobine-romanaise")


@pytest.fixture(scope="module")
def example(show: Show) -> Episode:
    return read_episode(open_workspace(ATELIER), show, DAY)


def sheet_of(show: Show, episode: Episode) -> Sheet:
    return make_sheet(show, episode, time_rundown(episode.items, show.slot.bounds(episode.date)))


@pytest.fixture(scope="module")
def sheet(show: Show, example: Episode) -> Sheet:
    return sheet_of(show, example)


def pages(content: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def items_of(count: int, **fields: Any) -> tuple[Item, ...]:
    base = Item(id="x", title="Chronique", kind=ItemKind.CHRONIQUE, duration=timedelta(seconds=80))
    return tuple(replace(base, id=f"i{n}", title=f"Chronique {n}", **fields) for n in range(1, count + 1))


def test_the_worked_example_on_paper(sheet: Sheet) -> None:
    (page,) = pages(sheet_pdf(sheet))
    for hour, length in zip(HOURS, LENGTHS, strict=True):
        assert re.search(rf"{hour}\s+{length}\s+{hour}\s", page), (hour, length)
    for words in ("tombe juste (0'00)", "55'00", "18:00:00 – 18:55:00", "jeudi 26 novembre 2026", "Radio Méga 99.2 FM",
                  "saison 8", "Feuilleton Pedro l'Avocat", "Réel", "page 1/1"):  # fmt: skip
        assert words in page.replace("\u00a0", " ").replace("\u202f", " "), words
    assert "tombe juste" in page
    assert "\u202f?" in page  # « … mais pas de griffes ? »
    assert page.count("?") == sum(text.count("?") for row in sheet.plan for text in (row.item.in_cue, row.item.out_cue))


def test_the_paper_is_the_same_to_the_byte_and_black_on_white(sheet: Sheet) -> None:
    first = sheet_pdf(sheet, cards=True)
    assert first == sheet_pdf(sheet, cards=True)
    colours = re.compile(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|RG)\b")
    for page in pypdf.PdfReader(io.BytesIO(first)).pages:
        for found in colours.findall(page.get_contents().get_data()):  # type: ignore[union-attr]
            assert len(set(found)) == 1


def test_the_cards_say_who_does_what_and_when(sheet: Sheet) -> None:
    _, cards = pages(sheet_pdf(sheet, cards=True))
    for words in ("Samira Benhaddou", "18:34:40", "Loïc Chastel", "En régie"):
        assert words in cards
    assert "Claire Dumollard" not in cards  # a guest holds no card


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


def test_nasty_titles_stay_on_the_paper(show: Show, example: Episode) -> None:
    items = tuple(
        replace(item, title=nasty[:255], notes=nasty * 3, source=nasty[:255], people=("samira",))
        for item, nasty in zip(items_of(len(NASTY)), NASTY, strict=True)
    )
    long = tuple(replace(person, name="Jean-Frédéric-Maximilien " * 8 + "X") for person in example.people)
    content = sheet_pdf(sheet_of(show, replace(example, items=items, people=long, title="t" * 255)), cards=True)
    text = "".join(pages(content))
    for words in ("<script>", "=HYPERLINK", "Мария λόγος Nguyễn"):
        assert words in text
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        places: list[float] = []
        page.extract_text(visitor_text=lambda t, cm, tm, *_, p=places: p.append(tm[5]) if t.strip() else None)
        assert min(places) > 20


def test_a_longer_show_takes_more_pages_with_the_heading_on_each(show: Show, example: Episode) -> None:
    items = items_of(40, notes="Une note assez longue pour prendre sa place sur le papier.", people=("samira",))
    found = pages(sheet_pdf(sheet_of(show, replace(example, items=items))))
    assert len(found) >= 2
    for number, page in enumerate(found, 1):
        assert f"page {number}/{len(found)}" in page
    assert all("À rebours" in page for page in found if re.search(r"Chronique \d", page))
    whole = "\n".join(found)
    assert re.findall(r"Chronique (\d+)\n", whole) == [str(n) for n in range(1, 41)]


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


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Quoi ? Non ! Si ; « oui » : 5 %", "Quoi\u202f? Non\u202f! Si\u202f; «\u202foui\u202f»\u00a0: 5\u202f%"),
        ("Quoi\u00a0?", "Quoi\u202f?"),
        ("18:05:30 http://x/?a", "18:05:30 http://x/?a"),
        ("un — deux", "un\u00a0— deux"),
    ],
)
def test_french_spacing_in_print(typed: str, shown: str) -> None:
    assert typeset_print(typed) == shown
    assert typeset_print(shown) == shown


FOREIGN = ("ليلى بنعلي", "נועה כהן", "Zoé 🎸", "👩🏽‍🎤 Nour", "ქეთი", "दीपा", "می‌خواهم", "ليلى (musique), Paul et נועה")


@pytest.mark.parametrize("name", FOREIGN)
def test_names_of_every_alphabet_are_drawn(name: str) -> None:
    paper = Paper(title=name, author="", created=CREATED)
    paper.add_page()
    for face in (Face("", 12), Face("B", 12), Face("I", 12)):
        paper.text(10, 20, name, face)
        assert 5 < paper.width(name, face) < 120
        assert [line.replace("\u00a0", " ") for line in paper.wrap(name, face, 150)] == [name]
        assert all(paper.width(line, face) <= 9 or len(line) <= 4 for line in paper.wrap(name * 3, face, 9))
    (text,) = pages(paper.finish(""))
    assert "?" not in text
    letters = {char for char in name if char.isalpha()}
    assert letters <= set(unicodedata.normalize("NFKC", text)) or "\u0900" <= name[0] <= "\u097f"


def test_a_line_of_french_beside_another_alphabet_is_the_same_as_alone() -> None:
    def drawn(*names: str) -> bytes:
        paper = Paper(title="", author="", created=CREATED)
        paper.add_page()
        for at, name in enumerate(names):
            paper.text(10, 20 + at * 10, name, Face("B", 12))
        return paper.finish("pied")

    assert drawn("Samira", "ليلى") == drawn("Samira", "ليلى")
    assert drawn("Samira", "日本").count(b"/FontFile2") == drawn("Samira", "??").count(b"/FontFile2")


@given(st.text(st.sampled_from("ab é«»:؟ ليlהכ🎸\u200d\ufe0f\u200c\u0301日"), max_size=24), st.integers(8, 40))
@hypothesis.example("\u0301:aה؟", 8)
@at_most(40)
def test_any_mix_fits_its_room(text: str, room: int) -> None:
    paper = SHARED_PAPER
    for line in paper.wrap(text, Face("", 10), room):
        assert paper.width(line, Face("", 10)) <= room + 0.01 or len(line) <= 4
    paper.text(10, 10, text, Face("", 10), room)


def test_the_width_of_a_text_is_the_same_whatever_was_measured_before() -> None:
    paper = SHARED_PAPER
    first = paper.width("\u0301:aה؟", Face("", 10))
    paper.width("؟ה", Face("", 10))
    assert paper.width("\u0301:aה؟", Face("", 10)) == first


CREATED = datetime(2026, 11, 26, tzinfo=UTC)
SHARED_PAPER = Paper(title="", author="", created=CREATED)
SHARED_PAPER.add_page()
