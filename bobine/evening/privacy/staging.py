"""The writing of a removal: an intention first, then new content, then file by file; killed anywhere, a run ends it.

The intention names who, for as long as the removal is under way, and goes with it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bobine.errors import WorkspaceError
from bobine.evening.privacy.changes import Change
from bobine.evening.privacy.places import WORK
from bobine.evening.privacy.words.pseudonyms import Pseudonym, read_pseudonym
from bobine.store.codec.json_text import JsonFault, json_text, read_json
from bobine.store.files import atomic_write, disk_errors, locked, replacing
from bobine.store.opening import UnusableFileError, file_digest, read_bounded
from bobine.store.stray_files import is_own

_INTENTION = "intention.json"
_READY = "pret.json"
_STAGED = "contenu"
_MOST_BYTES = 16 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Intention:
    """A removal that was decided.

    Attributes:
        names: how the person is written.
        pseudonym: what stands in the place of the name.
        reason: why, one line.
        spared: places that are left, of somebody else of that name.
        begun: when it was decided (aware).
    """

    names: tuple[str, ...]
    pseudonym: Pseudonym
    reason: str
    spared: tuple[str, ...]
    begun: datetime


def work_folder(root: Path) -> Path:
    """The folder of a removal that is under way; it need not exist."""
    return root / WORK


@contextlib.contextmanager
def alone(root: Path) -> Iterator[None]:
    """Keep any other removal from beginning meanwhile.

    Raises:
        BusyError: if one is under way.
    """
    with locked(work_folder(root)):
        yield


def note_intention(root: Path, intention: Intention) -> None:
    """Note a removal before anything of it is done, for nobody but the owner of the workspace to read."""
    folder = work_folder(root)
    with disk_errors(folder):
        folder.mkdir(mode=0o700, exist_ok=True)
    table = {
        "names": list(intention.names),
        "pseudonym": str(intention.pseudonym),
        "reason": intention.reason,
        "spared": list(intention.spared),
        "begun": intention.begun.isoformat(),
    }
    atomic_write(folder / _INTENTION, json_text(table, indent=1).encode())


def read_intention(root: Path) -> Intention | None:
    """The removal that is under way; None where none is.

    Raises:
        WorkspaceError: if its note cannot be read.
    """
    path = work_folder(root) / _INTENTION
    try:
        table = read_json(read_bounded(path, _MOST_BYTES))
        pseudonym = read_pseudonym(table["pseudonym"])
        if pseudonym is None:
            raise ValueError(table["pseudonym"])
        return Intention(
            names=tuple(map(str, table["names"])),
            pseudonym=pseudonym,
            reason=str(table["reason"]),
            spared=tuple(map(str, table["spared"])),
            begun=datetime.fromisoformat(table["begun"]),
        )
    except FileNotFoundError:
        return None
    except (JsonFault, UnusableFileError, KeyError, TypeError, ValueError) as error:
        raise WorkspaceError(
            f"« {path} » dit qu'un oubli a été interrompu, et ne se lit pas : effacez le dossier « {WORK} », puis "
            "redemandez « bobine personne NOM --oublier »."
        ) from error


def staged_folder(root: Path) -> Path:
    """A new folder for new content; what a killed run left in it goes."""
    folder = work_folder(root) / _STAGED
    with disk_errors(folder):
        (work_folder(root) / _READY).unlink(missing_ok=True)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return folder


def note_ready(root: Path, changes: Iterable[Change]) -> None:
    """Note that the new content is whole: from here on a run that is killed is finished from it."""
    rows = [
        {
            "path": os.fspath(one.path),
            "target": os.fspath(one.target),
            "staged": one.staged.name if one.staged is not None else None,
            "was": one.was,
        }
        for one in changes
    ]
    atomic_write(work_folder(root) / _READY, json_text({"changes": rows}, indent=1).encode())


def put_in_place(root: Path) -> int:
    """Put the new content that is ready in place, file by file, and give how many; again does what is left.

    A file that somebody changed meanwhile is left: whoever calls looks again.

    Raises:
        BusyError: if another program keeps a file locked.
        DiskError: if a place cannot be written; the rest is done by the next run.
    """
    folder = work_folder(root)
    try:
        rows: list[dict[str, Any]] = read_json(read_bounded(folder / _READY, _MOST_BYTES))["changes"]
    except FileNotFoundError:
        return 0
    count = 0
    for row in rows:
        staged = folder / _STAGED / row["staged"] if row["staged"] else None
        count += _put(Change(Path(row["path"]), Path(row["target"]), staged, row["was"]))
    with disk_errors(folder):
        (folder / _READY).unlink(missing_ok=True)
        shutil.rmtree(folder / _STAGED, ignore_errors=True)
    return count


def finish(root: Path) -> None:
    """Forget the intention: nothing is left of it."""
    with disk_errors(work_folder(root)):
        for leftover in work_folder(root).glob(".*.tmp*"):
            leftover.unlink(missing_ok=True)
        shutil.rmtree(work_folder(root), ignore_errors=False)


def _put(change: Change) -> bool:
    lock = locked(change.path) if is_own(change.path.name) else contextlib.nullcontext()
    with lock, disk_errors(change.path):
        try:
            if file_digest(change.path) != change.was:
                return False
            times = change.path.stat()
        except FileNotFoundError:
            return False
        moves = change.target != change.path
        if moves and os.path.lexists(change.target):
            return False
        if change.staged is None:
            change.path.rename(change.target)
            return True
        with replacing(change.target) as temporary:
            shutil.copyfile(change.staged, temporary)
            os.utime(temporary, ns=(times.st_atime_ns, times.st_mtime_ns))
        if moves:
            change.path.unlink()
        return True
