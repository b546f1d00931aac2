"""The lock at a destination: one holder at a time, taken over after a kill, never in a change."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from bobine.errors import PublishError
from bobine.publish.destinations.own_sending import computer_of
from bobine.publish.destinations.remote import lock as locks
from bobine.publish.destinations.remote.lock import LOCK, STALE_S, UNSIGNED_S, RemoteLock
from tests.publish.stores import LocalFiles


class Clock:
    """A clock that goes on while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


def lock_of(files: LocalFiles, computer: Path, clock: Clock, server_now: float | None = None) -> RemoteLock:
    return RemoteLock(files, "site", "sftp://site/", computer, lambda: server_now, clock=clock, sleep=clock.sleep)


@pytest.fixture
def files(tmp_path: Path) -> LocalFiles:
    (tmp_path / "host").mkdir()
    return LocalFiles(tmp_path / "host")


def test_a_lock_is_given_back_without_a_trace(files: LocalFiles, tmp_path: Path) -> None:
    with lock_of(files, tmp_path / "here", Clock()).held() as held:
        assert held.is_still_ours()
        (holder,) = (files.folder / LOCK).iterdir()
        assert holder.name.count(".") == 2
    assert list(files.folder.iterdir()) == []


def test_a_lock_of_this_computer_that_a_kill_left_is_taken_over_at_once(files: LocalFiles, tmp_path: Path) -> None:
    clock = Clock()
    killed = lock_of(files, tmp_path / "here", clock)
    killed._take(f"{computer_of(tmp_path / 'here')}{killed._place}.dead.0")
    with lock_of(files, tmp_path / "here", clock).held() as held:
        assert held.is_still_ours()
    assert clock.now == 1000
    assert list(files.folder.iterdir()) == []


@pytest.mark.parametrize(("content", "longest_s"), [("another.x.0", STALE_S), (None, UNSIGNED_S)])
def test_a_lock_of_another_computer_is_waited_for_and_then_taken_over(
    files: LocalFiles, tmp_path: Path, content: str | None, longest_s: float
) -> None:
    clock, told = Clock(), []
    (files.folder / LOCK).mkdir()
    if content:
        (files.folder / LOCK / content).mkdir()
    lock = lock_of(files, tmp_path / "here", clock)
    lock.on_wait = lambda words, done, total: told.append((words, done, total))
    with lock.held():
        assert longest_s < clock.now - 1000 < longest_s + 2
    assert list(files.folder.iterdir()) == []
    assert {(words, total) for words, _, total in told} == {
        (f"Un autre envoi tient le verrou, ou a été coupé : attente, {longest_s:.0f} s au plus", longest_s)
    }
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_a_lock_that_is_old_by_the_servers_clock_is_not_waited_for(files: LocalFiles, tmp_path: Path) -> None:
    clock = Clock()
    (files.folder / LOCK / "another.x.0").mkdir(parents=True)
    modified = (files.folder / LOCK / "another.x.0").stat().st_mtime
    with lock_of(files, tmp_path / "here", clock, modified + STALE_S + 1).held():
        assert clock.now == 1000


def test_an_empty_lock_that_is_old_by_the_servers_clock_is_not_waited_for(files: LocalFiles, tmp_path: Path) -> None:
    clock = Clock()
    (files.folder / LOCK).mkdir()
    modified = (files.folder / LOCK).stat().st_mtime
    with lock_of(files, tmp_path / "here", clock, modified + UNSIGNED_S + 1).held():
        assert clock.now == 1000


def test_who_signs_a_lock_that_was_taken_over_before_changes_nothing(files: LocalFiles, tmp_path: Path) -> None:
    slow = lock_of(files, tmp_path / "slow", Clock())
    (files.folder / LOCK).mkdir()  # the slow one's, not signed yet
    with lock_of(files, tmp_path / "here", Clock()).held() as held:
        assert held.is_still_ours()
        slow._sign("slow.x.0")
        assert not held.is_still_ours()
        assert slow._names() != ["slow.x.0"]


def test_a_lock_that_changes_hands_is_never_taken_over(files: LocalFiles, tmp_path: Path) -> None:
    clock = Clock()
    (files.folder / LOCK / "another.0.0").mkdir(parents=True)

    def busy(seconds: float) -> None:
        clock.sleep(seconds)
        (held,) = (files.folder / LOCK).iterdir()
        held.rename(held.with_name(f"another.{clock.now}.0"))

    lock = RemoteLock(files, "site", "sftp://site/", tmp_path / "here", lambda: None, clock=clock, sleep=busy)
    with pytest.raises(PublishError, match="un autre ordinateur y publie"), lock.held():
        pass
    assert (files.folder / LOCK).is_dir()


def test_who_lost_a_lock_learns_of_it_and_leaves_the_new_one(files: LocalFiles, tmp_path: Path) -> None:
    clock = Clock()
    with (
        lock_of(files, tmp_path / "slow", clock).held() as slow,
        lock_of(files, tmp_path / "quick", clock).held() as quick,
    ):
        assert quick.is_still_ours()
        assert not slow.is_still_ours()
    assert list(files.folder.iterdir()) == []


def test_a_living_lock_that_was_moved_aside_is_put_back(files: LocalFiles, tmp_path: Path) -> None:
    """Somebody took the dead lock over between the look at it and the move."""
    lock = lock_of(files, tmp_path / "here", Clock())
    (files.folder / LOCK / "living.x.0").mkdir(parents=True)
    lock._clear("dead.x.0")
    assert [one.name for one in (files.folder / LOCK).iterdir()] == ["living.x.0"]


class MovedAside(LocalFiles):
    """Somebody takes the lock for a dead one just as its holder puts their name in, and puts it back later."""

    def __init__(self, folder: Path, times: int) -> None:
        super().__init__(folder)
        self.times = times

    def make_folder(self, path: str) -> bool:
        if "/" in path and self.times:
            self.times -= 1
            raise PublishError("Le dossier n'existe pas.")
        return super().make_folder(path)


def test_a_lock_that_is_moved_aside_while_it_is_signed_is_signed_once_it_is_back(tmp_path: Path) -> None:
    (tmp_path / "host").mkdir()
    for times in range(5):
        files, clock = MovedAside(tmp_path / "host", times), Clock()
        with lock_of(files, tmp_path / "here", clock).held() as held:
            assert held.is_still_ours()
        assert clock.now - 1000 < 1
        assert list(files.folder.iterdir()) == []
    refused = MovedAside(tmp_path / "host", 1000)
    with pytest.raises(PublishError, match="n'existe pas"), lock_of(refused, tmp_path / "here", Clock()).held():
        pass


def test_of_two_who_signed_one_lock_neither_believes_it_and_each_takes_back_its_own_name(
    files: LocalFiles, tmp_path: Path
) -> None:
    with lock_of(files, tmp_path / "here", Clock()).held() as held:
        (files.folder / LOCK / "another.x.0").mkdir()
        assert not held.is_still_ours()
    assert [one.name for one in (files.folder / LOCK).iterdir()] == ["another.x.0"]


def test_former_locks_that_a_kill_left_aside_are_taken_away(files: LocalFiles, tmp_path: Path) -> None:
    (files.folder / f"{LOCK}-left" / "another.x.0").mkdir(parents=True)
    (files.folder / f"{LOCK}-filled").mkdir()
    (files.folder / f"{LOCK}-filled" / "file").write_text("nobody's")
    entries = files.entries("") or []
    now = max(entry.modified or 0.0 for entry in entries)
    for later, left in ((3000, 2), (4000, 1)):
        lock_of(files, tmp_path / "here", Clock(), now + later).clear_away(entries, 3600)
        assert len(list(files.folder.iterdir())) == left


def test_of_many_at_once_one_holds_it(files: LocalFiles, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Computers of their own, so that only the folder at the destination keeps them apart."""
    monkeypatch.setattr(locks, "_POLL_S", (0.001,))
    inside, most, done = 0, 0, 0
    guard = threading.Lock()

    def work(number: int) -> None:
        nonlocal inside, most, done
        lock = RemoteLock(files, "site", "sftp://site/", tmp_path / f"computer-{number}", lambda: None)
        for _ in range(5):
            with lock.held():
                with guard:
                    inside += 1
                    most = max(most, inside)
                with guard:
                    inside -= 1
                    done += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (most, done) == (1, 20)
    assert list(files.folder.iterdir()) == []
