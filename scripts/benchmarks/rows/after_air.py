"""Rows of a show that has just ended: from giving the air back to what the public hears."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path

import live
import off_air

from rows.row import Row, at_most

SOON_S, SOON_OVER_A_WEAK_LINE_S = 10.0, 30.0


def measure(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """Run the last minutes live for each destination; then send all at the end, over the weak line."""
    shaped = f"SeaweedFS, {options.line:g} Mbit/s"
    for where, bucket, mbit_s, most in (
        ("folder", False, 0.0, SOON_S),
        ("SeaweedFS", True, 0.0, SOON_S),
        (shaped, True, options.line, SOON_OVER_A_WEAK_LINE_S),
    ):
        with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as name:
            found = live.measure(Path(name), options.minutes, options.live, options.son, bucket=bucket, mbit_s=mbit_s)
        ready = f"{found.ready[0]} segments of {found.ready[1]} mastered by then"
        sent = "" if found.sent_mb is None else f", {found.sent_mb:.1f} MB up after it"
        spent = f"{found.publishing.cpu_s:.1f} s of CPU in {found.publishing.wall_s:.1f} s"
        why = f"{found.as_run_s:.1f} s until the as-run was written, then `publier --a-la-fin` had {spent}"
        yield at_most(f"off air → online and audible, {where}, the last {options.live:g} min live", found.took_s,
                      most, "s", why, more=f"{ready}{sent}")  # fmt: skip
    with live.seaweed(folder) as server:
        studio = off_air.Studio(folder / "all", options.minutes, "mp3,opus", options.son)
        late = off_air.measure(studio, server, options.line, ahead=False, cold=False)
    yield Row(f"beside: all of it sent at the end, {shaped}", "", f"{late.took_s:.1f} s ({late.sent_mb:.1f} MB)", None)
