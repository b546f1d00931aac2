"""Runs the evening's benchmarks one after another, and prints one table: asked for, measured, held or missed and why.

Every row is measured by the benchmark of its own (``master``, ``live``, ``off_air``, ``screens``, ``archive``), which
says more. At full size it takes about two hours; a row that fails is said, and the others go on.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from pathlib import Path

from measuring.machine import load, machine
from rows import after_air, many, mastering, on_screen, requests_made
from rows.row import Measure

ROWS: dict[str, Measure] = {
    "master": mastering.measure,
    "off-air": after_air.measure,
    "screen": on_screen.measure,
    "requests": requests_made.measure,
    "archive": many.measure,
}
"""What measures some rows of the table, in the order of the table."""


def main() -> None:
    """Print the table, row by row."""
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--rows", nargs="+", choices=sorted(ROWS), default=list(ROWS), help="only these")
    cli.add_argument("--minutes", type=float, default=55, help="length of the show (55)")
    cli.add_argument("--live", type=float, default=10, help="so many of its last minutes at the speed of life (10)")
    cli.add_argument("--line", type=float, default=1.0, help="of the weak uplink, in Mbit/s (1)")
    cli.add_argument("--keys", type=int, default=120, help="how often each key is pressed (120)")
    cli.add_argument("--online", type=int, nargs="+", default=[10, 390, 10_000], help="episodes that are online")
    cli.add_argument("--episodes", type=int, default=200, help="size of the archive (200)")
    cli.add_argument("--times", type=int, default=3, help="how many times each; the median counts (3)")
    cli.add_argument("--son", type=Path, help="a folder of real speech and music to make the show from")
    options = cli.parse_args()
    cores = os.cpu_count()
    print(f"{machine()}\n\n| what | target | measured | |\n|---|---|---|---|", flush=True)
    busy = []
    for name in (name for name in ROWS if name in options.rows):
        begun = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="bobine-evening-", ignore_cleanup_errors=True) as folder:
            try:
                for row in ROWS[name](options, Path(folder)):
                    print(row.line(), flush=True)
            except (SystemExit, Exception) as failed:  # noqa: BLE001 - the other rows are still to be measured
                print(f"| `{name}` | | | **failed**: {type(failed).__name__}: {failed} |", flush=True)
        busy.append(f"{name}: {load()}, {time.monotonic() - begun:.0f} s in all")
    print(f"\nLoad as each was done ({cores} cores; what is beyond their number waited for them): {'; '.join(busy)}.")


if __name__ == "__main__":
    main()
