"""What one volunteer did and learned: their own facts, under the passport's headings, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bobine.cli import main
from bobine.evening.seasons.made_up import make_season
from bobine.model.hours import Task
from bobine.model.people import Role
from bobine.model.team import Member, Skill
from bobine.report.facts import EpisodeFacts, SeasonFacts
from bobine.report.pathway import pathway, pathway_text, volunteers
from tests.report.seasons import FIRST, NAMES, hours, item, person, season_of, seasons, show_of

TODAY = date(2024, 6, 1)
WEEK = timedelta(weeks=1)
ANA = Member(id="ana", name="Ana Diaz", technician=Skill.ASSISTED, aliases=("Ana",))


def lines(title: str, facts: SeasonFacts) -> tuple[str, ...]:
    found = pathway(facts, "Ana Diaz", TODAY)
    return next(one.lines for one in found.headings if title in one.title)


FACTS = season_of(
    show_of(FIRST, item("a", chronique="agenda", people=("ana",)),
            people=(person("Ana", Role.CONTRIBUTOR, understudy=(Role.TECHNICIAN,)), person("Bo", Role.TECHNICIAN)),
            given=(hours("Ana", 150, Task.LEARNING), hours("Bo", 600))),
    show_of(FIRST + WEEK, item("b", chronique="agenda", people=("ana-diaz",)), traced=False,
            people=(person("Ana Diaz", Role.TECHNICIAN),
                    person("Cy", Role.CONTRIBUTOR, understudy=(Role.TECHNICIAN,)))),
    show_of(FIRST + 2 * WEEK, people=(person("Ana", Role.TECHNICIAN),), cancelled=True),
    show_of(FIRST + 3 * WEEK, people=(person("Ana", Role.TECHNICIAN),), replay=FIRST),
    show_of(TODAY + WEEK, people=(person("Ana", Role.HOST),), given=(hours("Ana", 999),)),
    team=(ANA,),
    hours=(hours("Ana", 60, Task.BOARD, date=FIRST), hours("Cy", 60, Task.BOARD, date=FIRST)),
)  # fmt: skip


def test_under_each_heading_what_the_files_say() -> None:
    assert lines("mission", FACTS)[1:] == (
        "Du jeudi 5 octobre 2023 au jeudi 12 octobre 2023 : 2 émissions.",
        "Heures notées : 3 h 30 (formation suivie 2 h 30, réunion du bureau ou du conseil 1 h).",
    )
    assert lines("Activités", FACTS) == (
        "Technique : 1 émission, le jeudi 12 octobre 2023.",
        "À l'antenne : « Agenda » (2 fois).",
    )
    assert lines("Responsabilités", FACTS) == (
        "Technique : seule personne à ce rôle, 1 émission.",
        "Technique : 1 personne accompagnée en doublure, en 1 fois.",
    )
    learned = "Technique : en doublure à 1 émission, le jeudi 5 octobre 2023 ; rôle tenu ensuite, depuis le jeudi 12 "
    assert lines("Formations", FACTS) == (f"{learned}octobre 2023.", "Formation suivie : 2 h 30 notées.")
    assert lines("Compétences", FACTS)[0].rpartition(" : ")[2] == "exercé avec de l'aide."


def test_it_says_for_whom_it_is_and_what_it_rests_on() -> None:
    text = pathway_text(pathway(FACTS, "Ana Diaz", TODAY))
    assert "Établi à la demande de Ana Diaz, pour son propre usage, le samedi 1er juin 2024." in text
    assert "Ce n'est ni une note ni un classement." in text
    assert "D'après 2 émissions, dont 1 que seul le conducteur raconte, et 3 h 30 dans les fichiers." in text


def test_somebody_of_whom_little_is_known() -> None:
    found = pathway(season_of(team=(ANA,)), "Ana Diaz", TODAY)
    assert "aucune heure" in found.basis
    assert volunteers(season_of(team=(ANA,))) == {"Ana Diaz"}


@settings(max_examples=40)
@given(seasons(), st.sampled_from(NAMES))
def test_nobody_else_is_named(episodes: list[EpisodeFacts], name: str) -> None:
    """However the others are spelled: the paper speaks of one person."""
    text = pathway_text(pathway(season_of(*episodes), name, date(2030, 1, 1)))
    assert not [other for other in NAMES if other != name and other in text]


def test_the_command_and_its_files(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_season(tmp_path, 3, seed=1)
    paper, text = tmp_path / "p.pdf", tmp_path / "p.txt"
    before = sorted(tmp_path.rglob("*"))
    asked = ["--atelier", str(tmp_path), "parcours", "bachir", "--pdf", str(paper), "--texte", str(text)]
    assert main(asked) == 0
    capsys.readouterr()
    assert sorted(set(tmp_path.rglob("*")) - set(before)) == [paper, text], "nothing else is kept"
    printed = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    for words in (
        "Parcours bénévole de Bachir Amrani",
        "à la demande de Bachir Amrani",
        "Outils utilisés",
        "signature",
    ):
        assert words in printed
        assert words == "signature" or words.casefold() in text.read_text("utf-8").casefold()
    content = paper.read_bytes()
    assert main(asked) == 0
    assert paper.read_bytes() == content
    assert main(["--atelier", str(tmp_path), "parcours", "Personne"]) == 1
