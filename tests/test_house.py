"""The import rule is held, and the checker that holds it notices when it is broken."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})


@pytest.fixture
def house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "bobine", tmp_path / "bobine", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


@pytest.mark.slow
def test_the_rule_is_held(house: Path) -> None:
    done = lint(house)
    assert done.returncode == 0, done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bobine/model/show.py", "import bobine.store.files"),
        ("bobine/store/files.py", "import bobine.master.edit"),
        ("bobine/master/render.py", "import bobine.publish.feed"),
        ("bobine/publish/feed.py", "import bobine.air.marks"),
        ("bobine/air/importer.py", "import bobine.commands.console"),
        ("bobine/master/edit.py", "import time"),
        ("bobine/master/loudness.py", "from pathlib import Path"),
        ("bobine/model/people.py", "import tomlkit"),
        ("bobine/tui/onair/words.py", "import bobine.tui.rundown.rows"),
        ("bobine/tui/kit/lists/rows.py", "import bobine.tui.season.rows"),
        ("bobine/publish/destinations/folder.py", "import subprocess"),
    ],
)
def test_breaking_the_rule_is_noticed(house: Path, file: str, line: str) -> None:
    path = house / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{line}\n", encoding="utf-8")
    done = lint(house)
    assert done.returncode != 0, done.stdout


def test_what_computes_reads_no_clock() -> None:
    for folder in ("model", "master/edit.py", "master/levels.py", "master/loudness.py", "publish/chapters.py"):
        path = ROOT / "bobine" / folder
        for file in [path] if path.is_file() else path.rglob("*.py"):
            text = file.read_text(encoding="utf-8")
            assert ".now(" not in text, file
            assert ".today(" not in text, file


def test_no_test_reads_the_plan_of_the_repository() -> None:
    for file in (ROOT / "tests").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'(ROOT|parents\[\d\]\)?) / "(shows\.toml|episodes)|open_workspace\(ROOT', text), file
