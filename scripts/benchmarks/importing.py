"""Measures the import of a recording beside a plain copy of it and one decoding, in turn.

Each is a process; the figures are seconds of wall clock and of CPU, medians; the table is Markdown.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import ffmpeg as graph
from master import bobine
from measuring.machine import machine
from measuring.processes import Cost, timed

from bobine import ffmpeg
from bobine.demo.show import make_show
from bobine.demo.workspace import make_demo_workspace

FORMATS: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("WAV", "wav", {}),
    ("FLAC", "flac", {}),
    ("MP3 128k", "mp3", {"audio_bitrate": "128k"}),
    ("AAC 160k in MP4", "m4a", {"audio_bitrate": "160k"}),
)


def coded(recording: Path, to: Path, options: dict[str, str]) -> Path:
    """The recording in another format."""
    if to.suffix == recording.suffix:
        return recording
    ffmpeg.run(["-y", *graph.get_args(ffmpeg.read_file(recording).output(ffmpeg.local_file(to), **options))])
    return to


COPY = """
import os, shutil, sys
with open(sys.argv[1], "rb") as source, open(sys.argv[2], "wb") as copy:
    shutil.copyfileobj(source, copy, 1 << 20)
    copy.flush()
    os.fsync(copy.fileno())
"""
"""A plain copy: read, written and synced, as a recording is that must outlive a power cut."""


def copied(file: Path, folder: Path) -> Cost:
    """A plain copy, in a process of its own."""
    copy = folder / f"copy{file.suffix}"
    copy.unlink(missing_ok=True)
    return timed([sys.executable, "-c", COPY, str(file), str(copy)], folder / "log")


def decoded(file: Path, folder: Path) -> Cost:
    """One decoding that nobody listens to."""
    sound = ffmpeg.read_file(file).output("-", f="null")
    return timed([ffmpeg.find().path, "-nostdin", "-v", "error", *graph.get_args(sound)], folder / "log")


def imported(file: Path, folder: Path, minutes: float) -> Cost:
    """``bobine importer``, in a new workspace."""
    root = folder / "atelier"
    shutil.rmtree(root, ignore_errors=True)
    make_demo_workspace(root, folder / "feed", date(2026, 11, 20), minutes)
    return timed([*bobine(root), "importer", "2026-11-19", str(file), "--quand-meme"], folder / "log")


def loaded(folder: Path) -> Cost:
    """The program's own start, before it looks at a file."""
    return timed([sys.executable, "-c", "import bobine.cli, bobine.commands.importer"], folder / "log")


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure; the largest memory."""
    walls, cpus = [cost.wall_s for cost in costs], [cost.cpu_s for cost in costs]
    return Cost(statistics.median(walls), statistics.median(cpus), max(cost.peak_mb for cost in costs))


def main() -> None:
    """Print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--minutes", type=float, default=55, help="length of the recording (55)")
    cli.add_argument("--times", type=int, default=3, help="how often each is measured, in turn (3); medians are shown")
    cli.add_argument("--son", type=Path, metavar="DOSSIER", help="folder of real sounds; its « musique » holds music")
    options = cli.parse_args()
    print(machine())
    print()
    print(
        "| | copy | one decoding | the program's start | import | ÷ (copy + decoding) | without the start | peak MB |"
    )
    print("|---|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_show(folder, options.minutes, 1, options.son)
        for words, suffix, more in FORMATS:
            file = coded(made.recording, folder / f"recording.{suffix}", dict(more))
            # what is read first finds nothing in memory; the others would
            file.read_bytes()
            rounds = [
                (copied(file, folder), decoded(file, folder), loaded(folder), imported(file, folder, options.minutes))
                for _ in range(options.times)
            ]
            copy, decoding, load, whole = (middle(costs) for costs in zip(*rounds, strict=True))
            shares = [one[3].wall_s / (one[0].wall_s + one[1].wall_s) for one in rounds]
            bare = [(one[3].wall_s - one[2].wall_s) / (one[0].wall_s + one[1].wall_s) for one in rounds]
            figures = " | ".join(f"{cost.wall_s:.2f} / {cost.cpu_s:.2f}" for cost in (copy, decoding, load, whole))
            print(
                f"| {words} | {figures} | {statistics.median(shares):.2f} | {statistics.median(bare):.2f} | "
                f"{whole.peak_mb:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
