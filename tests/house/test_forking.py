"""A forked process begins with what it needs: an import that fails there, or a second list, is silent and slow."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.forking import IMPORTED, ROOT, fork, join


def _note(path: Path) -> None:
    path.write_text("\n".join(sys.modules), "utf-8")


@pytest.mark.integration
def test_who_is_forked_has_imported_everything(tmp_path: Path) -> None:
    join(fork(_note, tmp_path / "modules"))
    assert set(IMPORTED) <= set((tmp_path / "modules").read_text("utf-8").splitlines())


def test_the_list_is_set_in_one_place() -> None:
    setting = [
        path for path in Path(ROOT).glob("tests/**/*.py") if "set_forkserver_preload(" in path.read_text("utf-8")
    ]
    assert sorted(path.name for path in setting) == ["forking.py", "test_forking.py"]
