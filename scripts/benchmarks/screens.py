"""Times the screens as a person meets them: the real program in a pseudo-terminal, keys in, bytes out.

First paint is counted from the start of the process, a key from when it is sent to the last byte that it made the
program draw before the terminal is quiet. Beside it, in the same run: a plain Textual table, which does nothing else.
"""

from __future__ import annotations

import argparse
import contextlib
import re
import statistics
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import on_air
from measuring.machine import machine
from measuring.terminal import Terminal

from bobine.demo.season import make_season

ROOT = Path(__file__).resolve().parents[2]
PEER = Path(__file__).with_name("plain_table.py")
EPISODES, ITEMS = 40, 40
SHOW = "bobine-romanaise"

ROWS = 30
"""The calendar has its rows once so many of them are drawn: a terminal of 40 lines has room for some more."""

DOWN, UP = b"\x1b[B", b"\x1b[A"
LATER, EARLIER = b"\x1b[1;2B", b"\x1b[1;2A"
HOME = b"\x1b[H"
BACKSPACE = b"\x7f"

_INPUT = re.compile(r'^input = ""$', re.MULTILINE)
_DAY = re.compile(r"\b(?:1er|\d\d?) (?:janv\.|févr\.|mars|avril|mai|juin|juil\.|août|sept\.|oct\.|nov\.|déc\.) \d{4}")


def has_calendar(text: str) -> bool:
    """Whether the rows of a calendar were drawn."""
    return len(set(_DAY.findall(text))) >= ROWS


def has_judged(text: str) -> bool:
    """Whether every episode was read and judged: the headline counts those that were."""
    return f"{EPISODES} émissions : " in text


def has_table(text: str) -> bool:
    """Whether the peer drew its rows."""
    return f"cell {ROWS}.0" in text


def start_bobine(workspace: Path) -> Terminal:
    """``bobine``, as it is when nobody has changed its settings."""
    return Terminal(["-m", "bobine", "--atelier", str(workspace)], {"BOBINE_CONFIG": str(workspace / "config")})


def start_peer() -> Terminal:
    """The plain table."""
    return Terminal([str(PEER)], {})


def first_paint(start: Callable[[], Terminal], drawn: Callable[[str], bool], what: str, times: int) -> str:
    """A line of the table: seconds from the start of the process until something is drawn."""
    found = []
    for _ in range(times):
        with start() as terminal:
            found.append(terminal.wait_for(drawn, what))
    return f"| {what} | {statistics.median(found):.2f} | {max(found):.2f} |"


def keystrokes(what: str, terminal: Terminal, turn: Callable[[int], bytes], times: int) -> str:
    """A line of the table: milliseconds from a key to its last byte."""
    found = [terminal.key(turn(n)) for n in range(times)]
    terminal.calm()
    return f"| {what} | {statistics.median(found):.1f} | {statistics.quantiles(found, n=100)[98]:.1f} |"


def there_and_back(there: bytes, back: bytes) -> Callable[[int], bytes]:
    """A key thirty times, then another as often, and so on."""
    return lambda n: there if n // 30 % 2 == 0 else back


def rundown_keys(terminal: Terminal, times: int) -> None:
    """Print what each sort of key takes on the rundown of the next show."""
    terminal.wait_for(has_judged, "the season")
    terminal.calm()
    terminal.send(b"\r")
    terminal.wait_for(lambda text: "À rebours" in text, "the rundown")
    terminal.calm()
    for what, turn in (
        ("the cursor goes down or up", there_and_back(DOWN, UP)),
        ("an item moves down or up", there_and_back(LATER, EARLIER)),
        ("an item gets 10 s longer or shorter", lambda n: b"+" if n % 2 == 0 else b"-"),
        ("undo", lambda _: b"u"),
    ):
        terminal.send(HOME)
        terminal.calm()
        print(keystrokes(what, terminal, turn, times), flush=True)
    terminal.send(b"p")
    terminal.calm()
    print(keystrokes("a letter is typed, with completion", terminal, lambda n: BACKSPACE if n % 2 else b"s", times))


def peer_keys(terminal: Terminal, times: int) -> None:
    """Print what the like takes in the plain table."""
    terminal.wait_for(has_table, "the table")
    terminal.calm()
    print(keystrokes("— a plain table: the cursor", terminal, there_and_back(DOWN, UP), times))
    print(keystrokes("— a plain table: a row's cells are rewritten", terminal, lambda _: b"+", times), flush=True)


def make_workspace(folder: Path) -> tuple[Path, date]:
    """A season of 40 episodes, and the day that it is."""
    today = datetime.now().astimezone().date()
    make_season(folder, (ROOT / "shows.toml").read_text(encoding="utf-8"), today, EPISODES, items=ITEMS)
    return folder, today


@contextlib.contextmanager
def live_screen(workspace: Path, today: date) -> Iterator[tuple[Terminal, str]]:
    """The live screen of the next show and its reference, with a file for an input that is played in real time."""
    on_air.noise(workspace / "noise.wav", 1200)
    shows = workspace / "shows.toml"
    plain = shows.read_text(encoding="utf-8")
    shows.write_text(_INPUT.sub('input = "file:noise.wav"', plain), encoding="utf-8")
    day = next(one.name for one in sorted((workspace / "episodes" / SHOW).iterdir()) if one.name >= today.isoformat())
    reference = f"{SHOW}/{day}"
    with on_air.start_on_air(workspace, reference) as terminal:
        try:
            yield terminal, reference
        finally:
            on_air.end(workspace, reference)
            shows.write_text(plain, encoding="utf-8")


def on_air_lines(workspace: Path, today: date, times: int, *, mastering: bool) -> list[str]:
    """Lines of the table: the live screen, while it records."""
    with live_screen(workspace, today) as (terminal, reference):
        found = on_air.measure(terminal, workspace, reference, times, mastering=mastering)
        return [*found.lines(), on_air.clock(terminal, 60)]


def main() -> None:
    """Print the tables, in Markdown."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--times", type=int, default=300, help="keys that each figure is made of (300)")
    cli.add_argument("--only-on-air", action="store_true", help="only the live screen")
    cli.add_argument("--mastering", action="store_true", help="have the live screen's keys master an item each")
    cli.add_argument("--starts", type=int, default=15, help="starts that each first paint is made of (15)")
    options = cli.parse_args()
    print(machine())
    print()
    with tempfile.TemporaryDirectory() as folder:
        workspace, today = make_workspace(Path(folder))
        if options.only_on_air:
            print("\n".join(on_air_lines(workspace, today, options.times, mastering=options.mastering)))
            return
        print("| a season of 40 episodes of 40 items, 120×40 | median s | slowest s |")
        print("|---|---|---|")
        for what, start, drawn in (
            ("first paint: the calendar with its days", lambda: start_bobine(workspace), has_calendar),
            ("every episode read and judged", lambda: start_bobine(workspace), has_judged),
            ("— a plain table of 40 rows", start_peer, has_table),
        ):
            print(first_paint(start, drawn, what, options.starts), flush=True)
        print()
        print("| a rundown of 40 items, 120×40 | median ms | 99th percentile ms |")
        print("|---|---|---|")
        print("\n".join(on_air_lines(workspace, today, options.times, mastering=options.mastering)), flush=True)
        for start, keys in ((lambda: start_bobine(workspace), rundown_keys), (start_peer, peer_keys)):
            with start() as terminal:
                keys(terminal, options.times)


if __name__ == "__main__":
    main()
