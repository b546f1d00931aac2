"""The row of a whole archive that is mastered again."""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path

import archive

from rows.row import Row

LEAST = 1.8


def measure(options: argparse.Namespace, folder: Path) -> Iterator[Row]:
    """By one worker and by two, in turn."""
    root = archive.make_archive(folder, options.episodes, options.son)
    archive.run(root, "monter", "--tout")
    found: dict[int, list[float]] = {1: [], 2: []}
    lufs = -16.0
    for _ in range(options.times):
        for workers, seconds in found.items():
            lufs -= 0.1
            archive.aim_at(root, lufs)
            seconds.append(archive.timed(root, folder, workers, on_cluster=False))
    one, two = (statistics.median(found[workers]) for workers in (1, 2))
    faster = one / two
    yield Row(f"{options.episodes} short episodes mastered again, 1 → 2 workers", f"≥ {LEAST:g}×",
              f"{faster:.2f}× ({one:.0f} s → {two:.0f} s)", faster >= LEAST,
              "two workers only gain where two cores are free")  # fmt: skip
