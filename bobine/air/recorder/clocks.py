"""The clock that gaps are measured on: one that nobody sets, and that goes on while the computer sleeps."""

from __future__ import annotations

import contextlib
import time
from datetime import UTC, datetime
from pathlib import Path

_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")


def steady() -> float:
    """Seconds since the computer was started: steps of the wall clock do not touch them."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if clock is None else time.clock_gettime(clock)


def boot() -> str:
    """The name of this run of the computer, within which readings of ``steady`` compare; empty where unknown."""
    with contextlib.suppress(OSError):
        return _BOOT_ID.read_text(encoding="ascii").strip()
    return ""


def wall() -> datetime:
    """The instant, as the computer believes it; only for what people read."""
    return datetime.now(UTC)
