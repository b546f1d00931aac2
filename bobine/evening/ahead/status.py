"""The state of the process that masters ahead, in a small file that it rewrites while it lives, and in a few words."""

from __future__ import annotations

import contextlib
import os
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path

from bobine.store.codec.json_text import JsonFault, json_text, read_json

_MOST_BYTES = 4096


class State(StrEnum):
    """The states of the process."""

    WORKING = "working"
    OTHER_RATE = "other-rate"
    NO_ROOM = "no-room"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Status:
    """The message of the process.

    Attributes:
        pid: its process.
        beat: grows for as long as it lives and is not stuck.
        ready: how many segments of the podcast are made.
        total: how many it will have.
        state: what it is about.
    """

    pid: int
    beat: int = 0
    ready: int = 0
    total: int = 0
    state: State = State.WORKING


def write_status(path: Path, status: Status) -> None:
    """Replace the file at once; it is never synced, and where it cannot be written nothing is said."""
    temporary = path.with_name(f".{path.name}.tmp")
    with contextlib.suppress(OSError):
        temporary.write_text(json_text(asdict(status), compact=True), encoding="utf-8")
        temporary.replace(path)


def read_status(path: Path) -> Status | None:
    """Read the status; None where there is none, or none that makes sense."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(handle, "rb") as stream:
            found = read_json(stream.read(_MOST_BYTES))
        counts = {name: found[name] for name in ("pid", "beat", "ready", "total")}
        if not all(type(count) is int and 0 <= count <= 1 << 40 for count in counts.values()):
            return None
        return Status(**counts, state=State(found["state"]))
    except (OSError, JsonFault, KeyError, TypeError, ValueError):
        return None


def words(status: Status) -> str:
    """« podcast : 11 éléments sur 14 prêts »."""
    match status.state:
        case State.OTHER_RATE:
            return "podcast : monté après l'émission (l'enregistrement n'est pas à 48 kHz)"
        case State.NO_ROOM:
            return "podcast : en pause, le disque est presque plein"
        case State.FAILED:
            return "podcast : monté après l'émission"
    some = status.ready > 1
    return f"podcast : {status.ready} élément{'s' if some else ''} sur {status.total} prêt{'s' if some else ''}"
