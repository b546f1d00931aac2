"""Ready-to-air sounds named by people: where they may lie. Whether they are there yet is no fault of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from bobine.store import texts
from bobine.store.locate import KeyPath
from bobine.store.opening import UnusableFileError, confined
from bobine.store.toml import KeyFault


def sound_fault(text: str, base: Path, root: Path) -> str | None:
    """What forbids to name a sound, in French, or None.

    Args:
        text: its path as written, relative to ``base``.
        base: folder that the path starts from; it does not need to exist.
        root: the workspace, which the sound must lie in.
    """
    if "\\" in text:
        return "un chemin s'écrit avec des /, comme « pad/feuilleton.mp3 »"
    try:
        inside = confined(base / text, root) != confined(root, root)
    except UnusableFileError as error:
        if not error.is_outside:
            return f"ce son ne peut pas être lu ({error.reason})"
        inside = False
    if Path(text).is_absolute() or not inside:
        return "ce son doit être dans le dossier de l'atelier : copiez-le et écrivez son chemin depuis l'émission"
    return None


def cart_faults(table: Mapping[str, Any], root: Path, path: KeyPath) -> Iterator[KeyFault]:
    """The faults of the ``file`` of each of a show's own carts, whose paths start from the workspace.

    Args:
        table: the show's table as parsed.
        root: the workspace.
        path: where the table is.
    """
    rows = table.get("carts")
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        file = row.get("file") if isinstance(row, Mapping) else None
        if isinstance(file, str) and file and texts.one_line(file) is None:
            message = sound_fault(file, root, root)
            if message:
                yield KeyFault((*path, "carts", index, "file"), message)


def sound_faults(table: Mapping[str, Any], key: str, base: Path, root: Path, path: KeyPath = ()) -> Iterator[KeyFault]:
    """The faults of every ``file`` in a table's list of items; what is no text was told already.

    Args:
        table: the table as parsed.
        key: where its items are: ``items`` or ``template``.
        base: folder that the paths start from.
        root: the workspace.
        path: where the table is.
    """
    rows = table.get(key)
    for index, row in enumerate(rows if isinstance(rows, list) else ()):
        file = row.get("file") if isinstance(row, Mapping) else None
        if isinstance(file, str) and file and texts.one_line(file) is None:
            message = sound_fault(file, base, root)
            if message:
                yield KeyFault((*path, key, index, "file"), message)
