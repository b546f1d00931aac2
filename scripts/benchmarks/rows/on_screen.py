"""Rows of the live screen while the show is recorded and mastered."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path

import on_air
import screens

from bobine.tui.keystrokes import BURST_S
from rows.row import Row, at_most

MOST_SHARE, MOST_MS = 60.0, 50.0


def measure(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Press keys while each of them has an item mastered again."""
    workspace, today = screens.make_workspace(folder)
    with screens.live_screen(workspace, today) as (terminal, reference):
        found = on_air.measure(terminal, workspace, reference, options.keys, mastering=True)
    more = f"all processes of the show: {100 * found.all:.0f} %"
    yield at_most("CPU of what masters, taken while on air, mean", 100 * found.mastering, MOST_SHARE, "% of a core",
                  "more than its own limit", digits=0, more=more)  # fmt: skip
    slowest = max(
        (statistics.quantiles(taken, n=100, method="inclusive")[98], what) for what, taken in found.keys.items()
    )
    medians = ", ".join(f"{what}: {statistics.median(taken):.0f}" for what, taken in found.keys.items())
    disk = f"{statistics.median(found.sync):.0f} and {statistics.quantiles(found.sync, n=100)[98]:.0f}"
    yield at_most("keystroke to paint meanwhile, p99 of the slowest key", slowest[0], MOST_MS, "ms",
                  f"medians: {medians} ms; all but the cursor wait {BURST_S * 1000:.0f} ms, in which a paste would "
                  f"show itself, and then until their line of the journal is kept through a power cut, for which this "
                  f"disk alone needs {disk} ms (median, p99)",
                  digits=0, more=slowest[1])  # fmt: skip
