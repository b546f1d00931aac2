"""Changes what computes in small ways and counts the changes that no test notices; the table is Markdown.

Each module is worked on by mutmut in a folder of its own, with the few tests that are about it. docs/mutations.md says
why each survivor may live.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from measuring.machine import machine

ROOT = Path(__file__).resolve().parents[2]
KILLED = frozenset({1, 3})
"""Exit codes of pytest that say a test noticed."""
SURVIVED = 0
WANTED_SHARE = 0.85


@dataclass(frozen=True)
class Module:
    """What is changed, and the tests that must notice.

    Attributes:
        name: how the table calls it.
        sources: files of ``bobine/``, or patterns of them.
        tests: files or folders of ``tests/``.
    """

    name: str
    sources: tuple[str, ...]
    tests: tuple[str, ...]


MODULES = (
    Module("timing", ("plan/timing/*",), ("plan/timing/test_timing.py", "plan/timing/test_timing_live.py",
                                          "plan/timing/test_timing_clocks.py", "plan/timing/test_timing_lines.py",
                                          "tui/onair/test_onair_words.py")),
    Module("repair", ("plan/repair/*",), ("plan/repair/test_repair.py", "plan/repair/test_repair_search.py",
                                            "plan/repair/test_repair_words.py")),
    Module("merge", ("plan/editing/merge.py", "plan/editing/orders.py"),
           ("plan/editing/test_merge.py", "plan/editing/test_merge_conflicts.py", "plan/editing/test_taking_back.py")),
    Module("fold", ("air/live/state/*",), ("air/live", "air/test_session.py", "air/test_closing.py")),
    Module("edit", ("master/edit.py",), ("master/test_edit.py", "master/test_edit_words_and_ends.py",
                                         "master/test_pieces.py")),
    Module("loudness", ("master/levelling/loudness.py",), ("master/levelling/test_loudness.py",)),
    Module("chapters", ("publish/chapters.py",),
           ("publish/media/test_chapters.py", "publish/media/test_app_chapters.py")),
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What became of the mutants of a module, each by its name.

    Attributes:
        killed: noticed by a test, or never ended.
        survived: noticed by none.
    """

    killed: tuple[str, ...]
    survived: tuple[str, ...]

    @property
    def share(self) -> float:
        """The share of those killed, from 0 to 1."""
        return len(self.killed) / max(1, len(self.killed) + len(self.survived))


def settings_of(module: Module) -> str:
    """The settings of mutmut, to be put at the end of ``pyproject.toml``."""
    chosen: dict[str, object] = {
        "source_paths": ["bobine"],
        "only_mutate": [f"bobine/{one}" for one in module.sources],
        "pytest_add_cli_args": ["-m", "not slow and not integration", "-p", "no:cacheprovider", "-p", "no:xdist",
                                "--hypothesis-profile", "mutants"],
        "pytest_add_cli_args_test_selection": [f"tests/{one}" for one in module.tests],
    }  # fmt: skip
    chosen |= {"timeout_multiplier": 4.0, "timeout_constant": 5.0}
    return "\n[tool.mutmut]\n" + "".join(f"{key} = {json.dumps(value)}\n" for key, value in chosen.items())


def prepared(module: Module, folder: Path) -> None:
    """Lay out a project with nothing but what the tests of a module need."""
    ignored = shutil.ignore_patterns("__pycache__", "node_modules", "*.lock")
    for name in ("bobine", "tests"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    (folder / "pyproject.toml").write_text(text + settings_of(module), encoding="utf-8")


def ran(module: Module, folder: Path, processes: int, verbose: bool) -> Outcome:
    """Try every mutant of a module.

    Raises:
        SystemExit: if the tests fail without any change, or mutmut does.
    """
    prepared(module, folder)
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [sys.executable, "-m", "mutmut", "run", "--max-children", str(processes)],
        cwd=folder, env=environment, text=True, capture_output=not verbose,
    )  # fmt: skip
    codes = {
        name: code
        for path in sorted((folder / "mutants").rglob("*.meta"))
        for name, code in json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].items()
    }
    if done.returncode not in (0, 1) or not codes or None in codes.values():
        raise SystemExit(f"{module.name}: mutmut ended with {done.returncode}\n{done.stdout}\n{done.stderr}")
    survived = tuple(name for name, code in codes.items() if code not in KILLED and not _never_ended(code))
    return Outcome(tuple(name for name in codes if name not in survived), survived)


def _never_ended(code: int) -> bool:
    """Whether mutmut ended the tests by a signal or by their time: the mutant loops."""
    return code in (24, 36, 152, 255) or code < 0


def changes(names: Sequence[str], folder: Path) -> str:
    """What each mutant changes, as diffs."""
    script = (
        "import sys\nimport mutmut.__main__\nfrom mutmut.mutation.diff_apply import get_diff_for_mutant\n"
        "for name in sys.argv[1:]: print(name, get_diff_for_mutant(name), sep='\\n')"
    )
    return subprocess.run([sys.executable, "-c", script, *names], cwd=folder, text=True, capture_output=True).stdout


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the table, and what each survivor changes."""
    cli = argparse.ArgumentParser(description=__doc__)
    names = [module.name for module in MODULES]
    cli.add_argument("--module", action="append", choices=names, help="only this one; may be given several times")
    cli.add_argument("--processes", type=int, default=2, help="tried at the same time (2)")
    cli.add_argument("--verbose", action="store_true", help="show what mutmut says")
    options = cli.parse_args(arguments)
    print(machine())
    print("\n| module | mutants | killed | |\n|---|---|---|---|")
    told, failed = [], False
    for module in MODULES:
        if options.module and module.name not in options.module:
            continue
        with tempfile.TemporaryDirectory(prefix="mutations-") as root:
            found = ran(module, Path(root), options.processes, options.verbose)
            told.append(changes(found.survived, Path(root)))
        count = len(found.killed) + len(found.survived)
        print(f"| {module.name} | {count} | {len(found.killed)} | {found.share:.0%} |", flush=True)
        failed = failed or found.share < WANTED_SHARE
    print("\n".join(told))
    raise SystemExit(1 if failed else 0)


if __name__ == "__main__":
    main()
