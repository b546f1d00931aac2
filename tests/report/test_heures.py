"""Hours in seconds: who was there is proposed from the plan; the control says what usually overruns."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pypdf import PdfReader

from bobine.cli import main
from bobine.evening.seasons.made_up import make_season
from bobine.evening.seasons.presence import USUAL, proposed_hours, with_line
from bobine.model.hours import Task
from bobine.model.people import Role
from bobine.report.facts import EpisodeFacts
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import edit_other_hours, read_hours, read_other_hours
from bobine.store.workspace import open_workspace
from tests.report.seasons import FIRST, episodes, hours, person, show_of

PEOPLE = (
    person("Ana", Role.HOST, also=(Role.EDITOR,)),
    person("Bo", Role.CONTRIBUTOR, understudy=(Role.TECHNICIAN,)),
    person("Cy", Role.GUEST),
    person("La Fanfare", Role.MUSICIAN, persons=9),
)


def test_who_was_there_is_proposed_and_guests_are_not() -> None:
    episode = show_of(FIRST, people=PEOPLE).episode
    before = [hours("Ana", minutes, Task.HOSTING) for minutes in (60, 90, 600)] + [hours("Dee", 45, Task.EDITING)]
    found = [(one.name, one.task, one.duration) for one in proposed_hours(episode, (), before)]
    assert found == [
        ("Ana", Task.HOSTING, timedelta(minutes=90)),
        ("Ana", Task.EDITING, timedelta(minutes=45)),
        ("Bo", Task.PREPARATION, USUAL),
        ("Bo", Task.LEARNING, USUAL),
    ]


@given(episodes(FIRST))
def test_what_is_noted_is_not_proposed_again(facts: EpisodeFacts) -> None:
    proposed = proposed_hours(facts.episode, ())
    assert proposed_hours(facts.episode, proposed) == ()
    assert len({line.id for line in proposed}) == len(proposed)
    for line in proposed:
        assert with_line(with_line(proposed, line), line) in (
            proposed,
            (*[one for one in proposed if one != line], line),
        )


def test_a_command_notes_what_is_proposed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_season(tmp_path, 3, seed=1)
    workspace = open_workspace(tmp_path)
    day = date(2017, 10, 19)
    workspace.folder(workspace.shows[0], day).hours.unlink()
    for words, noted in (((), 0), (("--noter",), 6), ((), 6)):
        assert main(["--atelier", str(tmp_path), "heures", str(day), "--json", *words]) == 0
        told = json.loads(capsys.readouterr().out)
        assert (len(told["noted"]), len(told["proposed"])) == (noted, 6 - noted)
    lines = read_hours(workspace, workspace.shows[0], day)
    assert {line.name for line in lines} <= {
        one.name for one in read_episode(workspace, workspace.shows[0], day).people
    }
    name = lines[0].name
    for count in (5, 6):
        assert main(["--atelier", str(tmp_path), "heures", str(day), "--qui", name.lower()]) == 0
        assert len(read_hours(workspace, workspace.shows[0], day)) == count
    assert main(["--atelier", str(tmp_path), "heures", str(day), "--qui", "Personne"]) == 1
    assert "Heures notées" in capsys.readouterr().out


def test_the_control_says_what_usually_takes_longer(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_season(tmp_path, 9, seed=1)
    main(["--atelier", str(tmp_path), "conducteur", "derniere", "--controle", "--json"])
    told = json.loads(capsys.readouterr().out)["overruns"]
    assert told
    assert all("prévue 6'00, dure 6'" in words and "passages" in words for words in told)


def test_hours_go_to_a_spreadsheet_and_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_season(tmp_path, 3, seed=1)
    workspace = open_workspace(tmp_path)
    show, day, file = workspace.shows[0], date(2017, 10, 19), tmp_path / "h.csv"

    def run(*words: str) -> dict[str, Any]:
        assert main(["--atelier", str(tmp_path), "heures", *words, "--json"]) == 0
        return dict(json.loads(capsys.readouterr().out))

    assert run(str(day), "--csv", str(file))["written"] == [str(file)]
    lines = read_hours(workspace, show, day)
    head, first, *rest = file.read_text("utf-8-sig").splitlines()
    assert run(str(day), "--depuis-csv", str(file))["changed"] is False
    cells = first.split(";")
    changed = ";".join([*cells[:4], "1,25", *cells[5:]])
    file.write_text("\n".join([head, changed, *rest[1:], "19/10/2017;;Zoé Blanc;montage;2 h 30;;"]), "cp1252")
    told = run(str(day), "--depuis-csv", str(file))
    assert (told["changed"], told["kept"], len(told["changes"])) == (True, 1, 2)
    after = read_hours(workspace, show, day)
    assert after[0].duration == timedelta(minutes=75)
    assert [one.name for one in after] == [*(one.name for one in lines), "Zoé Blanc"]
    assert run(str(day), "--depuis-csv", str(file), "--retirer-absents")["changes"] == [
        f"{lines[1].name} ({lines[1].task.french}) enlevée"
    ]


def test_the_hours_of_a_season(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_season(tmp_path, 3, seed=1)
    workspace = open_workspace(tmp_path)
    show, file, paper = workspace.shows[0], tmp_path / "s.csv", tmp_path / "s.pdf"
    edit_other_hours(workspace, show, lambda lines: (hours("Ana", 30, Task.BOARD, date=date(2019, 11, 4)), *lines))

    def run(*words: str) -> dict[str, Any]:
        asked = ["--atelier", str(tmp_path), "heures", "--saison", "1", *words, "--json"]
        assert main(asked) == 0
        return dict(json.loads(capsys.readouterr().out))

    noted = run("--csv", str(file), "--feuille", str(paper))["noted"]
    assert {one["show"] for one in noted} == {"2017-10-05", "2017-10-12", "2017-10-19", None}
    assert "Ana" not in {one["name"] for one in noted}, "another season's"
    text = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    for one in noted:
        assert one["name"] in text
    assert "Date et signature" in text
    name = noted[0]["name"]
    assert {one["name"] for one in run("--personne", name.upper())["noted"]} == {name}
    with file.open("a", encoding="utf-8") as stream:
        stream.write(";6/11/2017;Zoé Blanc;formation suivie;3;;\r\n12/10/2017;;Zoé Blanc;accueil;1;;\r\n")
    told = run("--depuis-csv", str(file))
    assert told["changes"] == ["12/10/2017, Zoé Blanc (accueil) ajoutée", "Zoé Blanc (formation suivie) ajoutée"]
    others = read_other_hours(workspace, show)
    assert (others[0].name, others[-1].name) == ("Ana", "Zoé Blanc")
    assert run("--depuis-csv", str(file))["changed"] is False


def test_a_sheet_to_sign_has_who_is_expected(tmp_path: Path) -> None:
    make_season(tmp_path, 3, seed=1)
    workspace = open_workspace(tmp_path)
    day, paper = date(2017, 10, 19), tmp_path / "f.pdf"
    workspace.folder(workspace.shows[0], day).hours.unlink()
    assert main(["--atelier", str(tmp_path), "heures", str(day), "--feuille", str(paper)]) == 0
    text = " ".join(PdfReader(paper).pages[0].extract_text().split())
    content = paper.read_bytes()
    assert "Signature" in text
    assert "prévu" in text
    for one in proposed_hours(read_episode(workspace, workspace.shows[0], day), ()):
        assert one.name in text
    assert main(["--atelier", str(tmp_path), "heures", str(day), "--feuille", str(paper)]) == 0
    assert paper.read_bytes() == content


@pytest.mark.parametrize("words", [
    (), ("derniere", "--oui"), ("derniere", "--personne", "x"), ("derniere", "--saison"), ("--saison", "--noter"),
    ("--saison", "--personne", "x", "--depuis-csv", "x"), ("--saison", "99x"), ("derniere", "--depuis-csv", "rien"),
])  # fmt: skip
def test_what_does_not_go_together_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    make_season(tmp_path, 3, seed=1)
    assert main(["--atelier", str(tmp_path), "heures", *words]) == 1
    assert capsys.readouterr().err.strip().endswith(".")
