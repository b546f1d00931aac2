"""The technician of the tests: the real program in a pseudo-terminal, keys in, what is drawn read all the time."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Self

from tests.conftest import ROOT

sys.path.insert(0, str(ROOT / "scripts" / "benchmarks"))

from measuring.terminal import Terminal, text_of

ENTER, UP, DOWN = b"\r", b"\x1b[A", b"\x1b[B"
PATIENCE_S = 30


class Technician:
    """``bobine`` with some arguments, and the hands on its keys."""

    def __init__(self, root: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        variables = {"BOBINE_CONFIG": str(root / "config"), "PYTHONPATH": str(ROOT), **(environment or {})}
        self._terminal = Terminal(["-m", "bobine", "--atelier", str(root), *arguments], variables)
        self._drawn = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._terminal.__exit__()

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._terminal.pid

    @property
    def text(self) -> str:
        """All that was drawn since the last key, as text."""
        return text_of(self._drawn)

    def watch(self, until: float) -> None:
        """Let time go by until an instant of ``time.monotonic``."""
        while (left := until - time.monotonic()) > 0:
            try:
                self._drawn += self._terminal.read(min(left, 0.05))
            except SystemExit as ended:
                raise SystemExit(f"{ended}; drawn last: {self.text[-2000:]}") from None

    def press(self, *keys: bytes) -> None:
        """Press keys, one after the other, as a hand does."""
        self._drawn = b""
        for key in keys:
            self._terminal.send(key)
            self.watch(time.monotonic() + 0.15)

    def leave(self, *keys: bytes) -> None:
        """Press keys that end the program; it may be gone before the last one was looked at."""
        with contextlib.suppress(SystemExit):
            self.press(*keys)

    def until(self, true: Callable[[], bool], what: str) -> None:
        """Wait for something that must come."""
        limit = time.monotonic() + PATIENCE_S
        while not true():
            assert time.monotonic() < limit, f"{what} never came; drawn: {self.text[-2000:]}"
            self.watch(time.monotonic() + 0.05)

    def sees(self, words: str, patience_s: float = PATIENCE_S) -> float:
        """Wait until words are drawn; gives how long it took, in seconds."""
        begun = time.monotonic()
        while words not in self.text:
            assert time.monotonic() < begun + patience_s, f"{words!r} was never drawn: {self.text[-2000:]}"
            self.watch(time.monotonic() + 0.05)
        return time.monotonic() - begun

    def open_anyway(self) -> None:
        """Open the real show outside of its slot: it asks, and hears no key in the first second."""
        self.sees("Ouvrir quand même")
        self.watch(time.monotonic() + 1.2)
        self.press(DOWN, DOWN, ENTER)
        self.watch(time.monotonic() + 0.6)

    def kill(self, sent: signal.Signals = signal.SIGKILL) -> None:
        """End the program by a signal, as others do."""
        os.kill(self.pid, sent)

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        self._terminal.hang_up()
