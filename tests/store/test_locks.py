"""A disk without locks, as network shares and some sticks, loses no edit and lets nobody write at the same time."""

from __future__ import annotations

import errno
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.errors import BobineError, BusyError
from bobine.store.files import locked
from bobine.store.locks import has_locks

pytestmark = pytest.mark.boundary
Attempt = Callable[[str], AbstractContextManager[None]]
ROW = "a disk that refuses locks"


@pytest.mark.parametrize("code", ["ENOLCK", "EOPNOTSUPP", "ENOSYS", "EINVAL"])
def test_without_locks_one_writes_after_another(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(_handle: int, _how: int) -> None:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    path, inside, most = tmp_path / "plan.toml", [0], [0]
    assert not has_locks(tmp_path / "probe")

    def work() -> None:
        for _ in range(5):
            with locked(path, timeout_s=60):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    with attempt(ROW):
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert most[0] == 1
        with locked(path), pytest.raises(BusyError), locked(path, timeout_s=0.2):
            pytest.fail("two held it")
        with locked(path, timeout_s=0.2):
            pass


@pytest.mark.parametrize("code", ["EIO", "ENOTCONN", "EHOSTDOWN", "ESTALE", "EACCES"])
def test_a_lock_that_the_disk_refuses_otherwise_is_our_own_error(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(_handle: int, _how: int) -> None:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with attempt(ROW), pytest.raises(BobineError), locked(tmp_path / "plan.toml", timeout_s=0.2):
        pytest.fail("it was held")


@pytest.mark.parametrize("kind", ["link", "folder", "fifo"])
def test_what_stands_in_a_lock_s_place_is_not_touched(attempt: Attempt, tmp_path: Path, kind: str) -> None:
    place, target = tmp_path / ".plan.toml.lock", tmp_path / "papers"
    target.write_text("mine", encoding="utf-8")
    match kind:
        case "link":
            place.symlink_to(target)
        case "folder":
            place.mkdir()
        case _:
            os.mkfifo(place)
    with attempt("a link, folder or pipe in a lock's place"):
        try:
            with locked(tmp_path / "plan.toml", timeout_s=0.2):
                pass
        except BobineError:
            pass
        assert target.read_text(encoding="utf-8") == "mine"
