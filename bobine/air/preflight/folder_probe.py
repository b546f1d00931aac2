"""A trial of everything a show does to its folder: lock, write, sync, and replace one file by another."""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
from pathlib import Path

from bobine.air.preflight.machine import Check, Verdict
from bobine.errors import BobineError
from bobine.french import printable
from bobine.store.files import sync_folder
from bobine.store.locks import has_locks
from bobine.store.opening import confined
from bobine.store.reasons import reason_of

_CONTENT = b"Bobine" * 700


def folder_check(folder: Path) -> Check:
    """Check that a folder accepts what a show writes in it; nothing is left there.

    Args:
        folder: the episode's; where it is missing, the one above it that is there is tried.
    """
    try:
        there = confined(folder)
        while not there.exists() and there.parent != there:
            there = there.parent
        locks = _try(there)
    except OSError as error:
        return _bad(folder, reason_of(error))
    except BobineError as error:
        return Check(what="Dossier", verdict=Verdict.BAD, words=printable(str(error)), owner="technique")
    if not locks:
        words = "pas de verrous sur ce disque : un seul ordinateur à la fois"
        return Check(what="Dossier", verdict=Verdict.DOUBT, words=words, owner="technique")
    return Check(what="Dossier", verdict=Verdict.GOOD, words="s'écrit, se verrouille et se remplace")


def _bad(folder: Path, why: str) -> Check:
    words = f"« {printable(str(folder))} » ne peut pas être écrit ({why}) : vérifiez ses droits et son disque"
    return Check(what="Dossier", verdict=Verdict.BAD, words=words, owner="technique")


def _try(folder: Path) -> bool:
    """Try each thing; whether the disk has locks of its own.

    Raises:
        OSError: if one of them is refused.
    """
    stem = f".essai-{secrets.token_hex(6)}"
    first, second, lock = (folder / f"{stem}{end}" for end in ("", ".2", ".lock"))
    try:
        locks = has_locks(lock)
        for path in (first, second):
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_APPEND, 0o666)
            try:
                if os.write(handle, _CONTENT) < len(_CONTENT):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                os.fsync(handle)
            finally:
                os.close(handle)
        second.replace(first)
        sync_folder(folder)
        if first.read_bytes() != _CONTENT:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
    finally:
        for path in (first, second, lock):
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return locks
