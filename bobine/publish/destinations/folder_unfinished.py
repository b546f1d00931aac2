"""Temporary files that a run left in a folder, and whole files of one episode that perhaps no record names."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bobine.publish.destinations.unfinished import Unfinished
from bobine.publish.layout import SERIALS, holds_files, is_content_key, is_key, is_of_episode

_TEMPORARY = re.compile(r"\.(?P<stem>.+)\.[0-9a-f]{12}\.tmp(?P<suffix>\.\w+)?", re.ASCII)


def left_in(top: Path, slug: str, day: date, skew_s: float) -> Iterator[Unfinished]:
    """List the unfinished files in a show's folders of files; those of pages and records hold none.

    Args:
        top: the destination's folder.
        slug: the show's.
        day: the episode whose whole files are told as well.
        skew_s: the lead of the folder's clock, seconds.

    Raises:
        OSError: if the folder cannot be read.
    """
    now, name = time.time() + skew_s, day.isoformat()
    for folder, entry in _entries(top, slug):
        if not entry.name.startswith(".") and name not in entry.name:
            continue  # there are thousands
        found = _TEMPORARY.fullmatch(entry.name)
        key = f"{folder}/{found['stem']}{found['suffix'] or ''}" if found else f"{folder}/{entry.name}"
        stands = found is None and is_content_key(key, slug) and is_of_episode(key, day)
        if not is_key(key) or (found is None and not stands):
            continue
        try:
            idle_s = max(0.0, now - entry.stat(follow_symlinks=False).st_mtime)
        except FileNotFoundError:  # renamed since it was listed
            continue
        yield Unfinished(key=key, place=f"{folder}/{entry.name}", idle_s=idle_s, stands=stands)


def _entries(top: Path, slug: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """The files of a show's own folder and of those below it, each with its folder."""
    waiting = [slug]
    while waiting:
        folder = waiting.pop()
        try:
            entries = list(os.scandir(top / folder))
        except (FileNotFoundError, NotADirectoryError):
            continue
        for entry in entries:
            if not entry.is_dir(follow_symlinks=False):
                yield folder, entry
            elif folder == f"{slug}/{SERIALS}" or (folder == slug and holds_files(entry.name)):
                waiting.append(f"{folder}/{entry.name}")
