"""Measures a file with ffmpeg's own ebur128 summary: nothing of the project's meter is used."""

from __future__ import annotations

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from bobine import ffmpeg


@dataclass(frozen=True)
class Measured:
    lufs: float
    dbtp: float
    lra: float


def measured(path: Path, start_s: float | None = None, end_s: float | None = None) -> Measured:
    cut = f"atrim=start={start_s}:end={end_s}," if start_s is not None else ""
    command = [ffmpeg.find().path, "-nostdin", "-hide_banner", "-nostats", "-i", str(path), "-map", "0:a:0"]
    filters = f"{cut}ebur128=peak=true:framelog=verbose"
    done = subprocess.run([*command, "-af", filters, "-f", "null", "-"], capture_output=True, text=True, check=True)
    summary = done.stderr[done.stderr.rindex("Summary:") :]
    figures = {name: float(re.findall(rf"\b{name}:\s+(-?[\d.]+)", summary)[0]) for name in ("I", "LRA", "Peak")}
    return Measured(figures["I"], figures["Peak"], figures["LRA"])
