"""A workspace that names somebody everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.privacy.filled import fill


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BOBINE_STATE", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "home"))
    (tmp_path / "atelier").mkdir()
    fill(tmp_path / "atelier")
    return tmp_path / "atelier"
