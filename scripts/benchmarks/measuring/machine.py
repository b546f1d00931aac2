"""The machine that a benchmark runs on."""

from __future__ import annotations

import os
import platform
import re
from datetime import date
from pathlib import Path

import psutil

from bobine import ffmpeg


def load() -> str:
    """How busy the machine is: processes that run or want to, over the last minute and the last quarter of an hour."""
    minute, _, quarter = os.getloadavg()
    return f"{minute:.1f} over a minute, {quarter:.1f} over a quarter of an hour"


def machine() -> str:
    """The machine in a line, and how many programs wanted its cores in the last minute."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        found = re.search(r"model name\s*: (.*)", cpuinfo.read_text(encoding="utf-8"))
        model = found[1] if found else model
    memory = psutil.virtual_memory().total / 2**30
    tool = ffmpeg.find()
    return (
        f"{model}, {psutil.cpu_count()} cores, {memory:.0f} GiB; Python {platform.python_version()}, "
        f"ffmpeg {tool.version} ({tool.origin}); load {os.getloadavg()[0]:.1f}; {date.today().isoformat()}"  # noqa: DTZ011
    )
