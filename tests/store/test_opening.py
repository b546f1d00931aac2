"""Every file is opened in one place: no link out of the workspace, no pipe or device waited for, nothing too big."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.air.importing.placing import place_by_marks
from bobine.errors import BobineError, DiskError, MarksError, PlanError
from bobine.model.episode import Episode
from bobine.sound.survey import SoundInfo
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import states
from bobine.store.documents.ideas import read_ideas
from bobine.store.documents.team import read_team
from bobine.store.files import atomic_write, sweep
from bobine.store.opening import UnusableFileError, confined, open_named, read_bounded
from bobine.store.records.edits import edits_path, read_edits
from bobine.store.records.keeping import hold_path, read_hold
from bobine.store.records.manifests import read_manifest
from bobine.store.records.recordings import read_as_run
from bobine.store.records.releases import read_releases
from bobine.store.rules.images import image_fault
from bobine.store.sounds import sound_fault
from bobine.store.workspace import EpisodeFolder, Workspace, open_workspace
from tests.store.conftest import DAY

Attempt = Callable[[str], AbstractContextManager[None]]


def folder_of(workspace: Workspace) -> EpisodeFolder:
    return workspace.folder("fil", DAY)


READERS: dict[str, tuple[Callable[[Workspace], Path], Callable[[Workspace], object]]] = {
    "shows.toml": (lambda w: w.root / "shows.toml", lambda w: open_workspace(w.root)),
    "episode.toml": (lambda w: folder_of(w).plan, lambda w: read_episode(w, w.show("fil"), DAY)),
    "team.toml": (lambda w: w.team_file("fil"), lambda w: read_team(w, w.show("fil"))),
    "ideas.toml": (lambda w: w.ideas_file("fil"), lambda w: read_ideas(w, w.show("fil"))),
    "edits.toml": (lambda w: edits_path(folder_of(w).path), lambda w: read_edits(edits_path(folder_of(w).path))),
    "as_run.toml": (lambda w: folder_of(w).as_run, lambda w: read_as_run(folder_of(w).as_run)),
    "manifest.toml": (lambda w: folder_of(w).manifest, lambda w: read_manifest(folder_of(w).manifest)),
    "release.toml": (lambda w: folder_of(w).release, lambda w: read_releases(folder_of(w).release)),
    "history": (lambda w: folder_of(w).history, lambda w: states(folder_of(w))),
}


def a_link_outside(path: Path, outside: Path) -> None:
    path.symlink_to(outside / "secret.toml")


def a_folder_linked_outside(path: Path, outside: Path) -> None:
    (outside / path.name).write_bytes(b"secret = 1")
    folder = path.parent
    folder.rename(outside / "parent")
    folder.symlink_to(outside)


def a_loop(path: Path, _: Path) -> None:
    path.symlink_to(path.name)


def a_pipe(path: Path, _: Path) -> None:
    os.mkfifo(path)


def a_socket(path: Path, outside: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the name of a socket is short
    try:
        socket.socket(socket.AF_UNIX).bind(path.name)
    finally:
        os.chdir(here)


def a_device(path: Path, _: Path) -> None:
    path.symlink_to("/dev/zero")


def a_folder(path: Path, _: Path) -> None:
    path.mkdir()


def too_big(path: Path, _: Path) -> None:
    with path.open("wb") as stream:
        stream.truncate(3_000_000_000)


WAYS = (a_link_outside, a_loop, a_pipe, a_socket, a_device, a_folder, too_big)


@pytest.mark.boundary
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", READERS)
def test_what_stands_in_a_files_place_is_told(
    workspace_root: Path, tmp_path_factory: pytest.TempPathFactory, name: str, way: Callable[[Path, Path], None],
    attempt: Attempt,
) -> None:  # fmt: skip
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.toml").write_bytes(b"secret = 1")
    workspace = open_workspace(workspace_root)
    place, read = READERS[name]
    path = place(workspace)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    if name == "history" and way is a_folder:
        return  # a folder is what it is
    way(path, outside)
    with attempt(f"{way.__name__.replace('_', ' ').replace('too', 'a file too')} in the place of a file"):
        with pytest.raises(BobineError) as caught:
            read(workspace)
        assert "secret = 1" not in str(caught.value)
        assert "\n" not in str(caught.value)
        assert path.name in str(caught.value)


@pytest.mark.boundary
def test_a_folder_that_leads_outside_is_neither_read_nor_written(
    workspace_root: Path, tmp_path_factory: pytest.TempPathFactory, attempt: Attempt
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    workspace = open_workspace(workspace_root)
    folder = folder_of(workspace).path
    folder.rename(outside / "jour")
    folder.symlink_to(outside / "jour")
    before = (outside / "jour" / "episode.toml").read_bytes()
    with attempt("a link that leaves the workspace"), pytest.raises(PlanError, match="hors de l'atelier"):
        read_episode(workspace, workspace.show("fil"), DAY)
    with attempt("a link that leaves the workspace"):
        with pytest.raises(UnusableFileError, match="hors de l'atelier"):
            atomic_write(folder / "episode.toml", b"")
        with pytest.raises(UnusableFileError):
            atomic_write(folder / "nouveau" / "fichier.toml", b"")
    with attempt("a link that leaves the workspace"):
        left = outside / "jour" / ".episode.0123456789ab.tmp.toml"
        left.write_bytes(b"")
        sweep(folder)
        assert left.exists()
        left.unlink()
    assert (outside / "jour" / "episode.toml").read_bytes() == before
    assert [path.name for path in (outside / "jour").iterdir()] == ["episode.toml"]


def test_a_link_inside_the_workspace_is_followed(workspace_root: Path) -> None:
    workspace = open_workspace(workspace_root)
    plan = folder_of(workspace).plan
    plan.rename(workspace_root / "le-vrai.toml")
    plan.symlink_to(workspace_root / "le-vrai.toml")
    assert read_episode(workspace, workspace.show("fil"), DAY).title == "Essai"
    atomic_write(plan, b"x")
    assert plan.is_symlink()
    assert (workspace_root / "le-vrai.toml").read_bytes() == b"x"


def test_a_workspace_behind_a_link_is_one(workspace_root: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    link = tmp_path_factory.mktemp("ailleurs") / "atelier"
    link.symlink_to(workspace_root)
    workspace = open_workspace(link)
    assert read_episode(workspace, workspace.show("fil"), DAY).title == "Essai"
    atomic_write(link / "episodes/fil/note.txt", b"x")
    assert confined(link / "episodes") == workspace_root / "episodes"


@pytest.mark.boundary
def test_a_hold_whose_file_is_anything_holds(workspace_root: Path, attempt: Attempt) -> None:
    path = hold_path(folder_of(open_workspace(workspace_root)).path)
    for way in (*WAYS, lambda place, _: place.symlink_to("nulle-part")):
        with attempt("something in the place of hold.toml"):
            way(path, path.parent)
            assert read_hold(path) is not None
            path.rmdir() if path.is_dir() and not path.is_symlink() else path.unlink()


@pytest.mark.boundary
@pytest.mark.parametrize("way", [a_loop, a_pipe, a_socket, a_device, a_folder, too_big])
def test_marks_are_never_waited_for(tmp_path: Path, way: Callable[[Path, Path], None], attempt: Attempt) -> None:
    path = tmp_path / "reperes.txt"
    way(path, tmp_path)
    info = SoundInfo(48000, 2, 48000, None, None, 0, "")
    episode = Episode.__new__(Episode)
    with attempt("a file of marks that is none"), pytest.raises(MarksError):
        place_by_marks(episode, info, path)


@pytest.mark.boundary
@pytest.mark.parametrize("way", [a_link_outside, a_loop, a_device])
def test_sounds_and_images_stay_in_the_workspace(
    workspace_root: Path, tmp_path_factory: pytest.TempPathFactory, way: Callable[[Path, Path], None], attempt: Attempt
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.toml").write_bytes(b"x")
    with attempt("a link that leaves the workspace"):
        way(workspace_root / "a.png", outside)
        assert image_fault("a.png", workspace_root, workspace_root)
        assert sound_fault("a.png", workspace_root, workspace_root)
    assert image_fault("../x.png", workspace_root, workspace_root)
    assert sound_fault("pad/encore-absent.mp3", workspace_root, workspace_root) is None


def test_what_somebody_names_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "shows.toml").write_bytes(b"")
    (tmp_path / "lien").symlink_to(__file__)
    with open_named(tmp_path / "lien") as stream:
        assert stream.read(3) == b'"""'
    with pytest.raises(DiskError):
        read_bounded(tmp_path / "lien", 10)
    with pytest.raises(FileNotFoundError):
        read_bounded(tmp_path / "rien", 10)


@pytest.mark.boundary
@pytest.mark.parametrize("name", ["a\0b", "x" * 300, os.fsdecode(b"\xe9")])
def test_impossible_names_are_told(tmp_path: Path, name: str, attempt: Attempt) -> None:
    with attempt("an impossible name"):
        try:
            read_bounded(tmp_path / name, 10)
        except FileNotFoundError:
            pass
        except UnusableFileError as error:
            assert str(error).encode()  # noqa: PT017
