"""What ``team.toml`` and ``ideas.toml`` may not say: each fault with its exact line and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.workspace import open_workspace

MEMBER = '[[members]]\nid = "samira"\nname = "Samira"\nhost = "trainer"\n'
IDEA = '[[ideas]]\nid = "fil"\ntitle = "Le fil"\nstatus = "planned"\nplanned_for = 2026-11-26\n'


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "words"),
    [
        ('"samira"', '"Samira B"', "members[1].id", 2, "minuscules sans accent"),
        ('"trainer"', '"expert"', "members[1].host", 4, "« expert » n'est pas accepté"),
        ('host = "trainer"', 'guest = "trainer"', "members[1].guest", 4, "clé inconnue"),
        ('"Samira"\n', '""\n', "members[1].name", 3, "vide"),
        ('host = "trainer"', 'notes = "a\\u0007b"', "members[1].notes", 4, "invisible"),
    ],
)
def test_a_damaged_team_is_refused(workspace_root: Path, old: str, new: str, key: str, line: int, words: str) -> None:
    assert old in MEMBER
    workspace = open_workspace(workspace_root)
    workspace.team_file(workspace.shows[0]).write_text(MEMBER.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_team(workspace, workspace.shows[0])
    (fault,) = caught.value.faults
    assert (fault.key, fault.line) == (key, line)
    assert words in fault.message


@pytest.mark.parametrize(
    ("old", "new", "key", "line", "words"),
    [
        ('"fil"', '"-fil"', "ideas[1].id", 2, "sans tiret au début"),
        ('"Le fil"', '"Le fil"\nduration = "0\'00"', "ideas[1].duration", 4, "au-dessus de zéro"),
        ("planned_for = 2026-11-26\n", "", "ideas[1].planned_for", 1, "dit pour quel jour"),
        ('"planned"', '"open"', "ideas[1].planned_for", 5, "seule une idée programmée"),
        ('status = "planned"\n', "", "ideas[1].planned_for", 4, "seule une idée programmée"),
        ('"planned"', '"plannd"', "ideas[1].status", 4, "vouliez-vous « planned » ?"),
        ('"Le fil"', '"Le\\nfil"', "ideas[1].title", 3, "sur une ligne"),
    ],
)
def test_damaged_ideas_are_refused(workspace_root: Path, old: str, new: str, key: str, line: int, words: str) -> None:
    assert old in IDEA
    workspace = open_workspace(workspace_root)
    workspace.ideas_file(workspace.shows[0]).write_text(IDEA.replace(old, new), encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        read_ideas(workspace, workspace.shows[0])
    (fault,) = caught.value.faults
    assert (fault.key, fault.line) == (key, line)
    assert words in fault.message


def test_notes_may_have_several_lines(workspace_root: Path) -> None:
    workspace = open_workspace(workspace_root)
    show = workspace.shows[0]
    workspace.team_file(show).write_text(MEMBER + 'notes = """a\nb"""\n', encoding="utf-8")
    workspace.ideas_file(show).write_text(IDEA + 'notes = """a\nb"""\n', encoding="utf-8")
    assert read_team(workspace, show)[0].notes == "a\nb"
    assert read_ideas(workspace, show)[0].notes == "a\nb"
