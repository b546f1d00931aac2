"""Measures the alignment of a station's file with what was recorded: time, memory, error; the table is Markdown."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

import ffmpeg as graph
from measuring.machine import machine
from measuring.processes import Cost, timed

from bobine import ffmpeg
from bobine.air.alignment.align import align
from bobine.demo.show import make_show

RATE = 48_000
PROCESSED = (
    "volume=-6dB,acompressor=threshold=0.1:ratio=4:attack=5:release=80:makeup=2,"
    "equalizer=f=3000:t=q:w=1:g=6,allpass=f=400:t=q:w=0.7,allpass=f=1200:t=q:w=0.7"
)
STATIONS: tuple[tuple[str, float, int, str, dict[str, object]], ...] = (
    ("MP3 128k, begins 12.34 s before", -12.34, 48_000, "mp3", {}),
    ("MP3 128k, begins 47.5 s after, clock +42 ppm", 47.5, 47_998, "mp3", {}),
    ("FLAC, begins 3.21 s before, clock −104 ppm", -3.21, 48_005, "flac", {}),
    ("MP3 128k, ten minutes from the middle", 1500, 48_002, "mp3", {"t": 600}),
)


def station(recording: Path, to: Path, start_s: float, clock: int, options: dict[str, object]) -> Path:
    """The recording as a station would give it, beginning ``start_s`` into it."""
    shift = f"atrim=start={start_s},asetpts=PTS-STARTPTS" if start_s >= 0 else f"adelay={round(-start_s * 1000)}:all=1"
    if to.suffix == ".mp3":
        options = {"audio_bitrate": "128k", **options}
    chain = f"{shift},{PROCESSED},asetrate={clock},aresample=44100"
    sound = ffmpeg.read_file(recording).output(ffmpeg.local_file(to), af=chain, **options)
    ffmpeg.run(["-y", *graph.get_args(sound)])
    return to


def measure(recording: Path, other: Path, said: Path) -> tuple[Cost, dict[str, float]]:
    """Align in a process of its own, so that its memory is its own; the cost is that of the whole process."""
    cost = timed([sys.executable, __file__, "--one", str(recording), str(other)], said)
    found = json.loads(said.read_text("utf-8"))
    return cost, {str(key): float(value) for key, value in found.items()}


def align_once(recording: Path, other: Path) -> None:
    """What ``measure`` starts: what one alignment found, as JSON."""
    found = align(recording, other)
    if found is None:
        raise SystemExit("the two do not agree")
    print(json.dumps({"offset_s": found.offset_s, "drift": found.drift or 0.0, "agreement": found.agreement}))


def main() -> None:
    """Print the table."""
    cli = argparse.ArgumentParser(description=__doc__)
    cli.add_argument("--minutes", type=float, default=55, help="length of the show (55)")
    cli.add_argument("--son", type=Path, metavar="DOSSIER", help="folder of real sounds; its « musique » holds music")
    cli.add_argument("--one", type=Path, nargs=2, help=argparse.SUPPRESS)
    options = cli.parse_args()
    if options.one:
        align_once(*options.one)
        return
    print(machine())
    print()
    print("| the station's file | wall s | CPU s | peak MB | agreement | worst error of an item, ms |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        made = make_show(Path(folder), options.minutes, 1, options.son)
        marks = json.loads(made.marks.read_text("utf-8"))["items"]
        bounds_s = [mark[side] / RATE for mark in marks for side in ("start", "end")]
        for name, start_s, clock, suffix, more in STATIONS:
            if start_s >= 60 * options.minutes:
                continue
            other = station(made.recording, Path(folder) / f"station.{suffix}", start_s, clock, dict(more))
            cost, found = measure(made.recording, other, Path(folder) / "found.json")
            last_s = start_s + float(str(more.get("t", 1e9)))
            errors = [
                found["offset_s"] + at * (1 + found["drift"]) - (at - start_s) * RATE / clock
                for at in bounds_s
                if start_s <= at <= last_s
            ]
            worst = 1000 * max(map(abs, errors))
            print(
                f"| {name} | {cost.wall_s:.0f} | {cost.cpu_s:.0f} | {cost.peak_mb:.0f} | "
                f"{found['agreement']:.2f} | {worst:.1f} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
