"""The preflight really tries the folder: what will be refused on air is told before."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.air.preflight.folder_probe import folder_check
from bobine.air.preflight.machine import Verdict
from tests.disks import make_read_only, small_disk

pytestmark = pytest.mark.boundary
Attempt = Callable[[str], AbstractContextManager[None]]
ROW = "a folder that takes no lock, write, sync or rename, before the show"


def test_a_good_folder_is_good_and_left_as_it_was(tmp_path: Path) -> None:
    assert folder_check(tmp_path).verdict is Verdict.GOOD
    assert folder_check(tmp_path / "not" / "there").verdict is Verdict.GOOD
    assert [*tmp_path.iterdir()] == []


def fill(path: Path) -> None:
    """Take all the room of a disk."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        with pytest.raises(OSError, match="No space left"):
            write_for_ever(handle)
    finally:
        os.close(handle)


def write_for_ever(handle: int) -> None:
    while os.write(handle, bytes(4096)):
        pass


def test_a_read_only_and_a_full_disk_are_bad(attempt: Attempt, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk, attempt(ROW):
        assert folder_check(disk).verdict is Verdict.GOOD
        make_read_only(disk)
        found = folder_check(disk)
        assert found.verdict is Verdict.BAD
        assert "lecture seule" in found.words
    with small_disk(tmp_path / "full", 1) as disk, attempt(ROW):
        fill(disk / "all")
        assert folder_check(disk).verdict is Verdict.BAD


@pytest.mark.parametrize("call", ["open", "write", "fsync", "rename"])
@pytest.mark.parametrize("code", ["EIO", "ENOTCONN", "EACCES", "EROFS"])
def test_each_thing_that_is_refused_is_told(
    attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, code: str
) -> None:
    def refuse(*_: object, **__: object) -> None:
        number = getattr(errno, code)
        raise OSError(number, os.strerror(number))

    with attempt(ROW), monkeypatch.context() as faulty:
        if call == "rename":
            faulty.setattr(os, "replace", refuse)
        else:
            faulty.setattr(os, call, refuse)
        assert folder_check(tmp_path).verdict is Verdict.BAD


def test_a_disk_without_locks_is_a_doubt(attempt: Attempt, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with attempt(ROW):
        assert folder_check(tmp_path).verdict is Verdict.DOUBT
