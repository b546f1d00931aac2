"""Brings what was published to the disk once a second, so that a recorder that starts after a power cut knows it."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

from bobine.air.live.own_files import open_own
from bobine.errors import BobineError

_EVERY_S = 1.0


class Syncer:
    """Syncs one file in a thread of its own: a slow disk keeps nobody waiting."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._closing = threading.Event()
        threading.Thread(target=self._run, daemon=True).start()

    def close(self) -> None:
        """Stop syncing."""
        self._closing.set()

    def _run(self) -> None:
        while not self._closing.wait(_EVERY_S):
            with contextlib.suppress(OSError, BobineError):
                handle = open_own(self._path, os.O_RDWR)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
