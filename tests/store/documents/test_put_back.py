"""A file that is changed together with something else is as it was, where that fails."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bobine.store.files import atomic_write, put_back_on_error


def change_and_fail(path: Path) -> None:
    with put_back_on_error(path):
        atomic_write(path, b"new")
        raise KeyboardInterrupt


@pytest.mark.parametrize("second_names", [True, False])
def test_it_is_put_back_to_the_byte(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, second_names: bool) -> None:
    def refused(*_: object) -> None:
        raise OSError

    if not second_names:
        monkeypatch.setattr(os, "link", refused)
        monkeypatch.setattr(Path, "hardlink_to", refused)
    path = tmp_path / "ideas.toml"
    path.write_bytes(b"old")
    path.chmod(0o640)
    with pytest.raises(KeyboardInterrupt):
        change_and_fail(path)
    assert path.read_bytes() == b"old"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [*tmp_path.iterdir()] == [path]
    with put_back_on_error(path):
        atomic_write(path, b"new")
    assert path.read_bytes() == b"new"
    assert [*tmp_path.iterdir()] == [path]


def test_one_that_was_not_there_goes_again(tmp_path: Path) -> None:
    path = tmp_path / "ideas.toml"
    with pytest.raises(KeyboardInterrupt):
        change_and_fail(path)
    assert not [*tmp_path.iterdir()]


def test_what_fails_before_anything_was_written_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "ideas.toml"
    path.write_bytes(b"old")
    with pytest.raises(ValueError, match="no"), put_back_on_error(path):
        raise ValueError("no")
    assert path.read_bytes() == b"old"
    assert [*tmp_path.iterdir()] == [path]
