"""Processes that are forked from one that has imported what they need.

A process has one such server, with one list of what it imports: what two modules set, the first would lose.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import pkgutil
import sys
import threading
from collections.abc import Callable
from functools import cache
from multiprocessing import forkserver
from multiprocessing.process import BaseProcess
from pathlib import Path

import bobine.commands

ROOT = str(Path(__file__).resolve().parent.parent)

IMPORTED = (
    *(f"bobine.commands.{module.name}" for module in pkgutil.iter_modules(bobine.commands.__path__)),
    *("boto3", "paramiko"),  # what a destination imports once it is used
    *("tests.command_apart", "tests.warmed", "tests.publish.every_request.processes"),
)
"""The modules that a forked process need not import."""

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload([*IMPORTED])

_STARTING = threading.Lock()
"""Who starts a process also looks whether others ended: one thread at a time."""


def fork(target: Callable[..., object], *arguments: object, daemon: bool = False) -> BaseProcess:
    """Begin a process that is forked.

    Args:
        target: a function of a module, which the process finds by its name.
        arguments: what it is given; they are pickled.
        daemon: whether the process ends with this one.
    """
    process = _FORKS.Process(target=target, args=arguments, daemon=daemon)
    with _STARTING:
        _begin_server()
        process.start()
    return process


def join(process: BaseProcess) -> None:
    """Take note of a process that ended."""
    with _STARTING:
        process.join()


@cache
def _begin_server() -> None:
    """Begin in the project's folder, where it finds what it imports, wherever the first test that needs it works."""
    if ROOT not in sys.path:
        sys.path.append(ROOT)  # for the processes themselves
    with contextlib.chdir(ROOT):
        forkserver.ensure_running()
