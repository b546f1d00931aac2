"""The date of a recording made elsewhere, as far as its file says, and whether it can be of a show."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from bobine.errors import BobineError
from bobine.french import long_date
from bobine.store.opening import open_named

_MOST_CHUNKS = 64
_ORIGINATION = 320
"""Offset of the date in a « bext » chunk, after the description and the two names of its author, bytes."""

_NEAR = timedelta(hours=2)
"""A recorder may be started so long before the show, and its clock be off."""


@dataclass(frozen=True, slots=True)
class RecordedWhen:
    """The times at which a file claims to have been recorded.

    Attributes:
        began: as a broadcast WAV (« bext ») says, on the clock of the place; None where it does not.
        changed: when the file was written last, aware: its recording ended before, or then.
        reference: its count of samples since midnight where a broadcast WAV gives one, at its own rate; None otherwise.
    """

    began: datetime | None
    changed: datetime
    reference: int | None = None


def recorded_when(path: Path) -> RecordedWhen | None:
    """Read when a file was recorded; None where it cannot be read, which its next reader will explain."""
    try:
        with open_named(path) as stream:
            changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            began, reference = _origination(stream)
            return RecordedWhen(began, changed, reference)
    except (OSError, OverflowError, ValueError, BobineError):
        return None


def doubt(recorded: RecordedWhen, slot: tuple[datetime, datetime], zone: ZoneInfo, now: datetime) -> str:
    """The reason why a recording cannot be of a show, one French sentence; empty where it can.

    Args:
        recorded: what its file says.
        slot: start and end of the show's slot, aware.
        zone: of the show: a time of a broadcast WAV is one of its clock.
        now: the present instant, aware.
    """
    start, end = (moment.astimezone(UTC) for moment in slot)
    when = _words(slot[0].astimezone(zone))
    if now < start:
        return f"L'émission n'a pas encore eu lieu : elle est {when}."
    show = f"l'émission est {when}"
    if recorded.began is not None:
        began = recorded.began.replace(tzinfo=zone).astimezone(UTC)
        if not start - timedelta(days=1) < began < end + _NEAR:
            return f"Cet enregistrement a commencé {_words(recorded.began)}, et {show}."
    if recorded.changed < start:
        return f"Ce fichier n'a plus changé depuis {_words(recorded.changed.astimezone(zone))}, et {show}."
    return ""


def _words(moment: datetime) -> str:
    return f"le {long_date(moment.date())} à {moment.hour} h {moment.minute:02}"


def _origination(stream: BinaryIO) -> tuple[datetime | None, int | None]:
    """The start of a broadcast WAV, and its count of samples since midnight."""
    nothing = (None, None)
    form = stream.read(12)
    if form[:4] not in (b"RIFF", b"RF64", b"BW64") or form[8:12] != b"WAVE":
        return nothing
    for _ in range(_MOST_CHUNKS):
        header = stream.read(8)
        if len(header) < 8:
            return nothing
        name, size = struct.unpack("<4sI", header)
        if name == b"bext":
            stream.seek(_ORIGINATION, 1)
            fields = stream.read(26)
            return _moment(fields[:18]), int.from_bytes(fields[18:], "little") if len(fields) == 26 else None
        if name == b"data":
            return nothing
        stream.seek(size + size % 2, 1)
    return nothing


def _moment(text: bytes) -> datetime | None:
    """« 2026-11-26 » then « 18:00:00 », whatever stands between the numbers."""
    found = re.fullmatch(rb"(\d{4})\D(\d\d)\D(\d\d)(\d\d)\D(\d\d)\D(\d\d)", text)
    if found is None:
        return None
    try:
        return datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # noqa: DTZ001 - its place's
    except ValueError:
        return None
