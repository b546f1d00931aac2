"""A disk that fails at each call in turn: our own sentence, nothing lost, and the same bytes after one re-run.

A few calls of each command in turn, chosen by a seed; all of them with ``BOBINE_EVERY_CALL=1``.
"""

from __future__ import annotations

import errno
import os
import random
import re
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.conftest import ATELIER, Atelier, Evening
from tests.faults.failing_disk import FailingDisk, built_disk

pytestmark = [pytest.mark.slow, pytest.mark.boundary]

AT_ONCE = 4
"""Calls tried side by side: a command waits for its disk, which has to sync, more than it works."""

SAMPLE = 8
"""Calls tried for a command and an error, without BOBINE_EVERY_CALL."""

ERRORS = (errno.EIO, errno.ENOLCK, errno.ESTALE, errno.ENOTCONN)

COMMANDS: dict[str, tuple[str, ...]] = {
    "a new episode": ("nouveau", "episode", "2026-12-03"),
    "the rundown read": ("conducteur", "2026-11-26", "--controle"),
    "a hold": ("garder", "2026-11-26", "--motif", "un doute"),
    "the history": ("historique", "2026-11-26"),
    "a check": ("verifier",),
}


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FailingDisk]:
    with FailingDisk(built_disk(tmp_path_factory.mktemp("disk"))) as found:
        yield found


@pytest.fixture
def own(tmp_path: Path) -> Atelier:
    """The association's workspace."""
    root = tmp_path / "atelier"
    root.mkdir()
    shutil.copyfile(ATELIER / "shows.toml", root / "shows.toml")
    shutil.copytree(
        ATELIER / "episodes", root / "episodes", ignore=shutil.ignore_patterns("*.lock", "history", "master")
    )
    return Atelier(root)


# also the prints that pages are noted by, which instants are part of
INSTANT = re.compile(
    rb'\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.+:Z-]*|"[0-9a-f]{16}"'
    rb"|[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d (?:GMT|[+-]\d{4})"
    rb"|<!-- bobine [0-9a-f]{64} -->"  # the seal of a feed: over its instants too
)


def contents(root: Path) -> dict[str, bytes]:
    """Every file that people or later commands read, instants taken out; what is passing is left out."""
    return {
        path.relative_to(root).as_posix(): INSTANT.sub(b"<instant>", path.read_bytes())
        for path in sorted(root.rglob("*"))
        if path.is_file() and not path.name.endswith(".lock") and "history" not in path.parts
    }


def tried_calls(count: int, seed: int) -> list[int]:
    calls = range(1, count + 1)
    if os.environ.get("BOBINE_EVERY_CALL"):
        return [*calls]
    return sorted(random.Random(seed).sample(calls, min(SAMPLE, count)))


def side_by_side(survives: Callable[[int, int], None], tries: list[tuple[int, int]]) -> None:
    """Try each error at each call, a few at once; the first that fails is what the test says."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for _ in threads.map(lambda one: survives(*one), tries):
            pass


def on(atelier: Atelier, arguments: tuple[str, ...]) -> tuple[str, ...]:
    """The arguments of a command in that workspace."""
    return ("--atelier", str(atelier.root), *arguments)


def fail_at_each_call(
    disk: FailingDisk,
    make: Callable[[Path], Atelier],
    folder: Path,
    arguments: tuple[str, ...],
    attempt: Callable[[str], AbstractContextManager[None]],
    errors: tuple[int, ...] = ERRORS,
) -> None:
    """Run a command with one failing call, then once more without; compare with a run without any."""
    good = make(folder / "good")
    counted = folder / "count"
    disk.run(on(good, arguments), good.root, 0, counted, 0)
    count = max(int(line) for line in counted.read_text().split())
    wanted = contents(good.root)
    before = contents(make(folder / "before").root)

    def survives(error: int, call: int) -> None:
        here = make(folder / f"{error}-{call}")
        counting = folder / f"n-{error}-{call}"
        with attempt("a disk that fails at one call, then a second run"):
            done = disk.run(on(here, arguments), here.root, call, counting, error)
            assert "Traceback" not in done.stdout + done.stderr, (call, error, done.stderr)
            assert "rapport" not in done.stderr, (call, error, done.stderr)
            assert done.returncode in (0, 1), (call, error, done.returncode, done.stderr)
            if done.returncode == 1:
                assert done.stdout.strip() or done.stderr.strip(), (call, error)
            left = contents(here.root)
            for name, content in before.items():
                assert left.get(name) in (content, wanted.get(name)), (call, error, name)
            again = here.finish(*arguments)
            assert "Traceback" not in again.stdout + again.stderr
            assert contents(here.root) == wanted, (call, error)
        shutil.rmtree(here.root.parent if here.root.parent != folder else here.root)

    side_by_side(survives, [(error, call) for seed, error in enumerate(errors) for call in tried_calls(count, seed)])


def test_the_disk_fails_where_it_is_told_to(own: Atelier, disk: FailingDisk, tmp_path: Path) -> None:
    for call, code in ((0, 0), (1, 1)):
        done = disk.run(on(own, ("historique", "2026-11-26")), own.root, call, tmp_path / "count", errno.EIO)
        assert done.returncode == code, done.stderr
    assert min(int(line) for line in (tmp_path / "count").read_text().split()) > 0


@pytest.mark.parametrize("name", COMMANDS)
def test_each_call_of_a_command(
    own: Atelier,
    disk: FailingDisk,
    tmp_path: Path,
    name: str,
    attempt: Callable[[str], AbstractContextManager[None]],
) -> None:
    def make(folder: Path) -> Atelier:
        shutil.copytree(own.root, folder / "atelier")
        return Atelier(folder / "atelier")

    (tmp_path / "tries").mkdir()
    fail_at_each_call(disk, make, tmp_path / "tries", COMMANDS[name], attempt)


def test_each_call_of_a_publication(
    evening: Evening, disk: FailingDisk, tmp_path: Path, attempt: Callable[[str], AbstractContextManager[None]]
) -> None:
    (tmp_path / "tries").mkdir()

    def make(folder: Path) -> Atelier:
        folder.mkdir()
        return evening.atelier.copy(folder)

    arguments = ("publier", "2026-11-19")
    good = make(tmp_path / "tries" / "good")
    counted = tmp_path / "count"
    untroubled = disk.run(on(good, arguments), good.root.parent, 0, counted, 0)
    assert untroubled.returncode == 0, untroubled.stderr
    count = max(int(line) for line in counted.read_text().split())
    wanted = contents(good.root.parent / "feed")

    def survives(error: int, call: int) -> None:
        folder = tmp_path / "tries" / f"{error}-{call}"
        here = make(folder)
        counting = tmp_path / f"n-{error}-{call}"
        with attempt("a disk that fails at one call, then a second run"):
            done = disk.run(on(here, arguments), folder, call, counting, error)
            assert "Traceback" not in done.stderr, (call, error, done.stderr)
            assert done.returncode in (0, 1)
            here.run(*arguments)
            assert contents(folder / "feed") == wanted, (call, error)
        shutil.rmtree(folder)

    errors = (errno.EIO, errno.ENOSPC)
    side_by_side(survives, [(error, call) for seed, error in enumerate(errors) for call in tried_calls(count, seed)])
