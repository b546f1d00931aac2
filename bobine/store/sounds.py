"""Sound files that people name in a plan: the file that a name means, and the folders it may lie in.

Whether a sound is there yet is no fault of the plan.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from bobine.store.codec.keys import KeyFault, KeyPath
from bobine.store.opening import UnusableFileError, confined
from bobine.store.rules import texts


def find_file(folder: Path, name: str) -> Path:
    """The file that a name means, whatever the form of its accents: macOS writes ``é`` as two characters.

    A file of that very name comes first; where there is none of any form, the name is given back as it stands.

    Args:
        folder: where the name starts from.
        name: a path, relative to ``folder``, with ``/`` between its parts.
    """
    exact = folder / name
    if _is_there(exact):
        return exact
    found = folder
    for part in PurePosixPath(name).parts:
        step = found / part
        found = step if part == ".." or _is_there(step) else _same_name(found, part)
    return found if found != folder and _is_there(found) else exact


def _same_name(folder: Path, name: str) -> Path:
    """Find a name in a folder even if its accents are encoded differently there."""
    wanted = unicodedata.normalize("NFC", name)
    if wanted.isascii():
        return folder / name
    try:
        names = sorted(path.name for path in folder.iterdir())
    except (OSError, ValueError):
        return folder / name
    return folder / next((one for one in names if unicodedata.normalize("NFC", one) == wanted), name)


def _is_there(path: Path) -> bool:
    """Whether a file of that name exists; a folder that may not be entered counts as empty."""
    try:
        return path.exists()
    except (OSError, ValueError):
        return False


def sound_fault(text: str, base: Path, root: Path) -> str | None:
    """The reason why a sound may not be named, in French; None where it may.

    Args:
        text: its path as written, relative to ``base``.
        base: folder that the path starts from; it does not need to exist.
        root: the workspace, which the sound must lie in.
    """
    if "\\" in text:
        return "un chemin s'écrit avec des /, comme « pad/feuilleton.mp3 »"
    try:
        inside = confined(find_file(base, text), root) != confined(root, root)
    except UnusableFileError as error:
        if not error.is_outside:
            return f"ce son ne peut pas être lu ({error.reason})"
        inside = False
    if Path(text).is_absolute() or not inside:
        return "ce son doit être dans le dossier de l'atelier : copiez-le et écrivez son chemin depuis l'émission"
    return None


def sound_faults(table: Mapping[str, Any], key: str, base: Path, root: Path, path: KeyPath = ()) -> Iterator[KeyFault]:
    """The faults of every ``file`` in a table's list of items or carts; values that are no text were told already.

    Args:
        table: the table as parsed.
        key: where its rows are: ``items``, ``template`` or ``carts``.
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
