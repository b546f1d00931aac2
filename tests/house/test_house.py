"""The import rule is held, and the checker that holds it notices when it is broken."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


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
        ("bobine/master/render.py", "import bobine.publish.feed.write"),
        ("bobine/publish/feed/write.py", "import bobine.air.marks"),
        ("bobine/air/importing/importer.py", "import bobine.commands.console"),
        ("bobine/master/edit.py", "import time"),
        ("bobine/master/levelling/loudness.py", "from pathlib import Path"),
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


PURE = next(
    contract["source_modules"]
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    if contract["name"].startswith("what computes")
)


def pure_files() -> Iterator[Path]:
    for name in PURE:
        path = ROOT / name.replace(".", "/")
        yield from path.rglob("*.py") if path.is_dir() else [path.with_suffix(".py")]


def test_what_computes_reads_no_clock() -> None:
    for file in pure_files():
        code = ast.parse(file.read_text(encoding="utf-8"))
        called = (ast.unparse(node.func) for node in ast.walk(code) if isinstance(node, ast.Call))
        clocks = [name for name in called if name.split(".")[-1] in ("now", "today", "utcnow", "monotonic", "sleep")]
        assert not clocks, file


def test_what_says_that_it_is_pure_is_held_to_it() -> None:
    held = set(pure_files())
    for file in (ROOT / "bobine").rglob("*.py"):
        words = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
        assert not re.search(r"\b[Pp]ure\b[.:]", words) or file in held, file


def test_no_room_is_overfull() -> None:
    for top in (ROOT / "bobine", ROOT / "tests", ROOT / "scripts"):
        for folder in (one for one in [top, *top.rglob("*")] if one.is_dir() and one.name != "commands"):
            assert len(list(folder.glob("*.py"))) <= 15, folder


def test_no_file_is_too_long_to_be_read_at_once() -> None:
    for file in (path for folder in ("bobine", "tests", "scripts") for path in (ROOT / folder).rglob("*.py")):
        assert len(file.read_text(encoding="utf-8").splitlines()) <= 300, file


def test_no_test_reads_the_plan_of_the_repository() -> None:
    for file in (ROOT / "tests").rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert not re.search(r'(ROOT|parents\[\d\]\)?) / "(shows\.toml|episodes)|open_workspace\(ROOT', text), file


def test_json_is_read_and_written_by_one_codec() -> None:
    """``usage.py`` prints what ``--json`` gives, and nothing reads it here."""
    using = [
        file.relative_to(ROOT / "bobine").as_posix()
        for file in (ROOT / "bobine").rglob("*.py")
        if re.search(r"^\s*(import|from) (json|orjson|simplejson)\b", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]
    assert sorted(using) == ["store/codec/json_text.py", "usage.py"]
