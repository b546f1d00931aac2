"""Rows of a show that is mastered after it was recorded: cold, again, corrected."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator, Sequence
from pathlib import Path

import master
import psutil
from measuring.processes import Cost

from rows.row import Row, at_most

CORRECTED_S, AGAIN_S = 3.0, 1.0
MOST_MB = 200.0


def measure(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Master the same show cold beside the peer, in turn, then again and corrected."""
    given = argparse.Namespace(minutes=options.minutes, seed=1, son=options.son, enregistrement=None)
    workspace, recording, _, spans = master.prepare(given, folder)
    both: list[Cost] = []
    alone: list[Cost] = []
    others: list[Cost] = []
    for _ in range(options.times):
        others.append(master.peer(recording, folder / "peer.mp3"))
        alone.append(master.mastered(workspace, "mp3", folder)[0])
        both.append(master.mastered(workspace, "mp3,opus", folder)[0])
    show = f"{options.minutes:g} min"
    for what, most, own in ((f"`monter` cold, {show}, MP3 and Opus", 1 / 6, both), ("the same, MP3 only", 0.1, alone)):
        ratio = _middle([one.wall_s / other.wall_s for one, other in zip(own, others, strict=True)])
        more = f"{_wall(own):.0f} s / {_wall(others):.0f} s"
        yield at_most(f"{what}, over `ffmpeg-normalize`", ratio, round(most, 3), "", _busy(own), digits=2, more=more)
    least = master.bare(recording, folder)
    spent = _middle([one.cpu_s for one in both])
    ratio_of_cpu = f"{spent:.0f} s / {least:.0f} s"
    yield at_most("CPU of the cold master over decoding, one measurement and both encoders", spent / least, 1.5, "",
                  f"{(spent - least) / len(spans):.2f} s beyond them for each of {len(spans)} items", digits=2,
                  more=ratio_of_cpu)  # fmt: skip
    same = [master.again(workspace, "mp3,opus", folder) for _ in range(options.times)]
    yield at_most("`monter` again, nothing changed", _wall([cost for cost, _ in same]), AGAIN_S, "s",
                  _busy([cost for cost, _ in same]), digits=2, more=f"{same[0][1]['encoded']} encoded")  # fmt: skip
    changed = []
    for _ in range(options.times):
        master.corrected(workspace)
        changed.append(master.again(workspace, "mp3,opus", folder))
    counts = changed[0][1]
    yield at_most(f"one item of {show} corrected, to the files on disk", _wall([cost for cost, _ in changed]),
                  CORRECTED_S, "s", _busy([cost for cost, _ in changed]), digits=2,
                  more=f"{counts['encoded']} segments encoded, {counts['reused']} reused")  # fmt: skip
    peak = max(one.peak_mb for one in (*both, *alone))
    yield at_most("peak memory of all processes, cold", peak, MOST_MB, "MB",
                  "resident memory of every process, shared pages counted in each", digits=0)  # fmt: skip


def _middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def _wall(costs: Sequence[Cost]) -> float:
    return _middle([one.wall_s for one in costs])


def _busy(costs: Sequence[Cost]) -> str:
    """What of the time was the command's own work, and what was waiting for a processor."""
    cores = psutil.cpu_count() or 1
    used = 100 * _middle([one.cpu_s / one.wall_s / cores for one in costs])
    return f"{_middle([one.cpu_s for one in costs]):.1f} s of CPU, on {used:.0f} % of the {cores} cores"
