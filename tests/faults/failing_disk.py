"""Runs a command on a disk of which one call fails."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("failing_disk.c")


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


def failing_at(library: Path, root: Path, call: int, count: Path, errno: int) -> dict[str, str]:
    """The environment in which the ``call``-th call on a file below ``root`` fails; 0 for none."""
    return {
        "LD_PRELOAD": str(library),
        "FAULT_ROOT": str(root),
        "FAULT_AT": str(call),
        "FAULT_COUNT": str(count),
        "FAULT_ERRNO": str(errno),
    }
