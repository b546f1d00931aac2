"""The live screen while it records, as a person meets it: what a key takes, and how late the clock is."""

from __future__ import annotations

import os
import random
import re
import statistics
import time
import wave
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from measuring.processes import cpu_by, of_workspace, words_of
from measuring.terminal import Terminal, text_of

from bobine.air.live.recorder_link import stop_recorder
from bobine.air.live.state.hours import is_the_hour
from bobine.air.recorder.link import control
from bobine.store.workspace import open_workspace

RATE = 48_000
ZONE = ZoneInfo("Europe/Paris")
"""The show's."""

CURSOR = b"\x1b[1;38;2;22;19;11;48;2;242;196;90m"
"""What the row under the cursor is drawn with, in the dark theme."""

PATIENCE_S = 30
KNOWN_S = 2.8
"""An item counts as known, and is mastered, once the next one has been on air for about so long."""

SETTLED_S = 3
"""So long after it was opened, nothing of the screen's making is left to do."""

LOCK_OUT_S = 1.1
"""A key sooner than this after itself is a slip, and does nothing."""

_TAKEN = re.compile(r"Dernière action : À L'ANTENNE « (.*?) »")
_HOUR = re.compile(r"(\d\d:\d\d:\d\d)   ?[●○!]")


def noise(path: Path, seconds: int) -> None:
    """Write a WAV of noise, at about -18 dBFS, to be played as the input."""
    chance = random.Random(1)
    second = bytearray(chance.randbytes(RATE * 4))
    for high in range(1, len(second), 2):
        second[high] = (second[high] & 0x1F) - 16 & 0xFF
    with wave.open(str(path), "wb") as out:
        out.setparams((2, 2, RATE, 0, "NONE", ""))
        for _ in range(seconds):
            out.writeframes(second)


def start_on_air(workspace: Path, reference: str) -> Terminal:
    """``bobine antenne``, as it is when nobody has changed its settings."""
    return Terminal(
        ["-m", "bobine", "--atelier", str(workspace), "antenne", reference],
        {"BOBINE_CONFIG": str(workspace / "config")},
    )


@dataclass(frozen=True)
class Measured:
    """What was measured of the live screen.

    Attributes:
        keys: milliseconds from a key until what it did is drawn, by what it does.
        mastering: CPU meanwhile of what masters ahead, in cores.
        all: the same of all processes of the show, that one included.
        sync: milliseconds in which this disk keeps a written line through a power cut, meanwhile.
    """

    keys: dict[str, list[float]]
    mastering: float
    all: float
    sync: list[float]

    def lines(self) -> list[str]:
        """Lines of the table."""
        return [
            *(_line(f"on air: {what}", found) for what, found in self.keys.items()),
            _line("— a line is written beside the recording, and synced", self.sync),
            f"| — CPU meanwhile, % of a core: mastering, and all | {100 * self.mastering:.0f} | {100 * self.all:.0f} |",
        ]


def measure(terminal: Terminal, workspace: Path, reference: str, times: int, *, mastering: bool = False) -> Measured:
    """Press keys while the sound is recorded.

    Args:
        terminal: the live screen, as it starts.
        workspace: its folder.
        reference: of the episode.
        times: how often each key is pressed.
        mastering: an item stays on air for so long that the one before it is mastered again for each of these keys.
    """
    _open(terminal, workspace, reference)
    _drawn(terminal, b"w", lambda drawn: "● ENR" in text_of(drawn))
    _wait(terminal, SETTLED_S)
    titles: list[str] = []
    for _ in range(2):
        titles.append(_taken(terminal, titles))
        _wait(terminal, KNOWN_S if mastering else LOCK_OUT_S)
    begun, spent = time.monotonic(), _cpu(workspace)
    found = _takes(terminal, titles, times, KNOWN_S if mastering else LOCK_OUT_S / 2)
    for what, pair, done in (
        ("the cursor goes up or down", (b"\x1b[A", b"\x1b[B"), _cursor),
        ("30 s more or less", (b"+", b"-"), _lengthened),
    ):
        found[what] = []
        for n in range(times):
            found[what].append(_drawn(terminal, pair[n % 2], done(n)))
            _wait(terminal, (0.05 if done is _cursor else LOCK_OUT_S / 2) + 0.007 * (n % 10))
    took_s, now = time.monotonic() - begun, _cpu(workspace)
    sync = _synced(terminal, workspace / "episodes" / reference / "sync", times)
    status = control.status(workspace / "episodes" / reference / "recording")
    if status is None or status.gaps:
        raise SystemExit("the recording did not go on")
    return Measured(found, (now[0] - spent[0]) / took_s, (now[1] - spent[1]) / took_s, sync)


def _takes(terminal: Terminal, titles: list[str], times: int, stays_s: float) -> dict[str, list[float]]:
    """The next item is taken and that is undone, in turn: there is no end to it."""
    found: dict[str, list[float]] = {"the next item is taken": [], "that is undone": []}
    for _ in range(times):
        found["that is undone"].append(_drawn(terminal, b"u", _shows(titles[0])))
        _wait(terminal, LOCK_OUT_S)
        found["the next item is taken"].append(_drawn(terminal, b" ", _shows(titles[1])))
        _wait(terminal, max(stays_s, LOCK_OUT_S))
    return found


def _synced(terminal: Terminal, path: Path, times: int) -> list[float]:
    """Milliseconds that the disk needs for what each journaled key waits for: a line, and its sync."""
    found = []
    with path.open("ab", buffering=0) as stream:
        for n in range(times):
            begun = time.perf_counter()
            stream.write(b"." * 199 + b"\n")
            os.fsync(stream.fileno())
            found.append((time.perf_counter() - begun) * 1000)
            _wait(terminal, LOCK_OUT_S / 2 + 0.007 * (n % 10))
    path.unlink()
    return found


def _cpu(workspace: Path) -> tuple[float, float]:
    """Processor time so far of what masters ahead, and of all processes of the show, seconds."""
    every = of_workspace(workspace)
    ahead = [one for one in every if any("evening.ahead" in word for word in words_of(one))]
    return cpu_by(ahead), cpu_by(every)


def _open(terminal: Terminal, workspace: Path, reference: str) -> None:
    """Have the real show open: outside of its slot it asks first."""
    slug, day = reference.split("/")
    slot = open_workspace(workspace).show(slug).slot.bounds(date.fromisoformat(day))
    asks = not is_the_hour(slot, datetime.now(ZONE))
    terminal.wait_for(lambda text: ("Ouvrir quand même" if asks else "Élément") in text, "the live screen")
    _wait(terminal, LOCK_OUT_S)
    if asks:
        for key in (b"\x1b[B", b"\x1b[B", b"\r"):
            terminal.send(key)
            _wait(terminal, 0.6)


def clock(terminal: Terminal, seconds: int) -> str:
    """A line of the table: milliseconds by which the drawn hour is later than the system clock."""
    late: list[float] = []
    seen, drawn = "", b""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        drawn = drawn[-400:] + terminal.read(0.2)
        at = datetime.now(ZONE)
        hours = _HOUR.findall(text_of(drawn))
        if hours and hours[-1] != seen:
            if seen:
                late.append((at.timestamp() % 1) * 1000)
                if hours[-1] != f"{at:%H:%M:%S}":
                    raise SystemExit(f"the clock shows {hours[-1]} at {at:%H:%M:%S}")
            seen = hours[-1]
    first, last = statistics.median(late[: len(late) // 2]), statistics.median(late[len(late) // 2 :])
    return (
        f"{_line(f'on air: the hour, later than the system clock ({len(late)} seconds)', late)}\n"
        f"| — from the first half of them to the second | {last - first:+.1f} | |"
    )


def end(workspace: Path, reference: str) -> None:
    """Stop the recorder."""
    stop_recorder(workspace / "episodes" / reference / "recording")


def _taken(terminal: Terminal, before: list[str]) -> str:
    """Take the next item; gives its title, which is none of those that were taken before."""
    terminal.send(b" ")
    drawn, until = b"", time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        drawn += terminal.read(0.05)
        fresh = [title for title in _TAKEN.findall(text_of(drawn)) if title not in before]
        if fresh:
            return str(fresh[0])
    raise SystemExit(f"no item was taken: {text_of(drawn)[-500:]}")


def _shows(title: str) -> Callable[[bytes], bool]:
    return lambda drawn: f"Dernière action : À L'ANTENNE « {title} »" in text_of(drawn)


def _cursor(_: int) -> Callable[[bytes], bool]:
    return lambda drawn: CURSOR in drawn


def _lengthened(n: int) -> Callable[[bytes], bool]:
    words = f"{'+' if n % 2 == 0 else '−'}30 s"
    return lambda drawn: words in text_of(drawn)


def _drawn(terminal: Terminal, key: bytes, done: Callable[[bytes], bool], patience_s: float = PATIENCE_S) -> float:
    drawn = b""
    begun = time.perf_counter()
    terminal.send(key)
    while not done(drawn):
        drawn += terminal.read(0.05)
        if time.perf_counter() - begun > patience_s:
            raise SystemExit(f"{key!r} did nothing that was drawn: {text_of(drawn)[-500:]}")
    return (time.perf_counter() - begun) * 1000


def _wait(terminal: Terminal, seconds: float) -> None:
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        terminal.read(left)


def _line(what: str, found: list[float]) -> str:
    return f"| {what} | {statistics.median(found):.1f} | {statistics.quantiles(found, n=100)[98]:.1f} |"
