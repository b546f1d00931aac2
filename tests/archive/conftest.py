"""An archive with good episodes and others, mastered once by the plain command; copies of it are not mastered."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bobine.model.published.keeping import Purged, PurgedFile
from bobine.store.records.keeping import purged_path, write_purged
from tests.archive.archives import folders, make_archive
from tests.conftest import Atelier, made_once

GOOD = 2


def _make(folder: Path) -> None:
    atelier = make_archive(folder / "atelier", GOOD + 2)
    lost, purged = folders(atelier)[GOOD : GOOD + 2]
    for one in (lost, purged):
        (one / "recording" / "antenne.wav").unlink()
    gone = PurgedFile(file="antenne.wav", bytes=1)
    write_purged(purged_path(purged / "recording"), Purged(at=datetime(2026, 11, 1, tzinfo=UTC), files=(gone,)))
    said = atelier.json("monter", "--tout", code=1)
    (folder / "said.json").write_text(json.dumps(said), "utf-8")


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "archive", _make)


@pytest.fixture(scope="session")
def mastered(made: Path) -> Atelier:
    """Mastered by ``monter --tout`` without anything in its way."""
    return Atelier(made / "atelier")


@pytest.fixture(scope="session")
def said(made: Path) -> dict[str, Any]:
    """What that run said."""
    found = json.loads((made / "said.json").read_text("utf-8"))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def fresh(mastered: Atelier, tmp_path: Path) -> Callable[[], Atelier]:
    """Makes a copy that is not mastered."""

    def copy() -> Atelier:
        root = tmp_path / "atelier"
        shutil.copytree(mastered.root, root, ignore=shutil.ignore_patterns("master", ".*.lock"))
        return Atelier(root)

    return copy
