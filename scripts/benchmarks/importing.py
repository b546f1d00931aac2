"""Measures the import of a recording beside a plain copy of it and one decoding; the table is Markdown."""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from datetime import date
from pathlib import Path

import ffmpeg as graph
from machine import machine
from master import Cost, bobine, timed

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


def main() -> None:
    """Print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--minutes", type=float, default=55, help="length of the recording (55)")
    cli.add_argument("--son", type=Path, metavar="DOSSIER", help="folder of real sounds; its « musique » holds music")
    options = cli.parse_args()
    print(machine())
    print()
    print("| | copy wall s / CPU s | one decoding | import | import ÷ (copy + decoding), wall / CPU | peak MB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = make_show(folder, options.minutes, 1, options.son)
        for words, suffix, more in FORMATS:
            file = coded(made.recording, folder / f"recording.{suffix}", dict(more))
            # what is read first finds nothing in memory; the others would
            file.read_bytes()
            copy, decoding = copied(file, folder), decoded(file, folder)
            whole = imported(file, folder, options.minutes)
            wall, cpu = copy.wall_s + decoding.wall_s, copy.cpu_s + decoding.cpu_s
            print(
                f"| {words} | {copy.wall_s:.1f} / {copy.cpu_s:.1f} | {decoding.wall_s:.1f} / {decoding.cpu_s:.1f} | "
                f"{whole.wall_s:.1f} / {whole.cpu_s:.1f} | {whole.wall_s / wall:.2f} / {whole.cpu_s / cpu:.2f} | "
                f"{whole.peak_mb:.0f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
