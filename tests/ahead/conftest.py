"""A show that is about to begin."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.ahead.evening import Evening
from tests.conftest import ATELIER


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    root = tmp_path / "atelier"
    shutil.copytree(ATELIER, root, ignore=shutil.ignore_patterns("recording", "master"))
    found = Evening(root, datetime(2026, 11, 26, 18, 0, 5, tzinfo=ZoneInfo("Europe/Paris")))
    yield found
    if found.process is not None:
        found.process.kill()
