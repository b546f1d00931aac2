"""No module needs itself, by whatever way round, not even for its types; and a circle made on purpose is found."""

from __future__ import annotations

import shutil
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]


def circle() -> tuple[str, ...]:
    """Modules that import one another in a circle, the first one at both ends; empty where there is no circle."""
    graph = grimp.build_graph("bobine", exclude_type_checking_imports=False, cache_dir=None)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert len(imported) > 500
    try:
        TopologicalSorter(imported).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, which is found in place of the package itself."""
    shutil.copytree(ROOT / "bobine", tmp_path / "bobine", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.delitem(sys.modules, "bobine", raising=False)
    monkeypatch.syspath_prepend(str(tmp_path))
    return tmp_path


def test_no_module_needs_itself() -> None:
    assert circle() == ()


@pytest.mark.parametrize(
    ("file", "line", "other"),
    [
        (
            "rundown/gestures/search.py",
            "if TYPE_CHECKING:\n    from bobine.tui.rundown.screen import RundownScreen",
            "bobine.tui.rundown.screen",
        ),
        ("onair/gestures/asking.py", "from bobine.tui.onair.screen import AirScreen", "bobine.tui.onair.screen"),
        (
            "documents/signatures.py",
            "def late() -> None:\n    import bobine.tui.documents.desk",
            "bobine.tui.documents.desk",
        ),
    ],
    ids=["for types", "of a gesture and its screen", "in a function"],
)
def test_a_circle_is_found(house: Path, file: str, line: str, other: str) -> None:
    path = house / "bobine" / "tui" / file
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    found = circle()
    assert found[0] == found[-1]
    assert {other, f"bobine.tui.{file.removesuffix('.py').replace('/', '.')}"} <= {*found}
