"""A program in a pseudo-terminal: keys in, bytes out, and when they came."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Self

QUIET_S = 0.1
"""So long without a byte, and what a key made the program draw is painted."""

LONGEST_S = 30
"""A program that has not drawn what is waited for by then never will."""

_CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")
_NO_BREAK = re.compile("[\u00a0\u202f]")


class Terminal:
    """A Python program in a terminal of its own.

    Args:
        arguments: what follows ``python``.
        environment: variables beside those of this process.
        size: columns and lines.
    """

    def __init__(
        self, arguments: Sequence[str], environment: Mapping[str, str], size: tuple[int, int] = (120, 40)
    ) -> None:
        variables = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        variables.pop("NO_COLOR", None)
        self._started = time.perf_counter()
        self._pid, self._master = pty.fork()
        if self._pid == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
            os.execve(sys.executable, [sys.executable, *arguments], variables)

    @property
    def pid(self) -> int:
        """The program's process."""
        return self._pid

    def wait_for(self, drawn: Callable[[str], bool], what: str) -> float:
        """Seconds from the start of the process until what was drawn so far, as text, is enough."""
        seen = b""
        while time.perf_counter() - self._started < LONGEST_S:
            seen += self.read(0.05)
            at = time.perf_counter()
            if drawn(text_of(seen)):
                return at - self._started
        raise SystemExit(f"{what}: never drawn")

    def calm(self, quiet_s: float = 0.4) -> None:
        """Wait until nothing is drawn any more, but for a text cursor that blinks each half second."""
        while self.read(quiet_s):
            pass

    def send(self, keys: bytes) -> None:
        """Press a key, without a look at what it does."""
        os.write(self._master, keys)

    def key(self, keys: bytes) -> float:
        """Milliseconds from a key to the last byte that it made the program draw; one that draws nothing is a fault."""
        start = time.perf_counter()
        os.write(self._master, keys)
        last = start
        while self.read(QUIET_S if last > start else 1):
            last = time.perf_counter()
        if last == start:
            raise SystemExit(f"{keys!r} drew nothing")
        return (last - start) * 1000

    def __enter__(self) -> Self:
        return self

    def hang_up(self) -> None:
        """Close the terminal under the program."""
        if self._master >= 0:
            os.close(self._master)
            self._master = -1

    def __exit__(self, *_: object) -> None:
        """End the program."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self._pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self._pid, 0)
        self.hang_up()

    def read(self, timeout_s: float) -> bytes:
        """What the program draws within some time, in seconds: what is there at first, or nothing.

        Raises:
            SystemExit: if the program has ended.
        """
        if not select.select([self._master], [], [], timeout_s)[0]:
            return b""
        try:
            return os.read(self._master, 65536)
        except OSError:
            raise SystemExit("the program ended") from None


def text_of(drawn: bytes) -> str:
    """What was drawn, without colours and places, with plain spaces."""
    return _NO_BREAK.sub(" ", _CONTROL.sub(b"", drawn).decode(errors="replace"))
