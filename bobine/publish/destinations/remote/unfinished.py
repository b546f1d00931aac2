"""Parts that a run left in a remote folder, and whole files of one episode that perhaps no record names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from bobine.publish.destinations.own_sending import MARK_CHARS, OwnSending
from bobine.publish.destinations.remote.files import Entry, RemoteFiles
from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import SERIALS, holds_files, is_content_key, is_key, is_of_episode

_PART = re.compile(r"\.(?P<name>.+)\.[0-9a-f]{12}(?:\.(?P<whose>[0-9a-f]{8,10}))?\.part", re.ASCII)


def left_in_folder(
    files: RemoteFiles, slug: str, day: date, own: OwnSending, now: float | None
) -> Iterator[Unfinished]:
    """List the unfinished files in a show's folders of files; those of pages and records hold none.

    Args:
        files: the remote folder.
        slug: the show's.
        day: the episode whose whole files are told as well.
        own: this computer's mark.
        now: the server's time, seconds since 1970; None where it is not known.
    """
    with own.marked() as mark:
        for folder, entry in _entries(files, slug):
            if not entry.name.startswith(".") and day.isoformat() not in entry.name:
                continue  # there are thousands
            found = _PART.fullmatch(entry.name)
            key = f"{folder}/{found['name'] if found else entry.name}"
            stands = found is None and is_content_key(key, slug) and is_of_episode(key, day)
            if not is_key(key) or (found is None and not stands):
                continue
            whose = (found["whose"] or "") if found else ""
            yield Unfinished(
                key=key,
                place=f"{folder}/{entry.name}",
                idle_s=max(0.0, now - entry.modified) if now is not None and entry.modified is not None else 0.0,
                is_over=whose[:MARK_CHARS] == mark,
                goes_on=files.resumes and bool(whose),
                stands=stands,
            )


def _entries(files: RemoteFiles, slug: str) -> Iterator[tuple[str, Entry]]:
    """The files of a show's own folder and of those below it, each with its folder."""
    waiting = [slug]
    while waiting:
        folder = waiting.pop()
        for entry in files.entries(folder) or ():
            if not entry.is_folder:
                yield folder, entry
            elif folder == f"{slug}/{SERIALS}" or (folder == slug and holds_files(entry.name)):
                waiting.append(f"{folder}/{entry.name}")
