"""Runs a command in a process of its own, forked from one that has imported what commands need.

An interpreter that starts and imports works longer than most commands do. The process is real: it has an environment,
a folder, an exit code and files for its output; only its start is shared with others.
"""

from __future__ import annotations

import gc
import os
import runpy
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from multiprocessing.connection import wait
from pathlib import Path

from tests.forking import fork, join

_READ_AT_START = ("LD_", "PYTHON", "LANG", "LC_")
"""What an environment says to a program that begins, and not to one that is forked."""


def may_be_forked(environment: Mapping[str, str]) -> bool:
    """Whether a process that is told this beyond our own environment need not begin from nothing."""
    return not any(name.startswith(_READ_AT_START) for name in environment)


def run_command(
    arguments: tuple[str, ...],
    environment: Mapping[str, str],
    folder: str,
    within: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> subprocess.CompletedProcess[str]:
    """Run ``bobine`` with these arguments to its end.

    Args:
        arguments: what follows the program's name.
        environment: the whole of it.
        folder: where the command works.
        within: makes the context in which it runs there.
    """
    with tempfile.TemporaryDirectory() as said:
        out, err = Path(said, "out"), Path(said, "err")
        process = fork(_become, arguments, dict(environment), folder, str(out), str(err), within)
        try:
            wait([process.sentinel])
        except BaseException:
            process.kill()
            raise
        finally:
            join(process)
        code = process.exitcode
        assert code is not None
        texts = [path.read_text("utf-8") if path.exists() else "" for path in (out, err)]
    return subprocess.CompletedProcess(arguments, code, *texts)


def _become(
    arguments: tuple[str, ...],
    environment: dict[str, str],
    folder: str,
    out: str,
    err: str,
    within: Callable[[], AbstractContextManager[None]],
) -> None:
    gc.freeze()  # what all share is never looked through, and so never copied
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        written = os.open(path, os.O_WRONLY | os.O_CREAT)
        os.dup2(written, number)
        os.close(written)
    sys.stdout = open(1, "w", encoding=sys.stdout.encoding, closefd=False)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding=sys.stderr.encoding, closefd=False, buffering=1)  # noqa: SIM115
    sys.argv = ["bobine", *arguments]
    with within():
        runpy.run_module("bobine", run_name="__main__", alter_sys=True)
