"""Rehearses one show again and again, fast, in a pseudo-terminal, and says whether anything grows.

The screen is the real one, the recorder records a file, the podcast is mastered meanwhile; each rehearsal is run by
keys to its end and begun anew by Ctrl+R. The table is Markdown; a row is a minute: the highest that was seen in it. The
*slope* is that of a straight line through the minutes, the first ones left out: what is loaded once is loaded then.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path

from measuring.machine import load, machine
from measuring.processes import Watch, bytes_in

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from bobine.air.live.recorder_link import stop_recorder
from bobine.air.live.rehearsal import REHEARSAL
from bobine.demo.show import ShowFiles, make_show
from bobine.demo.workspace import make_demo_workspace
from bobine.master.cache.cache import FOLDER
from tests.live.technician import DOWN, ENTER, UP, Technician

RATE = 48_000
LOCK_OUT_S = 1.2
"""Time between two presses of a key that both count, seconds."""

LONGEST_S = 120
"""Patience with a busy machine, seconds."""

WARM = 12
"""Minutes that a slope leaves out, but no more than half of them: memory is looked through every ten."""

COLUMNS = ("screen, MB", "its files", "its threads", "all, MB", "all files", "processes", "cache, MB", "folder, MB")


@dataclass(frozen=True)
class Minute:
    """The highest of a minute, in the order of ``COLUMNS``."""

    screen_mb: float
    screen_files: float
    screen_threads: float
    all_mb: float
    all_files: float
    processes: float
    cache_mb: float
    folder_mb: float


class Endless:
    """A technician who rehearses without an end, and notes what is held meanwhile.

    Attributes:
        rows: a row a minute.
        rehearsals: how many were run to their end.
    """

    def __init__(self, hands: Technician, watch: Watch, episode: Path, minutes: float) -> None:
        self._hands, self._watch = hands, watch
        self._folder = episode / REHEARSAL
        self._began = self._minute = time.monotonic()
        self._until = self._began + minutes * 60
        self._cache = self._kept = 0
        self._looked = 0.0
        self.rows: list[Minute] = []
        self.rehearsals = 0

    @property
    def goes_on(self) -> bool:
        """Whether there is time left."""
        return time.monotonic() < self._until

    def rehearse(self, starts_s: Sequence[float], end_s: float) -> None:
        """Run one by keys, with the items at some seconds from its beginning."""
        self._hands.press(b"w")
        self._hands.sees("● ENR", LONGEST_S)
        begun = time.monotonic()
        for start_s in starts_s:
            self._wait(begun + start_s)
            self._hands.press(b" ")
            self._wait(time.monotonic() + LOCK_OUT_S)
        self._wait(begun + end_s)
        self._hands.press(b"f")
        self._answer("L'émission est finie", UP, ENTER)
        self._answer("Arrêter aussi l'enregistrement", *[letter.encode() for letter in "arreter"], ENTER)
        self._hands.sees("Répétition finie", LONGEST_S)
        self.rehearsals += 1

    def begin_again(self) -> None:
        """Begin the next one."""
        self._hands.press(b"\x12")
        self._answer("Recommencer la répétition", DOWN, ENTER)
        self._hands.sees("PAS ENCORE À L'ANTENNE", LONGEST_S)
        self._wait(time.monotonic() + LOCK_OUT_S)

    def _answer(self, question: str, *keys: bytes) -> None:
        """Answer a question; it hears nothing at first where it was late."""
        self._hands.sees(question, LONGEST_S)
        self._wait(time.monotonic() + LOCK_OUT_S)
        self._hands.press(*keys)

    def _wait(self, until: float) -> None:
        while (now := time.monotonic()) < until:
            self._hands.watch(min(until, now + 1))
            self._look()

    def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked >= 10:
            self._looked = now
            self._cache = max(self._cache, bytes_in(self._folder / "master" / FOLDER))
            self._kept = max(self._kept, bytes_in(self._folder.parent))
        if now - self._minute < 60:
            return
        self._minute += 60
        together, screen = self._watch.peaks()
        row = Minute(screen.memory_mb, screen.files, screen.threads, together.memory_mb, together.files,
                     together.processes, self._cache / 1e6, self._kept / 1e6)  # fmt: skip
        self._cache = self._kept = 0
        self.rows.append(row)
        print(line(f"minute {len(self.rows)}", astuple(row)), flush=True)


def line(name: str, values: Sequence[float]) -> str:
    """A row of the table."""
    return f"| {name} | " + " | ".join(f"{value:.0f}" for value in values) + " |"


def summed_up(rows: Sequence[Minute]) -> list[str]:
    """First, last and slope of each column, as rows of the table."""
    kept = [astuple(row) for row in rows[min(WARM, len(rows) // 2) :]]
    if len(kept) < 2:
        return []
    minutes = range(len(kept))
    slopes = [60 * statistics.linear_regression(minutes, column).slope for column in zip(*kept, strict=True)]
    steep = "| **slope, an hour** | " + " | ".join(f"{slope:+.1f}" for slope in slopes) + " |"
    return [line("**first**", kept[0]), line("**last**", kept[-1]), steep]


def prepare(folder: Path, minutes: float, sounds: Path | None) -> tuple[Path, Path, ShowFiles]:
    """A workspace with the plan of a show, its episode's folder, and the show's sound."""
    made = make_show(folder / "studio", minutes, 1, sounds)
    root = folder / "atelier"
    slug, day = make_demo_workspace(root, folder / "feed", date(2026, 11, 20), minutes)
    return root, root / "episodes" / slug / day.isoformat(), made


def main() -> None:
    """Rehearse, and print the table as it grows."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--minutes", type=float, default=60, help="how long it is rehearsed (60)")
    cli.add_argument("--show", type=float, default=55, help="length of the show, in its own minutes (55)")
    cli.add_argument("--speed", type=int, default=20, help="times faster than life (20)")
    cli.add_argument("--son", type=Path, help="a folder of real speech and music to make the show from")
    options = cli.parse_args()
    with tempfile.TemporaryDirectory(prefix="bobine-rehearsal-") as name:
        root, episode, made = prepare(Path(name), options.show, options.son)
        marks = json.loads(made.marks.read_text(encoding="utf-8"))["items"]
        starts_s = [mark["start"] / RATE / options.speed for mark in marks]
        words = ("--repetition", "--vitesse", str(options.speed), "--source", str(made.recording))
        print(f"A show of {options.show:g} minutes, {options.speed} times as fast\n")
        print(f"| | {' | '.join(COLUMNS)} |\n{'|---' * (len(COLUMNS) + 1)}|")
        try:
            with Technician(root, "antenne", f"demo/{episode.name}", *words) as hands, Watch(root, hands.pid) as watch:
                hands.sees("PAS ENCORE À L'ANTENNE", LONGEST_S)
                endless = Endless(hands, watch, episode, options.minutes)
                while endless.goes_on:
                    endless.rehearse(starts_s, marks[-1]["end"] / RATE / options.speed)
                    if endless.goes_on:
                        endless.begin_again()
                hands.leave(b"q")
        finally:
            stop_recorder(episode / REHEARSAL / "recording")
        print("\n".join(summed_up(endless.rows)))
    print(f"\n{endless.rehearsals} rehearsals. Load: {load()}. Machine: {machine()}.")


if __name__ == "__main__":
    main()
