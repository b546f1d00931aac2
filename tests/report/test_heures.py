"""Hours in seconds: who was there is proposed from the plan; the control says what usually overruns."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given

from bobine.cli import main
from bobine.evening.seasons.made_up import make_season
from bobine.evening.seasons.presence import USUAL, proposed_hours, with_line
from bobine.model.hours import Task
from bobine.model.people import Role
from bobine.report.facts import EpisodeFacts
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.hours import read_hours
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
