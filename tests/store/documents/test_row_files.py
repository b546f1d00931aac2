"""The ideas and the team: files of rows, made when they are needed, read strictly, edited in place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.team import Member, Skill
from bobine.plan.files.editing import commit_ideas, commit_team
from bobine.store.documents.ideas import edit_ideas, read_ideas
from bobine.store.documents.team import edit_team, read_team
from bobine.store.workspace import Workspace, open_workspace

ROCK = Idea(id="rock", title="Rock", proposed=date(2026, 10, 1))
SAMIRA = Member(id="samira", name="Samira", host=Skill.TRAINER)


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    return open_workspace(workspace_root)


def test_no_file_is_no_row_and_the_first_row_makes_it(workspace: Workspace) -> None:
    show = workspace.show("fil")
    path = workspace.ideas_file(show)
    assert path == workspace.ideas_file("fil") == workspace.root / "episodes/fil/ideas.toml"
    assert read_ideas(workspace, show) == edit_ideas(workspace, show, lambda _: ()) == ()
    assert not path.exists()
    assert edit_ideas(workspace, show, lambda _: [ROCK]) == read_ideas(workspace, show) == (ROCK,)
    text = path.read_text("utf-8")
    assert text.startswith("# Les idées")
    assert text.endswith('\n[[ideas]]\nid = "rock"\ntitle = "Rock"\nproposed = 2026-10-01\n')
    assert edit_team(workspace, show, lambda _: [SAMIRA]) == read_team(workspace, show) == (SAMIRA,)
    assert workspace.team_file(show).read_text("utf-8").endswith('name = "Samira"\nhost = "trainer"\n')
    assert workspace.episode_dates(show) == (date(2026, 11, 26),)


def test_rows_are_edited_in_place(workspace: Workspace) -> None:
    show = workspace.show("fil")
    path = workspace.team_file(show)
    first = '# nous\n[[members]]\nid = "a"\nname = "A" # la doyenne\nhost = "trainer"\n'
    text = (first + '\n# puis\n[[members]]\nid = "b"\nname = "B"').replace("\n", "\r\n")
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    edit_team(workspace, show, lambda members: (replace(members[0], host=None, away=True), members[1]))
    expected = text.replace('host = "trainer"', "away = true")
    assert path.read_bytes() == b"\xef\xbb\xbf" + expected.encode()
    edit_team(workspace, show, lambda members: members[1:])
    assert "# puis\r\n[[members]]\r\n" in path.read_bytes().decode("utf-8-sig")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[[ideas]]\nid = "a"\ntitle = "A"\n[[ideas]]\nid = "a"\ntitle = "B"\n', "deux idées ont l'id « a »"),
        ('[[ideas]]\nid = "a"\n', "cette clé manque"),
        ('[[idees]]\nid = "a"\n', "ideas"),
        ('[[ideas]\n', "crochet fermant"),
    ],
)  # fmt: skip
def test_a_file_broken_by_hand_is_told_and_kept(workspace: Workspace, text: str, words: str) -> None:
    show = workspace.show("fil")
    path = workspace.ideas_file(show)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanError, match=words) as caught:
        read_ideas(workspace, show)
    assert caught.value.faults[0].file == "episodes/fil/ideas.toml"
    with pytest.raises(PlanError, match=words):
        edit_ideas(workspace, show, lambda _: [ROCK])
    assert path.read_text("utf-8") == text


def test_two_people_merge(workspace: Workspace) -> None:
    show = workspace.show("fil")
    commit_ideas(workspace, show, (), [ROCK])
    jazz = Idea(id="jazz", title="Jazz")
    assert commit_ideas(workspace, show, (), [jazz]).value == (jazz, ROCK)
    done = commit_ideas(workspace, show, [ROCK], [replace(ROCK, status=IdeaStatus.SET_ASIDE)])
    assert done.value == read_ideas(workspace, show) == (jazz, replace(ROCK, status=IdeaStatus.SET_ASIDE))
    commit_team(workspace, show, (), [SAMIRA])
    commit_team(workspace, show, [SAMIRA], [replace(SAMIRA, host=Skill.ASSISTED)])
    done_team = commit_team(workspace, show, [SAMIRA], [replace(SAMIRA, host=None)])
    assert [conflict.sentence for conflict in done_team.conflicts] == [
        "Samira, animation : vous avez tout effacé ; quelqu'un d'autre venait d'écrire avec de l'aide."
    ]
    assert read_team(workspace, show) == (replace(SAMIRA, host=None),)
