"""An idea follows its item on the disk: out of the show, back by undo, and whatever the ideas' file looks like."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bobine.errors import DiskError
from bobine.model.episode import Episode
from bobine.model.ideas import Idea, IdeaStatus
from bobine.plan.editing.moves import drop, insert
from bobine.plan.files.editing import commit_both, commit_episode
from bobine.plan.season.ideas import idea_item, set_aside
from bobine.plan.season.planned_ideas import EpisodeAndIdeas, idea_planned
from bobine.store.documents import history, row_files
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.ideas import edit_ideas, read_ideas
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER
from tests.disks import small_disk

DAY, NOW = date(2026, 11, 26), datetime(2026, 11, 24, 12, tzinfo=UTC)
IDEA = Idea(id="marche", title="Au marché")


Commit = Callable[[Workspace], object]


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The worked example, with one idea."""
    return make_workspace(tmp_path)


def make_workspace(tmp_path: Path) -> Workspace:
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    plan = tmp_path / "episodes/bobine-romanaise/2026-11-26/episode.toml"
    plan.parent.mkdir(parents=True)
    shutil.copy(ATELIER / plan.relative_to(tmp_path), plan)
    made = open_workspace(tmp_path)
    edit_ideas(made, made.shows[0], lambda _: (IDEA,))
    return made


def both(workspace: Workspace) -> EpisodeAndIdeas:
    show = workspace.shows[0]
    return EpisodeAndIdeas(read_episode(workspace, show, DAY), read_ideas(workspace, show))


def items(episode: Episode) -> set[str]:
    return {item.id for item in episode.items}


def add_its_item(workspace: Workspace) -> None:
    """As the rundown does: the idea follows."""
    before = both(workspace).episode
    commit_episode(workspace, workspace.shows[0], DAY, before, insert(before, idea_item(IDEA, ()), None), NOW)


def plan_it(workspace: Workspace) -> None:
    """As the box of ideas does."""
    seen = both(workspace)
    commit_both(workspace, workspace.shows[0], seen, idea_planned(seen, IDEA), NOW)


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


@pytest.mark.parametrize("commit", [add_its_item, plan_it])
@pytest.mark.parametrize("module", [row_files, history])
def test_what_the_disk_refuses_leaves_both_files_to_the_byte(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch, commit: Commit, module: object
) -> None:
    show = workspace.shows[0]
    files = [workspace.ideas_file(show), workspace.folder(show, DAY).plan]
    before = [file.read_bytes() for file in files]

    def full(path: Path, content: bytes) -> None:
        raise DiskError(f"« {path} » : plein ({len(content)})")

    with monkeypatch.context() as broken:
        broken.setattr(module, "atomic_write", full)
        with pytest.raises(DiskError):
            commit(workspace)
    assert [file.read_bytes() for file in files] == before
    assert not list(files[0].parent.glob(".ideas.*.tmp*")), "nothing is left beside them"
    commit(workspace)
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)


@pytest.mark.integration
@pytest.mark.parametrize("commit", [add_its_item, plan_it])
def test_on_a_disk_that_fills_up_both_are_written_or_neither(tmp_path: Path, commit: Commit) -> None:
    ends = set()
    for free_pages in range(0, 24, 2):
        with small_disk(tmp_path / f"{free_pages}", 1) as disk:
            workspace = make_workspace(disk)
            commit_episode(workspace, workspace.shows[0], DAY, both(workspace).episode,
                           replace(both(workspace).episode, title="Déjà modifiée"), NOW)  # fmt: skip
            spared = disk / "spared"
            spared.write_bytes(bytes(4096 * free_pages))
            with contextlib.suppress(OSError), (disk / "ballast").open("wb", buffering=0) as ballast:
                while ballast.write(bytes(4096)):
                    pass
            spared.unlink()
            with contextlib.suppress(DiskError):
                commit(workspace)
            there = "marche" in items(both(workspace).episode)
            assert status(workspace) == ((IdeaStatus.PLANNED, DAY) if there else (IdeaStatus.OPEN, None)), free_pages
            ends.add(there)
    assert ends == {True, False}, "the disk was too full, and then was not"


@pytest.mark.parametrize("earlier", [IDEA, set_aside(IDEA), replace(IDEA, status=IdeaStatus.PLANNED,
                                                                   planned_for=date(2026, 12, 3))])  # fmt: skip
def test_taking_it_back_leaves_both_as_they_were(workspace: Workspace, earlier: Idea) -> None:
    show = workspace.shows[0]
    edit_ideas(workspace, show, lambda _: (earlier,))
    seen = both(workspace)
    done = commit_both(workspace, show, seen, idea_planned(seen, earlier), NOW)
    assert "marche" in items(done.value.episode)
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)
    commit_both(workspace, show, done.value, done.found, NOW, back=True)
    assert both(workspace) == seen
    commit_both(workspace, show, seen, done.value, NOW, back=True)
    assert both(workspace) == done.value


def test_an_item_in_which_somebody_wrote_stays_and_so_does_its_idea(workspace: Workspace) -> None:
    show = workspace.shows[0]
    seen = both(workspace)
    done = commit_both(workspace, show, seen, idea_planned(seen, IDEA), NOW)
    touched = replace(done.value.episode, items=tuple(
        replace(item, notes="Appeler Denise.") if item.id == "marche" else item for item in done.value.episode.items
    ))  # fmt: skip
    commit_episode(workspace, show, DAY, done.value.episode, touched, NOW)
    back = commit_both(workspace, show, done.value, done.found, NOW, back=True)
    assert "marche" in items(back.value.episode)
    assert back.conflicts
    assert status(workspace) == (IdeaStatus.PLANNED, DAY)
