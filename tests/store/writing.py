"""A program that edits one field of one item over and over: a process of its own, forked from one that has imported."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bobine.errors import BusyError
from bobine.plan.files.editing import commit_episode
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import open_workspace
from tests.forking import fork

DAY = date(2026, 11, 26)


class Writer:
    """A process that waits for a word, then edits from what it last saw, and tells each edit that is written."""

    def __init__(self, root: Path, item_id: str, field: str, count: int) -> None:
        """Start it, and wait until it is ready."""
        self._ours, theirs = multiprocessing.Pipe()
        self.process = fork(_write, theirs, root, item_id, field, count)
        theirs.close()
        assert self._ours.recv() == "ready"

    def begin(self) -> None:
        """Give the word."""
        self._ours.send("go")

    def heard(self) -> Iterator[int]:
        """The number of each edit, as it is told, until the process has ended."""
        with suppress(EOFError, OSError):  # killed while it told one
            while True:
                yield self._ours.recv()

    def end(self) -> int:
        """Wait for its end; its exit code."""
        self.process.join()
        self._ours.close()
        assert self.process.exitcode is not None
        return self.process.exitcode


def _write(said: Connection, root: Path, item_id: str, field: str, count: int) -> None:
    workspace = open_workspace(root)
    show = workspace.show("fil")
    seen = read_episode(workspace, show, DAY)
    said.send("ready")
    said.recv()
    for number in range(1, count + 1):
        value: dict[str, Any] = {field: f"{item_id} {number}"}
        rows = tuple(replace(row, **value) if row.id == item_id else row for row in seen.items)
        while True:
            try:
                done = commit_episode(workspace, show, DAY, seen, replace(seen, items=rows), datetime.now(UTC))
                break
            except BusyError:
                pass  # on a loaded machine the other one may hold the lock for long: as a screen does, try again
        assert not done.conflicts, done.conflicts
        seen = done.value
        said.send(number)
