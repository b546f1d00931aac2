"""Real file systems for tests: small ones that fill up, and ones that cannot be written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system of its own in ``folder``; the test is skipped where none can be mounted, and fails so in CI."""
    folder.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={megabytes}m"]
    if subprocess.run(["mount", *options, "tmpfs", str(folder)], capture_output=True).returncode:
        reason = "a tmpfs cannot be mounted here (root is needed)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def make_read_only(folder: Path) -> None:
    """Remount a ``small_disk`` so that nobody, root included, can write it."""
    subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
