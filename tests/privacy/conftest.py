"""Covers that are a test's own, since a removal also removes them, and a workspace that names somebody everywhere."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.privacy.filled import fill


@pytest.fixture(autouse=True)
def _own_covers(new_state: Callable[[], Path], monkeypatch: pytest.MonkeyPatch) -> None:
    state = new_state()
    shared = (state / "covers").resolve()
    (state / "covers").unlink()
    shutil.copytree(shared, state / "covers", copy_function=os.link)
    monkeypatch.setenv("BOBINE_STATE", str(state))


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    (tmp_path / "atelier").mkdir()
    fill(tmp_path / "atelier")
    return tmp_path / "atelier"
