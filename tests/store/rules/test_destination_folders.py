"""A destination is handed out to anybody: a folder that is, holds or lies in what the workspace keeps is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.errors import PlanError, WorkspaceError
from bobine.model.destination import FolderDestination
from bobine.publish.destinations.opening import open_store
from bobine.store.rules.destinations import folder_of
from bobine.store.workspace import open_workspace
from tests.store.conftest import SHOWS

Attempt = Callable[[str], AbstractContextManager[None]]

EXPOSING = "a destination folder that would hand out the workspace"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with a workspace in it, and links around: ``home/radio/atelier``."""
    root = tmp_path / "home" / "radio" / "atelier"
    (root / "episodes" / "fil" / "2026-11-26" / "recording").mkdir(parents=True)
    (root / "sous").mkdir()
    (root / "around").symlink_to(root.parent)
    (root / "self").symlink_to(root)
    (root / "shows-of-it").symlink_to(root / "episodes")
    (root / "loop").symlink_to(root / "loop")
    copy = tmp_path / "copie"
    (copy / "Episodes").mkdir(parents=True)
    other = tmp_path / "autre"
    (other / "episodes" / "fil").mkdir(parents=True)
    (other / "shows.toml").write_text("", encoding="utf-8")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def workspace_with(home: Path, path: str) -> Path:
    root = home / "radio" / "atelier"
    head = SHOWS.partition("[destinations")[0]
    table = f'\n[destinations.dossier]\nkind = "folder"\npath = {json.dumps(path)}\n'
    (root / "shows.toml").write_text(head + table, encoding="utf-8")
    return root


@pytest.mark.boundary
@pytest.mark.parametrize(
    "path",
    [
        "", ".", "./", "..", "../", "../..", "/", "//", "feed/..", "sous/../..", "episodes", "./episodes/",
        "episodes/fil", "episodes/nouveau", "shows.toml", "shows.toml/feed", "self", "self/episodes", "around",
        "around/atelier", "loop", "shows-of-it", "shows-of-it/fil", "EPISODES", "Episodes/Fil", "~", "~/radio",
        "~/radio/atelier", "~/radio/atelier/episodes", "~nobody-of-that-name/feed", "../../../copie",
        "../../../autre", "../../../autre/episodes/fil", "/proc/self/cwd/../../../../../../../../../../..",
    ],
)  # fmt: skip
def test_what_would_hand_out_the_workspace_is_refused_with_its_line(home: Path, path: str, attempt: Attempt) -> None:
    root = workspace_with(home, path)
    lines = (root / "shows.toml").read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if text.startswith("path = "))
    with attempt(EXPOSING):
        with pytest.raises(PlanError) as caught:
            open_workspace(root)
        found = [(fault.line, fault.key) for fault in caught.value.faults]
        assert found == [(line, "destinations.dossier.path")]
        with pytest.raises(WorkspaceError, match="ne peut pas servir"):
            folder_of(FolderDestination(name="dossier", path=path), root)


@pytest.mark.boundary
def test_the_default_folder_is_looked_at_too(home: Path, attempt: Attempt) -> None:
    root = workspace_with(home, "publie")
    (root / "feed").symlink_to(root)
    with attempt(EXPOSING), pytest.raises(PlanError, match="dossier de l'atelier"):
        open_workspace(root)


@pytest.mark.boundary
def test_a_folder_that_became_a_link_since_is_refused_when_it_is_opened(home: Path, attempt: Attempt) -> None:
    root = workspace_with(home, "publie")
    destination = open_workspace(root).destination("dossier")
    (root / "publie").symlink_to(root)
    with attempt(EXPOSING), pytest.raises(WorkspaceError, match="dossier de l'atelier"):
        open_store(destination, root)


@pytest.mark.parametrize("path", ["feed", "sous/feed", "../feed", "~/feed", "~/radio/feed", "/srv/bobine", "feed.d"])
def test_a_folder_of_its_own_is_one_place_for_all(home: Path, path: str) -> None:
    root = workspace_with(home, path)
    destination = open_workspace(root).destination("dossier")
    assert isinstance(destination, FolderDestination)
    folder = folder_of(destination, root)
    assert folder == (root / Path(path.replace("~", str(home)))).resolve()
    assert open_store(destination, root).location("fil/feed.xml") == str(folder / "fil/feed.xml")


def test_a_show_may_not_be_named_as_the_folder_of_the_episodes(tmp_path: Path) -> None:
    (tmp_path / "shows.toml").write_text("[shows.episodes]\n", encoding="utf-8")
    with pytest.raises(PlanError, match="dossier des émissions"):
        open_workspace(tmp_path)
