"""An idea follows its item on the disk: out of the show, back by undo, and whatever the ideas' file looks like."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.editing.moves import drop, insert
from bobine.plan.files.editing import commit_episode
from bobine.plan.season.ideas import idea_item
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.ideas import edit_ideas, read_ideas
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER

DAY, NOW = date(2026, 11, 26), datetime(2026, 11, 24, 12, tzinfo=UTC)
IDEA = Idea(id="marche", title="Au marché")


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The worked example, with one idea."""
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    plan = tmp_path / "episodes/bobine-romanaise/2026-11-26/episode.toml"
    plan.parent.mkdir(parents=True)
    shutil.copy(ATELIER / plan.relative_to(tmp_path), plan)
    made = open_workspace(tmp_path)
    edit_ideas(made, made.shows[0], lambda _: (IDEA,))
    return made


def status(workspace: Workspace) -> tuple[IdeaStatus, date | None]:
    (idea,) = read_ideas(workspace, workspace.shows[0])
    return idea.status, idea.planned_for


def test_it_is_planned_freed_and_planned_again(workspace: Workspace) -> None:
    show = workspace.shows[0]
    before = read_episode(workspace, show, DAY)
    with_it = insert(before, idea_item(IDEA, ()), None)
    commit_episode(workspace, show, DAY, before, with_it, NOW)
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)
    without = drop(with_it, "marche")
    commit_episode(workspace, show, DAY, with_it, without, NOW)
    assert status(workspace) == (IdeaStatus.OPEN, None)
    commit_episode(workspace, show, DAY, without, with_it, NOW)
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)
    commit_episode(workspace, show, DAY, with_it, replace(with_it, title="Autre"), NOW)
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)


def test_ideas_that_cannot_be_read_keep_nobody_from_planning(workspace: Workspace) -> None:
    show = workspace.shows[0]
    file = workspace.ideas_file(show)
    file.write_bytes(b"[[ideas]]\nid = \xff")
    broken = file.read_bytes()
    before = read_episode(workspace, show, DAY)
    done = commit_episode(workspace, show, DAY, before, drop(before, "agenda"), NOW)
    assert "agenda" not in {item.id for item in done.value.items}
    assert file.read_bytes() == broken
