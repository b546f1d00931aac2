"""A remote folder tried on a few bytes, and cleared of what runs that were killed left there."""

from __future__ import annotations

import contextlib

from bobine.errors import PublishError
from bobine.publish.destinations.remote.files import Entry, RemoteFiles


def try_replacing(files: RemoteFiles, destination: str, first: str, second: str) -> None:
    """Replace a file by another, as the feed is; ``files`` then knows what the server can promise.

    Args:
        files: the remote folder.
        destination: its name, for people.
        first: a file that is there.
        second: another one, which takes its place.

    Raises:
        PublishError: if a file cannot replace another there.
    """
    entry = files.look(first)
    if entry is None or not entry.tag:
        files.tells_tags = False
    if files.tells_tags and files.rename(second, first, over=True, tag='"bobine"'):
        files.tells_tags = False  # it does not look at tags
    elif not files.rename(second, first, over=True, tag=entry.tag if entry is not None else ""):
        files.tells_tags = False  # it takes its own tag for another's
        files.rename(second, first, over=True)
    if files.read(first, 0, 20) != b"BOBINE\n":
        raise PublishError(
            f"Destination « {destination} » : un fichier n'y peut pas en remplacer un autre ; donnez au compte le "
            "droit de renommer et de supprimer dans ce dossier."
        )


def sweep(files: RemoteFiles, folder: str, now: float | None, start: str, after_s: float, end: str = "") -> list[Entry]:
    """Remove what a run that was killed left in a folder; gives what the folder holds, what was removed included.

    Args:
        files: the remote folder.
        folder: the one below it, which ends with ``/``; empty for itself.
        now: the server's time, seconds since 1970; None where it is not known: nothing is removed.
        start: what the names of such files begin with.
        after_s: their least age, seconds.
        end: what their names end with.
    """
    entries = files.entries(folder.removesuffix("/")) or []
    for entry in entries:
        is_ours = not entry.is_folder and entry.name.startswith(start) and entry.name.endswith(end)
        if is_ours and now is not None and entry.modified is not None and now - entry.modified > after_s:
            with contextlib.suppress(PublishError):
                files.remove(f"{folder}{entry.name}")
    return entries
