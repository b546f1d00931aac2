"""New workspaces and new episodes."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.commands.nouveau import new_workspace
from bobine.errors import PlanError, WorkspaceError
from bobine.model.episode import PodcastRights
from bobine.plan.files.creation import new_episode
from bobine.plan.files.new_file import show_slug, shows_text
from bobine.store.documents.episodes import read_episode
from bobine.store.rules.texts import one_line, slug
from bobine.store.workspace import Workspace, open_workspace
from tests.conftest import ATELIER

TODAY = date(2026, 11, 20)


@pytest.fixture
def own(tmp_path: Path) -> Workspace:
    """The workspace of the worked example, copied."""
    shutil.copy(ATELIER / "shows.toml", tmp_path)
    shutil.copytree(ATELIER / "episodes", tmp_path / "episodes", ignore=shutil.ignore_patterns("recording", "master"))
    return open_workspace(tmp_path)


def test_a_new_workspace_works_at_once(tmp_path: Path) -> None:
    written = new_workspace(tmp_path / "un" / "atelier", 'Radio d\'été <2030> & "nous"', TODAY)
    workspace = open_workspace(written.parent)
    (show,) = workspace.shows
    assert (show.slug, show.title) == ("radio-d-ete-2030-nous", 'Radio d\'été <2030> & "nous"')
    assert show.season.number(TODAY) == 1
    assert sum((item.duration for item in show.template), timedelta()) == timedelta(minutes=55)
    assert (written.parent / "episodes").is_dir()
    assert (written.parent / "feed").is_dir()
    assert "/feed/*" in (written.parent / ".gitignore").read_text("utf-8")
    plan = new_episode(workspace, show, TODAY)
    assert read_episode(workspace, show, date(2026, 11, 26)).number == 1
    assert plan == written.parent.resolve() / "episodes/radio-d-ete-2030-nous/2026-11-26/episode.toml"


def test_a_workspace_is_not_overwritten(own: Workspace) -> None:
    before = (own.root / "shows.toml").read_bytes()
    with pytest.raises(WorkspaceError, match="déjà un atelier"):
        new_workspace(own.root, "Autre", TODAY)
    assert (own.root / "shows.toml").read_bytes() == before
    assert not (own.root / ".gitignore").exists()


@pytest.mark.parametrize("title", ["", "deux\nlignes", "\x1b[2J", "x" * 256])
def test_a_title_that_cannot_be_one_is_refused(tmp_path: Path, title: str) -> None:
    with pytest.raises(WorkspaceError, match="titre"):
        new_workspace(tmp_path, title, TODAY)
    assert list(tmp_path.iterdir()) == []


@given(st.text(min_size=1, max_size=80).filter(lambda text: one_line(text) is None), st.dates(date(2000, 1, 1)))
def test_any_title_gives_a_workspace_that_reads(
    tmp_path_factory: pytest.TempPathFactory, title: str, today: date
) -> None:
    assert slug(show_slug(title)) is None
    folder = tmp_path_factory.getbasetemp() / "titres"
    folder.mkdir(exist_ok=True)
    (folder / "shows.toml").write_text(shows_text(title, min(today, date(2200, 1, 1))), encoding="utf-8")
    assert open_workspace(folder).shows[0].title == title


def test_an_episode_takes_the_next_free_day_and_number(own: Workspace) -> None:
    show = own.show("bobine-romanaise")
    plan = new_episode(own, show, TODAY)
    assert plan.parent.name == "2026-12-03"
    episode = read_episode(own, show, date(2026, 12, 3))
    assert (episode.season, episode.number) == (8, 8)
    assert [item.id for item in episode.counted_items] == [item.id for item in show.template]
    assert episode.planned_total == timedelta(minutes=55)
    assert episode.items[4].podcast is PodcastRights.UNKNOWN
    assert "# Qui est là." in plan.read_text("utf-8")
    for expected in ("2026-12-10", "2026-12-17", "2027-01-07"):
        assert new_episode(own, show, TODAY).parent.name == expected


def test_a_new_season_starts_at_one(own: Workspace) -> None:
    show = own.show("bobine-romanaise")
    new_episode(own, show, date(2027, 8, 1))
    episode = read_episode(own, show, date(2027, 10, 7))
    assert (episode.season, episode.number) == (9, 1)


def test_a_chosen_day_may_be_any_free_one(own: Workspace) -> None:
    show = own.show("bobine-romanaise")
    special = date(2026, 12, 24)
    new_episode(own, show, TODAY, special)
    assert read_episode(own, show, special).number == 8
    before = own.folder(show, special).plan.read_bytes()
    with pytest.raises(WorkspaceError, match="jeudi 24 décembre 2026 existe déjà"):
        new_episode(own, show, TODAY, special)
    assert own.folder(show, special).plan.read_bytes() == before


def test_a_show_without_any_open_day_says_so(own: Workspace) -> None:
    shows = own.root / "shows.toml"
    text = shows.read_text("utf-8").replace(
        "start = 2026-10-17, end = 2026-11-01", "start = 2026-01-01, end = 2040-01-01"
    )
    shows.write_text(text, encoding="utf-8")
    workspace = open_workspace(own.root)
    with pytest.raises(WorkspaceError, match="aucun créneau libre"):
        new_episode(workspace, workspace.shows[0], TODAY)


def test_a_broken_neighbour_is_told_rather_than_numbered_over(own: Workspace) -> None:
    plan = own.folder("bobine-romanaise", date(2026, 11, 26)).plan
    plan.write_text(plan.read_text("utf-8").replace("number = 7", "number = 0"), encoding="utf-8")
    with pytest.raises(PlanError, match="ligne 8"):
        new_episode(own, own.shows[0], TODAY)


def test_two_people_at_once_get_two_episodes(own: Workspace) -> None:
    show = own.show("bobine-romanaise")
    with ThreadPoolExecutor(4) as pool:
        plans = list(pool.map(lambda _: new_episode(own, show, TODAY), range(4)))
    assert len(set(plans)) == 4
    numbers = sorted(read_episode(own, show, day).number for day in own.episode_dates(show))
    assert numbers == [7, 8, 9, 10, 11]
