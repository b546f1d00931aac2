"""The recorder's status, published ten times a second in a small file, and what proves that it is true."""

from __future__ import annotations

import contextlib
import os
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from bobine.air.live.own_files import open_own, read_own
from bobine.air.recorder.clocks import boot, steady
from bobine.air.recorder.levels import Levels
from bobine.errors import BobineError
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.json_text import json_text, read_json
from bobine.store.codec.notation import JSON
from bobine.store.rules import texts

FRESH_S = 1.0
"""Seconds after which a status, or a position that does not grow, no longer proves that sound is recorded."""

LOW_DISK_MINUTES = 30
"""Minutes of room on a disk, below which people are warned."""


HUNG_S = 1.5
"""Seconds of silence after which a recorder, which speaks ten times a second, is taken to hang."""

_PLACE_SIZE = 8192
_BOUNDS = {
    "rate": (1, 768_000),
    "channels": (1, 64),
    "position": (0, 1 << 40),
    "pid": (0, 1 << 31),
    "standby": (0, 1 << 31),
    "capture": (0, 1 << 31),
}


class State(StrEnum):
    """The stage that a recorder is at."""

    STARTING = "starting"
    RECORDING = "recording"
    WAITING = "waiting"
    ENDED = "ended"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """One of the files that a recorder writes.

    Attributes:
        path: the file.
        samples: how many it holds, per channel.
        minutes_left: how long the disk can go on; None where it is not known.
        fault: why it is not written, in French; empty while it is.
    """

    path: str
    samples: int
    minutes_left: int | None
    fault: str = ""

    @property
    def is_low(self) -> bool:
        """Whether the room left deserves a warning."""
        return self.minutes_left is not None and self.minutes_left < LOW_DISK_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The status of a recorder.

    Attributes:
        run: of the order that it fulfils.
        state: RECORDING while sound comes in; WAITING while the input is lost; ENDED at the end of a played file.
        detail: what is wrong with the input, in French; empty while nothing is.
        file: name of the file in ``recording/``.
        rate: Hz.
        channels: how many.
        position: samples that are written, to one of the copies at least.
        epoch: instant of the steady clock at which sample 0 arrived; None before the first sound.
        pace: samples that go by in a second: the rate, times the speed of a file.
        at: when this was said, on the steady clock.
        boot: the run of the computer in which that clock counts.
        utc: when this was said, as the computer believes.
        levels: what was measured.
        silent: silence has lasted longer than is bearable.
        copies: the main file, then the second one where there is one.
        gaps: stretches that were lost and replaced by silence, since this recorder was asked for.
        lost_s: how much that was, seconds.
        stop_asked: it was told once to stop, and waits for the second time.
        started: this order's recording was written to the journal.
        pid: the process that records.
        born: what tells that process from another of its number (see ``alive.birth``); empty where nothing does.
        standby: the process that takes over if that one dies; 0 while there is none.
        capture: the ffmpeg that listens; 0 while there is none.
        asked: the input as it was asked for.
        source: the sound server's name of the source that is recorded, and none but it; empty where it has none.
        source_words: what people know it by.
        strays: how many times the server had another one heard in its place.
    """

    run: str
    state: State
    detail: str = ""
    file: str
    rate: int
    channels: int
    position: int
    epoch: float | None
    pace: float
    at: float
    boot: str
    utc: datetime
    levels: Levels = field(default_factory=Levels)
    silent: bool = False
    copies: tuple[Copy, ...] = ()
    gaps: int = 0
    lost_s: float = 0.0
    stop_asked: bool = False
    started: bool = False
    pid: int = 0
    born: str = ""
    standby: int = 0
    capture: int = 0
    asked: str = ""
    source: str = ""
    source_words: str = ""
    strays: int = 0

    def position_at(self, instant: float) -> int | None:
        """The sample that is heard at an instant, even while the input is lost; None before the first sound.

        Args:
            instant: on the steady clock of this run of the computer.
        """
        if self.epoch is None or self.boot != boot():
            return None
        return max(0, round((instant - self.epoch) * self.pace))


class Publisher:
    """Writes the file, in two places in turn: one is whole at any instant, and a full disk has room for both."""

    def __init__(self, path: Path) -> None:
        """Begin.

        Args:
            path: the file.
        """
        self._path = path
        self._turn = max((turn for turn, _ in _places(path)), default=0)

    def publish(self, status: Status) -> None:
        """Replace what was published; not synced here.

        Raises:
            UnusableFileError: if something else stands in the file's place.
            OSError: if the disk refuses.
            ValueError: if the status is too long.
        """
        content = f"{self._turn + 1} {json_text(encode(status, notation=JSON))}".encode()
        place = f"{zlib.crc32(content):08x} ".encode() + content
        if len(place) > _PLACE_SIZE:
            raise ValueError(f"a status of {len(place)} bytes")
        self._turn += 1
        handle = open_own(self._path, os.O_RDWR | os.O_CREAT)
        try:
            os.lseek(handle, self._turn % 2 * _PLACE_SIZE, os.SEEK_SET)
            os.write(handle, place.ljust(_PLACE_SIZE))
        finally:
            os.close(handle)


def read(path: Path) -> Status | None:
    """Read the last status published; None where there is none, or none that is whole."""
    try:
        return Decoder(_RULES, JSON).table(Status, read_json(max(_places(path))[1]))
    except Exception:  # noqa: BLE001 - the file lies in a shared folder, and may hold anything
        return None


def _status_faults(fields: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Numbers that no recorder gives."""
    for name, (least, most) in _BOUNDS.items():
        if not least <= fields.get(name, least) <= most:
            yield name, "ce nombre est impossible"
    if fields.get("pace", 1) <= 0:
        yield "pace", "ce nombre est impossible"


_RULES = Rules(
    text=lambda _text: None,
    fields={(Copy, "samples"): texts.between(0, _BOUNDS["position"][1])},
    tables={Status: _status_faults},
)


def _places(path: Path) -> list[tuple[int, str]]:
    """The slots of the file that are whole: the turn of each, and its content."""
    try:
        content = read_own(path, 2 * _PLACE_SIZE)
    except (OSError, BobineError):
        return []
    found = []
    for place in (content[:_PLACE_SIZE], content[_PLACE_SIZE:]):
        crc, _, rest = place.rstrip().partition(b" ")
        if crc == f"{zlib.crc32(rest):08x}".encode():
            with contextlib.suppress(ValueError):
                turn, _, text = rest.decode().partition(" ")
                found.append((int(turn), text))
    return found


@dataclass(frozen=True, slots=True)
class Sight:
    """The result of a look at the recorder.

    Attributes:
        status: what it said last; None where there is none.
        recording: « ENR »: the position was seen to grow within the last second.
        alive: a recorder is there, even if its input is lost or it has just begun: it is to be stopped, not started.
    """

    status: Status | None
    recording: bool
    alive: bool = False


class Watch:
    """Looks at a recorder again and again, and believes only what it saw move."""

    def __init__(self, path: Path) -> None:
        """Begin.

        Args:
            path: the published file.
        """
        self._path = path
        self._seen: tuple[str, int] | None = None
        self._grew_at: float | None = None

    def look(self) -> Sight:
        """See what is published now."""
        status, now = read(self._path), steady()
        if status is None:
            self._seen = None
            return Sight(None, recording=False)
        fresh = status.boot == boot() and now - status.at < FRESH_S
        if self._seen is not None and fresh and self._seen[0] == status.file and status.position > self._seen[1]:
            self._grew_at = now
        self._seen = (status.file, status.position)
        grew = self._grew_at is not None and now - self._grew_at < FRESH_S
        recording = fresh and grew and status.state is State.RECORDING
        return Sight(status, recording=recording, alive=fresh and status.state is not State.STOPPED)
