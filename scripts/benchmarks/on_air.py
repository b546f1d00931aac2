"""The live screen while it records, as a person meets it: what a key takes, and how late the clock is."""

from __future__ import annotations

import random
import re
import statistics
import time
import wave
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from terminal import Terminal, text_of

from bobine.air.live.recorder_link import stop_recorder
from bobine.air.recorder.link import control

RATE = 48_000
ZONE = ZoneInfo("Europe/Paris")
"""The show's."""

CURSOR = b"\x1b[1;38;2;22;19;11;48;2;242;196;90m"
"""What the row under the cursor is drawn with, in the dark theme."""

PATIENCE_S = 5
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


def keys(terminal: Terminal, workspace: Path, reference: str, times: int) -> list[str]:
    """Lines of the table: milliseconds from a key until what it did is drawn, while the sound is recorded."""
    _open(terminal)
    _drawn(terminal, b"w", lambda drawn: "● ENR" in text_of(drawn), 30)
    _wait(terminal, SETTLED_S)
    lines = []
    titles = []
    for _ in range(2):
        text = _text_drawn(terminal, b" ", _TAKEN)
        titles.append(text)
        _wait(terminal, LOCK_OUT_S)
    # undone and taken again, so that there is no end to it
    _drawn(terminal, b"u", _shows(titles[0]))
    _wait(terminal, LOCK_OUT_S)
    for what, key, title in (("the next item is taken", b" ", titles[1]), ("that is undone", b"u", titles[0])):
        found = []
        for _ in range(times):
            found.append(_drawn(terminal, key, _shows(title)))
            _wait(terminal, LOCK_OUT_S / 2)
            other, back = (b"u", titles[0]) if key == b" " else (b" ", titles[1])
            _drawn(terminal, other, _shows(back))
            _wait(terminal, LOCK_OUT_S / 2)
        lines.append(_line(f"on air: {what}", found))
        if key == b" ":
            _wait(terminal, LOCK_OUT_S)
            _drawn(terminal, b" ", _shows(titles[1]))
            _wait(terminal, LOCK_OUT_S)
    for what, pair, done in (
        ("on air: the cursor goes up or down", (b"\x1b[A", b"\x1b[B"), _cursor),
        ("on air: 30 s more or less", (b"+", b"-"), _lengthened),
    ):
        found = []
        for n in range(times):
            found.append(_drawn(terminal, pair[n % 2], done(n)))
            _wait(terminal, (0.05 if done is _cursor else LOCK_OUT_S / 2) + 0.007 * (n % 10))
        lines.append(_line(what, found))
    status = control.status(workspace / "episodes" / reference / "recording")
    if status is None or status.gaps:
        raise SystemExit("the recording did not go on")
    return lines


def _open(terminal: Terminal) -> None:
    """Have the real show open: outside of its slot it asks first."""
    drawn = b""
    while "Élément" not in text_of(drawn):
        drawn += terminal.read(PATIENCE_S)
    until = time.monotonic() + LOCK_OUT_S
    while (left := until - time.monotonic()) > 0:
        drawn += terminal.read(left)
    if "ouvrir quand même" in text_of(drawn):
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


def _text_drawn(terminal: Terminal, key: bytes, pattern: re.Pattern[str]) -> str:
    """What the pattern finds in what a key makes the program draw."""
    terminal.send(key)
    drawn, until = b"", time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        drawn += terminal.read(0.05)
        if found := pattern.search(text_of(drawn)):
            return found[1]
    raise SystemExit(f"{key!r} did nothing that was drawn")


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
