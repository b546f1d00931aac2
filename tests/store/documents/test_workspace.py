"""Finding the workspace and the episode that a command names."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bobine.errors import WorkspaceError
from bobine.model.destination import BucketDestination, FolderDestination
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import Workspace, find_root, open_workspace


@pytest.fixture
def workspace(workspace_root: Path) -> Workspace:
    for name in ("2026-11-19", "2026-12-03", "pas-une-date", "2026-13-01", "20261210"):
        folder = workspace_root / "episodes/fil" / name
        folder.mkdir()
        (folder / "episode.toml").write_text("", encoding="utf-8")
    (workspace_root / "episodes/fil/2026-12-10").mkdir()
    return open_workspace(workspace_root)


def with_second_show(root: Path) -> Workspace:
    text = (root / "shows.toml").read_text("utf-8")
    shows = text[: text.index("[destinations.local]")]
    (root / "shows.toml").write_text(text + shows.replace("shows.fil", "shows.autre"), encoding="utf-8")
    return open_workspace(root)


def test_the_root_is_found_upward(workspace_root: Path) -> None:
    assert find_root(workspace_root / "episodes/fil/2026-11-26") == workspace_root.resolve()
    assert find_root(workspace_root) == workspace_root.resolve()


def test_no_workspace_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match="bobine nouveau atelier DOSSIER"):
        find_root(tmp_path)
    with pytest.raises(WorkspaceError, match="bobine nouveau atelier DOSSIER"):
        open_workspace(tmp_path)


def test_what_the_workspace_holds(workspace: Workspace) -> None:
    assert [show.slug for show in workspace.shows] == ["fil"]
    local, far = workspace.destinations
    assert local == FolderDestination(name="local", path="feed", public_url="http://localhost:8470/")
    assert isinstance(far, BucketDestination)
    assert workspace.destination("loin") is far
    folder = workspace.folder(workspace.show("fil"), date(2026, 11, 26))
    assert folder == workspace.folder("fil", date(2026, 11, 26))
    assert folder.reference == "fil/2026-11-26"
    assert folder.plan.is_file()
    assert folder.as_run == folder.path / "recording/as_run.toml"
    assert folder.manifest == folder.path / "master/manifest.toml"
    assert folder.release == folder.path / "release.toml"
    assert workspace.episode_dates("fil") == (date(2026, 11, 19), date(2026, 11, 26), date(2026, 12, 3))


def test_a_local_destination_is_there_without_being_written(workspace_root: Path) -> None:
    text = (workspace_root / "shows.toml").read_text("utf-8")
    (workspace_root / "shows.toml").write_text(text[: text.index("[destinations.local]")], encoding="utf-8")
    assert open_workspace(workspace_root).destinations == (FolderDestination(name="local"),)


@pytest.mark.parametrize(
    ("reference", "today", "found"),
    [
        ("fil/2026-11-26", "2030-01-01", "2026-11-26"),
        ("2026-11-26", "2030-01-01", "2026-11-26"),
        ("prochaine", "2026-11-20", "2026-11-26"),
        ("prochaine", "2026-11-26", "2026-11-26"),
        ("fil/prochaine", "2026-11-27", "2026-12-03"),
        ("derniere", "2026-11-26", "2026-11-26"),
        ("dernière", "2026-12-02", "2026-11-26"),
        ("fil/derniere", "2030-01-01", "2026-12-03"),
        ("episodes/fil/2026-11-26/", "2030-01-01", "2026-11-26"),
        ("26/11/2026", "2030-01-01", "2026-11-26"),
        ("fil/26/11/2026", "2030-01-01", "2026-11-26"),
        ("26/11", "2026-11-01", "2026-11-26"),
        ("jeudi 26 novembre", "2026-11-01", "2026-11-26"),
        ("Dernie\u0300re", "2026-12-02", "2026-11-26"),
        ("Prochaine", "2026-11-20", "2026-11-26"),
    ],
)
def test_an_episode_is_named(workspace: Workspace, reference: str, today: str, found: str) -> None:
    show, day = workspace.resolve(reference, date.fromisoformat(today))
    assert (show.slug, day.isoformat()) == ("fil", found)


@pytest.mark.parametrize(
    ("reference", "words"),
    [
        ("2026-12-10", "Existent : 2026-11-19, 2026-11-26 et 2026-12-03."),
        ("prochaine", "Existent"),
        ("26/13/2026", "ÉMISSION/DATE"),
        ("vendredi 26 novembre 2026", "n'est pas une date"),
        ("demain", "n'est pas une date"),
        ("2026-02-30", "n'est pas une date"),
        ("fill/2026-11-26", "vouliez-vous « fil »"),
        ("zzz/2026-11-26", "il y a fil"),
        ("fil/../fil/2026-11-26", "ÉMISSION/DATE"),
        ("", "n'est pas une date"),
        ("\x1b[2J", "n'est pas une date"),
    ],
)
def test_a_wrong_name_says_what_exists(workspace: Workspace, reference: str, words: str) -> None:
    with pytest.raises(WorkspaceError) as caught:
        workspace.resolve(reference, date(2030, 1, 1))
    assert words in str(caught.value)
    assert "\x1b" not in str(caught.value)


def test_with_two_shows_a_date_alone_is_not_enough(workspace_root: Path) -> None:
    workspace = with_second_show(workspace_root)
    assert [show.slug for show in workspace.shows] == ["fil", "autre"]
    with pytest.raises(WorkspaceError, match="fil ou autre"):
        workspace.resolve("2026-11-26", date(2026, 11, 26))
    with pytest.raises(WorkspaceError, match="pas encore d'épisode"):
        workspace.resolve("autre/derniere", date(2026, 11, 26))
    assert workspace.resolve("fil/2026-11-26", date(2026, 11, 26))[1] == date(2026, 11, 26)


def test_a_missing_episode_says_how_to_make_it(workspace: Workspace) -> None:
    with pytest.raises(WorkspaceError, match="bobine nouveau episode fil/2026-12-10"):
        read_episode(workspace, workspace.shows[0], date(2026, 12, 10))
