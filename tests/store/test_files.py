"""Whole files or nothing, on real disks that fail."""

from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bobine.errors import DiskError, WorkspaceError
from bobine.store.files import atomic_write, disk_errors, locked, replacing


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_bytes(b"ancien")

    def interrupted() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"moiti")
            assert temporary.parent == path.parent
            assert temporary.suffix == ".toml"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [path]


def test_success_replaces_and_keeps_permissions(tmp_path: Path) -> None:
    path = tmp_path / "sous" / "a.toml"
    atomic_write(path, b"un")
    path.chmod(0o640)
    atomic_write(path, b"deux")
    assert path.read_bytes() == b"deux"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [child.name for child in path.parent.iterdir()] == ["a.toml"]


def test_a_new_file_is_readable_as_the_umask_says(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        atomic_write(tmp_path / "a", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a").stat().st_mode) == 0o644


def test_a_symbolic_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "vrai.toml").write_bytes(b"un")
    (tmp_path / "lien.toml").symlink_to("vrai.toml")
    atomic_write(tmp_path / "lien.toml", b"deux")
    assert (tmp_path / "lien.toml").is_symlink()
    assert (tmp_path / "vrai.toml").read_bytes() == b"deux"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "plus de place"),
        (errno.EDQUOT, "plus de place"),
        (errno.EROFS, "lecture seule"),
        (errno.EACCES, "ne peut pas être écrit"),
        (errno.EPERM, "ne peut pas être écrit"),
    ],
)
def test_disk_failures_become_one_sentence_naming_the_place(number: int, words: str) -> None:
    with pytest.raises(DiskError) as caught, disk_errors(Path("/là/a.toml")):
        raise OSError(number, os.strerror(number))
    assert words in str(caught.value)
    assert "/là/a.toml" in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.boundary
@pytest.mark.parametrize("number", sorted(errno.errorcode))
def test_whatever_the_system_refuses_is_one_french_sentence(
    number: int, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    """Shares, sticks and unplugged disks answer with numbers that nobody expects."""
    if number == errno.EPIPE:
        pytest.skip("a reader of our output that has gone is no failure of a disk")
    with attempt("a disk that refuses"):
        with pytest.raises(DiskError) as caught, disk_errors(Path("/là/a.toml")):
            raise OSError(number, os.strerror(number))
        assert "/là/a.toml" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_reader_that_has_gone_is_no_failure_of_a_disk() -> None:
    with pytest.raises(BrokenPipeError), disk_errors(Path("a")):
        raise BrokenPipeError(errno.EPIPE, "gone")


def test_a_full_disk_keeps_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"ancien")

    def filled() -> None:
        with replacing(path) as temporary:
            temporary.write_bytes(b"x")
            Path("/dev/full").write_bytes(b"x")

    with pytest.raises(DiskError, match="plus de place"):
        filled()
    assert path.read_bytes() == b"ancien"
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_where_a_file_goes_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(DiskError, match="dossier"):
        atomic_write(tmp_path / "a", b"")
    (tmp_path / "fichier").write_bytes(b"")
    with pytest.raises(DiskError):
        atomic_write(tmp_path / "fichier" / "b", b"")


def test_a_lock_excludes_another_process(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    code = (
        "import sys; from pathlib import Path; from bobine.store.files import locked\n"
        "with locked(Path(sys.argv[1])): print('pris', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "pris\n"
    with pytest.raises(WorkspaceError, match="autre programme"), locked(path, timeout_s=0.05):
        pass
    holder.communicate("")
    with locked(path, timeout_s=5):
        pass


def test_a_lock_excludes_another_thread(tmp_path: Path) -> None:
    seen: list[str] = []

    def other() -> None:
        with locked(tmp_path / "a"):
            seen.append("autre")

    with locked(tmp_path / "a"):
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(0.1)
        seen.append("premier")
    thread.join()
    assert seen == ["premier", "autre"]
