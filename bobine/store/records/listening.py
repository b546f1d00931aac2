"""Read and write ``listening.json``, a show's listening figures, and the states of days that are not over."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bobine.errors import WorkspaceError
from bobine.model.published.listening import DayFigures, LeftOut, ListeningFigures, ListeningRecord, ReadMark
from bobine.store.codec.json_text import json_text, read_json
from bobine.store.files import atomic_write, disk_errors, replacing
from bobine.store.local_state import state_folder
from bobine.store.opening import read_bounded

FORMAT = 1
_MAX_BYTES = 256 << 20
_OWNER_ONLY = 0o600
_STATE = re.compile(r"(\d{4}-\d\d-\d\d)\.([0-9a-f]{16})\.json", re.ASCII)
_MONTH = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])", re.ASCII)
_DIGEST = re.compile(r"[0-9a-f]{16}", re.ASCII)


def listening_path(root: Path, slug: str) -> Path:
    """``listening.json`` of a show, beside its episodes; existing or not."""
    return root / "episodes" / slug / "listening.json"


def encode_listening(record: ListeningRecord) -> bytes:
    """The record as UTF-8 JSON with sorted keys: equal records give equal bytes."""
    figures = record.figures
    document = {
        "format": FORMAT,
        "days": {
            day.isoformat(): {
                "downloads": dict(one.downloads),
                "left_out": {reason.value: count for reason, count in one.left_out.items()},
            }
            for day, one in figures.days.items()
        },
        "apps": {month: dict(counts) for month, counts in figures.apps.items()},
        "pieced": sorted(day.isoformat() for day in figures.pieced),
        "open": {day.isoformat(): state for day, state in record.open.items()},
        "read": [f"{mark.head} {mark.lines} {mark.digest}" for mark in sorted(record.read)],
    }
    return (json_text(document, indent=1, ordered=True) + "\n").encode()


def read_listening(root: Path, slug: str) -> ListeningRecord:
    """Read a show's figures; empty where nothing was counted yet.

    Raises:
        WorkspaceError: if the file cannot be read as it stands.
    """
    path = listening_path(root, slug)
    try:
        return decode_listening(read_bounded(path, _MAX_BYTES, within=root))
    except FileNotFoundError:
        return ListeningRecord()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise WorkspaceError(
            f"Les chiffres d'écoute « {path} » sont illisibles : remettez le fichier d'après une sauvegarde, ou "
            "déplacez-le et relisez les journaux par « bobine ecoutes »."
        ) from error


def decode_listening(content: bytes) -> ListeningRecord:
    """Read what :func:`encode_listening` wrote.

    Raises:
        ValueError: if it is something else; also KeyError, TypeError, AttributeError.
    """
    document = read_json(content)
    if document["format"] != FORMAT:
        raise ValueError(document["format"])
    days = {
        date.fromisoformat(day): DayFigures(
            downloads=_counts(one["downloads"]),
            left_out={LeftOut(reason): count for reason, count in _counts(one["left_out"]).items()},
        )
        for day, one in document["days"].items()
    }
    return ListeningRecord(
        figures=ListeningFigures(
            days=days,
            apps={_matching(_MONTH, month): _counts(counts) for month, counts in document["apps"].items()},
            pieced=frozenset(date.fromisoformat(day) for day in document["pieced"]),
        ),
        read=frozenset(_mark(text) for text in document["read"]),
        open={date.fromisoformat(day): _matching(_DIGEST, state) for day, state in document["open"].items()},
    )


def _counts(value: Mapping[str, Any]) -> dict[str, int]:
    if not all(type(count) is int and 0 <= count < 10**12 for count in value.values()):
        raise ValueError(value)
    return dict(value)


def _matching(form: re.Pattern[str], text: str) -> str:
    if not form.fullmatch(text):
        raise ValueError(text)
    return text


def _mark(text: str) -> ReadMark:
    head, lines, digest = text.split(" ")
    return ReadMark(_matching(_DIGEST, head), int(lines), _matching(_DIGEST, digest))


def write_listening(root: Path, slug: str, record: ListeningRecord) -> None:
    """Write a show's figures whole; call it under the file's lock.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    atomic_write(listening_path(root, slug), encode_listening(record))


def states_folder(root: Path, slug: str) -> Path:
    """The folder of this computer that holds a show's states: outside the workspace, which is copied and shared."""
    return state_folder() / "listening" / blake2b(str(root).encode(errors="replace"), digest_size=8).hexdigest() / slug


def read_state(root: Path, slug: str, day: date, name: str) -> dict[str, Any] | None:
    """The state of a day; None where it is gone or cannot be read."""
    path = states_folder(root, slug) / f"{day.isoformat()}.{name}.json"
    try:
        document = read_json(read_bounded(path, _MAX_BYTES))
    except (OSError, ValueError, RecursionError, FileNotFoundError):
        return None
    return document if isinstance(document, dict) else None


def write_state(root: Path, slug: str, day: date, name: str, state: Mapping[str, Any]) -> None:
    """Write the state of a day under a new name, for this user's eyes only.

    Raises:
        DiskError: if the disk is full or the place cannot be written.
    """
    with replacing(states_folder(root, slug) / f"{day.isoformat()}.{name}.json") as temporary:
        temporary.chmod(_OWNER_ONLY)
        temporary.write_text(json_text(state, compact=True, ordered=True), encoding="utf-8")


def forget_states(root: Path, slug: str, is_kept: Callable[[date, str], bool]) -> int:
    """Delete the states of days that are over, and those that no figures name; call it under the figures' lock.

    Args:
        root: the workspace.
        slug: the show's.
        is_kept: whether a day's state of that name is still needed.

    Returns:
        How many were deleted.

    Raises:
        DiskError: if one cannot be deleted.
    """
    folder, gone = states_folder(root, slug), 0
    with disk_errors(folder), contextlib.suppress(FileNotFoundError):
        for path in sorted(folder.iterdir()):
            found = _STATE.fullmatch(path.name)
            if found is None or not is_kept(date.fromisoformat(found[1]), found[2]):
                path.unlink(missing_ok=True)
                gone += 1
    return gone
