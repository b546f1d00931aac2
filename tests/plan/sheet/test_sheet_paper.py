"""The rundown on paper: the worked example's hours, its cards, and what is hard to print."""

from __future__ import annotations

import io
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime

import hypothesis
import pypdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.french import typeset_print
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.plan.paper.page import Face, Paper
from bobine.plan.paper.pdf import sheet_pdf
from bobine.plan.sheet.content import Sheet
from tests.examples import at_most
from tests.plan.sheet.sheets import HOURS, LENGTHS, NASTY, items_of, pages, sheet_of

pytestmark = pytest.mark.integration


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
