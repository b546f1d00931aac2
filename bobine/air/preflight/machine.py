"""Checks of the machine before going on air: room on the disk, the clock, the power."""

from __future__ import annotations

import ctypes
import shutil
import sys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

ENOUGH_MINUTES = 120
"""Room for a recording that nobody need think about; under a quarter of it, it is a fault."""

_STA_UNSYNC = 0x40
_TIME_ERROR = 5


class Verdict(StrEnum):
    """The result of one check."""

    GOOD = "good"
    DOUBT = "doubt"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One line of the preflight.

    Attributes:
        what: what was looked at, in French.
        verdict: how it is.
        words: what was found, in French.
        owner: who can mend it, in French; empty where there is nothing to mend.
    """

    what: str
    verdict: Verdict
    words: str
    owner: str = ""


def machine_checks(
    folder: Path, bytes_per_second: int, *, power: Path = Path("/sys/class/power_supply"), synchronised: bool | None
) -> tuple[Check, ...]:
    """Check the machine itself: disk, clock, power.

    Args:
        folder: where the recording goes, or a folder above it.
        bytes_per_second: what it takes.
        power: where the system lists its power supplies.
        synchronised: whether the clock is, as ``clock_synchronised`` found it.
    """
    return (_disk(folder, bytes_per_second), _clock(synchronised), _power(power))


def _disk(folder: Path, bytes_per_second: int) -> Check:
    try:
        there = next((one for one in (folder, *folder.parents) if one.exists()), Path("/"))
        minutes = shutil.disk_usage(there).free // bytes_per_second // 60
    except OSError:
        words = "ne répond pas : vérifiez son branchement, ou le dossier partagé"
        return Check(what="Disque", verdict=Verdict.BAD, words=words, owner="technique")
    words = f"de la place pour {minutes} minutes"
    if minutes >= ENOUGH_MINUTES:
        return Check(what="Disque", verdict=Verdict.GOOD, words=words)
    verdict = Verdict.DOUBT if minutes >= ENOUGH_MINUTES // 4 else Verdict.BAD
    return Check(what="Disque", verdict=verdict, words=f"{words} : libérez de la place", owner="technique")


def _clock(synchronised: bool | None) -> Check:
    if synchronised:
        return Check(what="Horloge", verdict=Verdict.GOOD, words="réglée par le réseau")
    known = "on ne sait pas si elle est à l'heure" if synchronised is None else "pas réglée par le réseau"
    words = f"{known} : comparez-la à l'horloge du studio"
    return Check(what="Horloge", verdict=Verdict.DOUBT, words=words, owner="technique")


def _power(power: Path) -> Check:
    mains = [_text(supply / "online") == "1" for supply in _supplies(power) if _text(supply / "type") == "Mains"]
    battery = any(_text(supply / "type") == "Battery" for supply in _supplies(power))
    if battery and not any(mains):
        words = "sur batterie : branchez l'ordinateur"
        return Check(what="Courant", verdict=Verdict.BAD, words=words, owner="technique")
    return Check(what="Courant", verdict=Verdict.GOOD, words="sur secteur")


def _supplies(power: Path) -> list[Path]:
    try:
        return sorted(power.iterdir())
    except OSError:
        return []


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8").strip()
    except OSError:
        return ""


def clock_synchronised() -> bool | None:
    """Whether the system says that its clock is kept by the network (adjtimex); None where it does not say."""
    if not sys.platform.startswith("linux"):
        return None
    try:
        call = ctypes.CDLL(None, use_errno=True).adjtimex
    except (OSError, AttributeError):
        return None
    buffer = ctypes.create_string_buffer(512)
    state = call(buffer)
    if state < 0:
        return None
    # struct timex: modes (int, padded), offset, freq, maxerror, esterror (long), then status (int)
    status = int.from_bytes(buffer.raw[40:44], sys.byteorder)
    return state != _TIME_ERROR and not status & _STA_UNSYNC
