"""The last states of a plan: each that was ever in place can be brought back, whoever wrote it."""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bobine.errors import DiskError, PlanError, WorkspaceError
from bobine.model.episode import Episode
from bobine.store.documents import history
from bobine.store.documents.edit_episode import edit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.history import KEPT, read_state, restore, states
from bobine.store.files import atomic_write
from bobine.store.workspace import EpisodeFolder, Workspace, open_workspace
from tests.disks import make_read_only, small_disk

DAY = date(2026, 11, 26)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Desk:
    """Edits the titles of one episode, a second between two edits."""

    def __init__(self, root: Path) -> None:
        self.workspace: Workspace = open_workspace(root)
        self.show = self.workspace.show("fil")
        self.folder: EpisodeFolder = self.workspace.folder("fil", DAY)
        self.plan = self.folder.plan
        self.now = NOON
        os.utime(self.plan, (NOON.timestamp() - 60, NOON.timestamp() - 60))

    def title(self, title: str) -> Episode:
        self.now += SECOND
        return edit_episode(self.workspace, self.show, DAY, lambda newest: replace(newest, title=title), self.now)

    def back(self, number: int) -> Episode:
        self.now += SECOND
        return restore(self.workspace, self.show, DAY, states(self.folder)[number], self.now)

    def titles(self) -> list[str]:
        return [read_state(self.workspace, self.show, DAY, state).title for state in states(self.folder)]


@pytest.fixture
def desk(workspace_root: Path) -> Desk:
    return Desk(workspace_root)


def test_each_edit_keeps_what_was_and_what_is(desk: Desk) -> None:
    first = desk.plan.read_bytes()
    assert states(desk.folder) == ()
    desk.title("Deux")
    desk.title("Trois")
    found = states(desk.folder)
    assert desk.titles() == ["Trois", "Deux", "Essai"]
    assert [state.at for state in found] == [NOON + 2 * SECOND, NOON + SECOND, NOON - 60 * SECOND]
    assert found[0].path.name == "20261120T120002.000000Z.toml"
    assert found[-1].path.read_bytes() == first
    assert found[0].path.read_bytes() == desk.plan.read_bytes()


def test_nothing_changed_is_nothing_written(desk: Desk) -> None:
    desk.plan.write_bytes(b"\xef\xbb\xbf" + desk.plan.read_bytes().replace(b"\n", b"\r\n"))
    before = desk.plan.read_bytes(), desk.plan.stat().st_mtime_ns
    desk.title("Essai")
    assert (desk.plan.read_bytes(), desk.plan.stat().st_mtime_ns) == before
    assert states(desk.folder) == ()
    desk.title("Autre")
    assert desk.plan.read_bytes() == before[0].replace(b'"Essai"', b'"Autre"')


def test_what_was_written_by_hand_is_kept_by_the_next_edit(desk: Desk) -> None:
    desk.title("Deux")
    desk.plan.write_bytes(desk.plan.read_bytes().replace(b'"Deux"', b'"Main" # ici'))
    desk.title("Trois")
    assert desk.titles() == ["Trois", "Main", "Deux", "Essai"]
    assert b'"Trois" # ici' in desk.plan.read_bytes()
    desk.title("Quatre")
    assert desk.titles()[:2] == ["Quatre", "Trois"]


def test_a_state_comes_back_to_the_byte_and_what_was_there_is_kept(desk: Desk) -> None:
    first = desk.plan.read_bytes()
    desk.title("Deux")
    assert desk.back(1).title == "Essai"
    assert desk.plan.read_bytes() == first
    assert desk.titles() == ["Essai", "Deux", "Essai"]
    desk.back(0)
    assert len(states(desk.folder)) == 3
    desk.plan.unlink()
    desk.back(1)
    assert read_episode(desk.workspace, desk.show, DAY).title == "Deux"


def test_a_broken_plan_is_never_overwritten_but_a_state_can_replace_it(desk: Desk) -> None:
    desk.title("Deux")
    desk.plan.write_bytes(b"cass\xe9 = ")
    with pytest.raises(PlanError):
        desk.title("Trois")
    assert desk.plan.read_bytes() == b"cass\xe9 = "
    assert len(states(desk.folder)) == 2
    assert desk.back(0).title == "Deux"
    assert [state.path.read_bytes() for state in states(desk.folder)][1] == b"cass\xe9 = "
    with pytest.raises(PlanError):
        desk.back(1)
    assert read_episode(desk.workspace, desk.show, DAY).title == "Deux"
    assert len(states(desk.folder)) == 4


def test_the_newest_fifty_are_kept(desk: Desk) -> None:
    for number in range(KEPT + 5):
        desk.title(f"N{number}")
    assert len(states(desk.folder)) == KEPT
    assert desk.titles()[:2] == [f"N{KEPT + 4}", f"N{KEPT + 3}"]
    assert len(list(desk.folder.history.iterdir())) == KEPT


def test_a_clock_that_goes_back_does_not_shuffle_the_states(desk: Desk) -> None:
    desk.title("Deux")
    desk.now = NOON - timedelta(days=300)
    desk.title("Trois")
    desk.title("Quatre")
    assert desk.titles() == ["Quatre", "Trois", "Deux", "Essai"]


def test_other_files_are_no_states(desk: Desk) -> None:
    desk.title("Deux")
    for name in ("copie.toml", ".20261120T120002.000000Z.0123456789ab.tmp.toml", "20269920T120002.000000Z.toml"):
        (desk.folder.history / name).write_text("x", encoding="utf-8")
    assert len(states(desk.folder)) == 2
    desk.title("Trois")
    assert not list(desk.folder.history.glob(".*"))
    assert (desk.folder.history / "copie.toml").exists()


def test_leftovers_of_killed_programs_go_with_the_next_edit_and_nothing_else_does(desk: Desk) -> None:
    leftover = desk.folder.path / ".episode.0123456789ab.tmp.toml"
    others = [
        desk.folder.path / name for name in (".autre.0123456789ab.tmp.toml", ".episode.toml.swp", "episode.tmp.toml")
    ]
    for path in (leftover, *others):
        path.write_text("x", encoding="utf-8")
    desk.title("Deux")
    assert not leftover.exists()
    assert all(path.exists() for path in others)


@pytest.mark.parametrize("killed_at", range(3))
def test_an_edit_that_dies_between_two_writes_loses_no_state(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, killed_at: int
) -> None:
    desk.title("Deux")
    desk.plan.write_bytes(desk.plan.read_bytes().replace(b'"Deux"', b'"Main"'))
    done: list[Path] = []

    def dying(path: Path, content: bytes) -> None:
        if len(done) == killed_at:
            raise KeyboardInterrupt
        atomic_write(path, content)
        done.append(path)

    monkeypatch.setattr(history, "atomic_write", dying)
    with pytest.raises(KeyboardInterrupt):
        desk.title("Trois")
    monkeypatch.undo()
    assert read_episode(desk.workspace, desk.show, DAY).title == ("Trois" if killed_at == 2 else "Main")
    desk.title("Quatre")
    wanted = ["Quatre", *(["Trois"] if killed_at == 2 else []), "Main", "Deux", "Essai"]
    assert desk.titles() == wanted


def test_a_history_without_room_costs_no_edit_once_the_plan_is_written(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.title("Deux")

    def full(path: Path, content: bytes) -> None:
        if path.parent == desk.folder.history:
            raise DiskError("plein")
        atomic_write(path, content)

    monkeypatch.setattr(history, "atomic_write", full)
    assert desk.title("Trois").title == "Trois"
    with pytest.raises(DiskError):
        desk.title("Quatre")
    monkeypatch.undo()
    assert read_episode(desk.workspace, desk.show, DAY).title == "Trois"
    desk.title("Cinq")
    assert desk.titles() == ["Cinq", "Trois", "Deux", "Essai"]


def test_a_read_only_disk_can_be_read_and_says_why_it_cannot_be_written(workspace_root: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disque", 4) as disk:
        _copy(workspace_root, disk)
        desk = Desk(disk)
        desk.title("Deux")
        before = {path: path.read_bytes() for path in disk.rglob("*.toml")}
        make_read_only(disk)
        assert read_episode(desk.workspace, desk.show, DAY).title == "Deux"
        assert desk.titles() == ["Deux", "Essai"]
        with pytest.raises(DiskError, match="lecture seule"):
            desk.title("Trois")
        with pytest.raises(DiskError, match="lecture seule"):
            desk.back(1)
        assert {path: path.read_bytes() for path in disk.rglob("*.toml")} == before


def test_a_full_disk_keeps_the_plan(workspace_root: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disque", 1) as disk:
        _copy(workspace_root, disk)
        desk = Desk(disk)
        desk.title("Deux")
        before = desk.plan.read_bytes()
        with contextlib.suppress(OSError), (disk / "plein").open("wb", buffering=0) as stream:
            while stream.write(b"x" * 4096):
                pass
        with pytest.raises(DiskError, match="plus de place"):
            desk.title("Trois")
        assert desk.plan.read_bytes() == before
        (disk / "plein").unlink()
        desk.title("Quatre")
        assert desk.titles() == ["Quatre", "Deux", "Essai"]


def _copy(root: Path, disk: Path) -> None:
    shutil.copy(root / "shows.toml", disk)
    shutil.copytree(root / "episodes", disk / "episodes")


def test_a_missing_episode_is_told_and_nothing_is_made(desk: Desk) -> None:
    day = date(2026, 12, 3)
    with pytest.raises(WorkspaceError, match="nouveau episode"):
        edit_episode(desk.workspace, desk.show, day, lambda newest: newest, NOON)
    assert not desk.workspace.folder("fil", day).path.exists()
