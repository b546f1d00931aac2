"""What synchronisers, merges and word processors leave is named as what it is, with its line."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.errors import PlanError
from bobine.store.documents.episodes import read_episode
from bobine.store.stray_files import conflict_copies, strays
from bobine.store.strays import conflict_copy
from bobine.store.toml.read import parse_toml
from bobine.store.workspace import open_workspace
from tests.conftest import Atelier
from tests.store.conftest import DAY, EPISODE

Attempt = Callable[[str], AbstractContextManager[None]]

COPIES = [
    ("episode.sync-conflict-20261125-101112-ABCDEF7.toml", "episode.toml", "Syncthing"),
    ("episode (conflicted copy 2026-11-25 101112).toml", "episode.toml", "Nextcloud"),
    ("episode (Nadia conflicted copy 2026-11-25 101112).toml", "episode.toml", "Nextcloud"),
    ("episode_conflict-20261125-101112.toml", "episode.toml", "Nextcloud"),
    ("episode (Nadia's conflicted copy 2026-11-25).toml", "episode.toml", "Dropbox"),
    ("episode (Copie en conflit de Nadia 2026-11-25).toml", "episode.toml", "Dropbox"),
    ("episode (PC-STUDIO en conflit 2026-11-25).toml", "episode.toml", "Dropbox"),
    ("episode-PC-STUDIO.toml", "episode.toml", "OneDrive"),
    ("episode-DESKTOP-8F3K2-2.toml", "episode.toml", "OneDrive"),
    ("episode [Conflict].toml", "episode.toml", "Google Drive"),
    ("journal.sync-conflict-20261125-101112-ABCDEF7.jsonl", "journal.jsonl", "Syncthing"),
]


@pytest.mark.integration
@pytest.mark.boundary
@pytest.mark.parametrize(("name", "original", "maker"), COPIES)
def test_a_conflict_copy_is_named(workspace_root: Path, name: str, original: str, maker: str, attempt: Attempt) -> None:
    with attempt("a conflict copy of a synchroniser"):
        folder = workspace_root / "episodes/fil/2026-11-26"
        (folder / name).write_bytes(b"x")
        (sentence,) = conflict_copies(workspace_root)
        assert sentence.startswith(f"« episodes/fil/2026-11-26/{name} » est une copie en conflit de « {original} »")
        assert f"laissée par {maker}" in sentence
        found = Atelier(workspace_root).json("verifier", code=1)["checks"]
        assert sentence in next(check["detail"] for check in found if check["name"] == "copies en conflit")


@pytest.mark.parametrize("name", ["episode.toml", "antenne-2.wav", "episode-copie.toml", "team.toml", "conflit.mp3"])
def test_other_files_are_no_conflict_copies(workspace_root: Path, name: str) -> None:
    assert conflict_copy(name) is None
    (workspace_root / "episodes/fil/2026-11-26" / name).write_bytes(b"x")
    assert conflict_copies(workspace_root) == ()


@pytest.mark.integration
@pytest.mark.boundary
@pytest.mark.parametrize(
    ("name", "example"),
    [
        ("2026-11-26-Bonus", "2026-11-26-bonus"),
        ("2026-11-26_bonus", "2026-11-26-bonus"),
        ("2026-11-26 Bande annonce", "2026-11-26-bande-annonce"),
        ("26-11-2026", "2026-11-26-bonus"),
        ("2026-11-26-été", "2026-11-26-bonus"),
    ],
)
def test_a_folder_with_a_plan_and_no_episode_s_name_is_named(
    workspace_root: Path, name: str, example: str, attempt: Attempt
) -> None:
    with attempt("an episode's folder with a name that is none"):
        folder = workspace_root / "episodes/fil"
        shutil.copytree(folder / "2026-11-26", folder / name)
        (sentence,) = strays(workspace_root)
        assert sentence.startswith(f"« episodes/fil/{name} » a un conducteur que Bobine ne voit pas")
        assert f"« {example} »" in sentence
        found = Atelier(workspace_root).json("verifier", code=1)["checks"]
        assert next(check["detail"] for check in found if check["name"] == "dossiers mal nommés") == sentence


@pytest.mark.parametrize("name", ["2026-11-26-bonus", "archives", ".2026-11-26-Bonus", "Sons à garder"])
def test_other_folders_are_not_named(workspace_root: Path, name: str) -> None:
    folder = workspace_root / "episodes/fil" / name
    folder.mkdir()
    assert strays(workspace_root) == ()
    if name.startswith("."):
        (folder / "episode.toml").write_bytes(b"")
        assert strays(workspace_root) == ()


@pytest.mark.boundary
def test_an_unfinished_merge_is_named_with_its_line(workspace_root: Path, attempt: Attempt) -> None:
    merged = EPISODE.replace(
        'title = "Essai"\n', '<<<<<<< HEAD\ntitle = "Essai"\n=======\ntitle = "Autre"\n>>>>>>> nadia\n'
    )
    with attempt("merge marks in a file"):
        workspace = open_workspace(workspace_root)
        workspace.folder("fil", DAY).plan.write_text(merged, "utf-8")
        with pytest.raises(PlanError, match="ligne 5 : une fusion \\(git\\) n'est pas finie"):
            read_episode(workspace, workspace.show("fil"), DAY)


@pytest.mark.boundary
@pytest.mark.parametrize(
    "line",
    [
        "title = “Essai”", "title = «Essai»", "title = « Essai »", "title = ‘Essai’", 'title = "Essai”', "“title” = 1",
        "a = [“b”]",
    ],
)  # fmt: skip
def test_typographic_quotes_are_explained_with_their_line(line: str, attempt: Attempt) -> None:
    with attempt("typographic quotes in a file"):
        with pytest.raises(PlanError) as caught:
            parse_toml(f'a1 = "l’heure « juste »"\n# “x”\n{line}\n'.encode(), "episode.toml")
        (fault,) = caught.value.faults
        assert fault.line == 3
        assert "guillemets sont typographiques" in fault.message


def test_typographic_quotes_inside_of_texts_are_texts() -> None:
    assert parse_toml('a = "l’heure « juste »" # “x”\n'.encode(), "x").table["a"] == "l’heure « juste »"
    with pytest.raises(PlanError) as caught:
        parse_toml('a = "l’heure\nb = 1\n'.encode(), "x")
    assert "guillemet fermant" in str(caught.value)
