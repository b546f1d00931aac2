"""Runs a command on a disk of which one call fails."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.managers import BaseManager
from pathlib import Path
from typing import Self

import pytest

from tests.command_apart import run_command

SOURCE = Path(__file__).with_name("failing_disk.c")


class FailingDisk:
    """Runs commands on a disk that fails at a chosen call: forked from a process that has the library preloaded."""

    def __init__(self, library: Path) -> None:
        self.library = library
        self._forking = _Forking(ctx=multiprocessing.get_context("spawn"))

    def __enter__(self) -> Self:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("LD_PRELOAD", str(self.library))
            self._forking.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._forking.shutdown()

    def run(
        self, arguments: tuple[str, ...], root: Path, call: int, count: Path, errno: int
    ) -> subprocess.CompletedProcess[str]:
        """Run ``bobine`` with these arguments to its end; the ``call``-th call on a file below ``root`` fails.

        Args:
            arguments: what follows the program's name.
            root: of the files that are on that disk.
            call: which one, from 1; 0 for none.
            count: a file that takes how many calls there were.
            errno: what the call that fails says.
        """
        fault = {"FAULT_ROOT": str(root), "FAULT_AT": str(call), "FAULT_COUNT": str(count), "FAULT_ERRNO": str(errno)}
        environment = {**os.environ, "LD_PRELOAD": str(self.library), **fault}
        found = self._forking.run(arguments, environment, str(Path.cwd()))._getvalue()  # type: ignore[attr-defined]
        assert isinstance(found, subprocess.CompletedProcess)
        return found


def _run(arguments: tuple[str, ...], environment: Mapping[str, str], folder: str) -> subprocess.CompletedProcess[str]:
    return run_command(arguments, environment, folder, _on_the_disk)


class _Forking(BaseManager):
    """The process that forks."""


_Forking.register("run", callable=_run)


@contextmanager
def _on_the_disk() -> Iterator[None]:
    """In the process that was forked: count its calls from here, and say how many there were."""
    library = ctypes.CDLL(os.environ["LD_PRELOAD"])
    library.failing_disk_begin()
    try:
        yield
    finally:
        library.failing_disk_finish()


def built_disk(folder: Path) -> Path:
    """The library, built; the test is skipped where there is no C compiler, and fails so in CI."""
    compiler = shutil.which("cc")
    if compiler is None or not Path("/proc/self/fd").exists():
        reason = "a C compiler and /proc are needed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    library = folder / "failing_disk.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", str(library), str(SOURCE), "-ldl"], check=True)
    return library
