"""Times the screens as a person meets them: the real program in a pseudo-terminal, keys in, bytes out.

First paint is counted from the start of the process. A key counts from when it is sent to the last byte that it made
the program draw, before the terminal is quiet for a while. The table is Markdown.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import re
import select
import signal
import statistics
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable
from pathlib import Path

from machine import machine
from season_maker import make_season

QUIET_S = 0.06
"""So long without a byte, and the key is painted."""

_CONTROL = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[@-Z\\-_])")


class Terminal:
    """The program in a pseudo-terminal of 120 columns and 40 lines."""

    def __init__(self, workspace: Path, size: tuple[int, int] = (120, 40)) -> None:
        self.started = time.perf_counter()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor", BOBINE_CONFIG=str(workspace / "config"))
            os.environ.pop("NO_COLOR", None)
            os.execv(sys.executable, [sys.executable, "-m", "bobine", "--atelier", str(workspace)])
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))

    def wait_for(self, text: str, timeout_s: float = 30) -> float:
        """Seconds from the start until this text was drawn."""
        seen = b""
        wanted = text.encode()
        while time.perf_counter() - self.started < timeout_s:
            seen += self._read(0.05)
            if wanted in _CONTROL.sub(b"", seen).replace(b"\xc2\xa0", b" "):
                return time.perf_counter() - self.started
        raise SystemExit(f"« {text} » was never drawn")

    def calm(self, quiet_s: float = 0.5) -> None:
        """Wait until nothing is drawn any more."""
        while self._read(quiet_s):
            pass

    def key(self, keys: bytes) -> float:
        """Milliseconds from a key to the last byte that it drew."""
        start = last = time.perf_counter()
        os.write(self._master, keys)
        while self._read(QUIET_S if last > start else 0.5):
            last = time.perf_counter()
        return (last - start) * 1000

    def close(self) -> None:
        """End the program."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)

    def _read(self, timeout_s: float) -> bytes:
        if not select.select([self._master], [], [], timeout_s)[0]:
            return b""
        try:
            return os.read(self._master, 65536)
        except OSError:
            raise SystemExit("the program ended") from None


def first_paints(workspace: Path, times: int, text: str) -> list[float]:
    """Seconds to a text on the first screen, over several starts."""
    found = []
    for _ in range(times):
        terminal = Terminal(workspace)
        found.append(terminal.wait_for(text))
        terminal.close()
    return found


def keystrokes(workspace: Path, times: int) -> dict[str, list[float]]:
    """Milliseconds of each sort of key on the next show's rundown."""
    terminal = Terminal(workspace)
    terminal.wait_for("prêt")
    terminal.calm()
    os.write(terminal._master, b"\r")
    terminal.wait_for("À rebours")
    terminal.calm(1)
    turns: dict[str, Callable[[int], bytes]] = {
        "the cursor goes down or up": lambda n: b"\x1b[B" if n // 30 % 2 == 0 else b"\x1b[A",
        "an item moves down or up": lambda n: b"\x1b[1;2B" if n // 30 % 2 == 0 else b"\x1b[1;2A",
        "an item gets 10 s longer or shorter": lambda n: b"+" if n % 2 == 0 else b"-",
        "undo": lambda _: b"u",
    }
    found = {}
    for what, turn in turns.items():
        found[what] = [terminal.key(turn(n)) for n in range(times)]
        terminal.calm(1)
    os.write(terminal._master, b"p")
    terminal.calm(0.5)
    found["a letter is typed, with completion"] = [terminal.key(b"s" if n % 2 == 0 else b"\x7f") for n in range(times)]
    terminal.close()
    return found


def main() -> None:
    """Print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--times", type=int, default=300, help="keys that each figure is made of (300)")
    cli.add_argument("--starts", type=int, default=10, help="starts that the first paint is made of (10)")
    options = cli.parse_args()
    print(machine())
    print()
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder)
        make_season(workspace, episodes=40, items=40)
        print("| a season of 40 episodes of 40 items | median s | slowest s |")
        print("|---|---|---|")
        for what, text in (
            ("first paint: the calendar", "Saison "),
            ("every episode read and judged", "40 émissions : "),
        ):
            found = first_paints(workspace, options.starts, text)
            print(f"| {what} | {statistics.median(found):.2f} | {max(found):.2f} |", flush=True)
        print()
        print("| a rundown of 40 items, 120×40 | median ms | 99th percentile ms |")
        print("|---|---|---|")
        for what, spent in keystrokes(workspace, options.times).items():
            tail = statistics.quantiles(spent, n=100)[98]
            print(f"| {what} | {statistics.median(spent):.1f} | {tail:.1f} |", flush=True)


if __name__ == "__main__":
    main()
