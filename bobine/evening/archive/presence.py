"""One run at a time over a workspace, and the signs by which a worker knows that it sees the same folder.

While a run goes on, it holds a lock in the workspace and a file lies there, its beacon. A worker that sees the beacon
has the folder itself, not a copy of it; one that finds the lock held has locks in common with this computer; and once
the beacon is gone, whoever still works for the run stops.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import threading
from collections.abc import Iterator
from pathlib import Path

from bobine.errors import BusyError
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.files import disk_errors, locked, sweep
from bobine.store.locks import has_locks

_STEM = "monter-tout"
_LOOK_EVERY_S = 0.5


@contextlib.contextmanager
def one_run(root: Path) -> Iterator[str]:
    """Hold the lock of a run over a workspace, and keep its beacon there; gives the beacon's name.

    Raises:
        BusyError: if another run goes on.
        DiskError: if the workspace cannot be written.
    """
    with contextlib.ExitStack() as held:
        try:
            held.enter_context(locked(root / _STEM, timeout_s=1))
        except BusyError as error:
            raise BusyError(
                "Un autre « bobine monter --tout » est en cours dans cet atelier : attendez qu'il finisse, ou "
                "arrêtez-le."
            ) from error
        sweep(root, _STEM)
        beacon = root / f".{_STEM}.{secrets.token_hex(6)}.tmp"
        with disk_errors(beacon):
            beacon.touch(exist_ok=False)
        try:
            yield beacon.name
        finally:
            with contextlib.suppress(OSError):
                beacon.unlink(missing_ok=True)


def place_fault(root: Path, beacon: str) -> str:
    """The fault of a workspace as this machine sees it, a French clause; empty if it is the run's own.

    Args:
        root: the workspace.
        beacon: the name of the run's beacon.
    """
    try:
        if not (root / SHOWS_FILE).is_file():
            return f"le dossier « {root} » n'y est pas un atelier ; montez-y le dossier partagé, au même chemin"
        if not (root / beacon).is_file():
            return f"« {root} » y est un autre dossier que celui d'ici ; montez-y le dossier partagé, pas une copie"
        if not os.access(root / "episodes", os.W_OK):
            return f"il ne peut pas écrire dans « {root / 'episodes'} » ; donnez-lui les mêmes droits qu'ici"
    except OSError as error:
        return f"« {root} » n'y est pas lisible ({error.strerror})"
    return ""


def lock_fault(root: Path) -> str:
    """The fault of the locks that this machine shares with the run's own, a French clause; empty if none.

    Args:
        root: the workspace, whose lock the run holds.
    """
    try:
        has_locks(root / f".{_STEM}.lock")
    except TimeoutError:
        return ""
    except OSError as error:
        return f"les verrous de « {root} » ne peuvent pas y être pris ({error.strerror})"
    return f"« {root} » n'a pas de verrous en commun avec cet ordinateur ; montez le partage avec ses verrous (NFS 4…)"


@contextlib.contextmanager
def stopped_with(beacon: Path, cancel: threading.Event) -> Iterator[None]:
    """Set ``cancel`` once the beacon is gone, while the block runs."""
    over = threading.Event()

    def watch() -> None:
        while not over.wait(_LOOK_EVERY_S):
            if not os.path.lexists(beacon):
                cancel.set()
                return

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    try:
        yield
    finally:
        over.set()
        watching.join()
