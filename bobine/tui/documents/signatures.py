"""Signatures of files: a change is noticed without reading them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Signature = tuple[object, ...]
"""A value that changes whenever the files of a document do."""


def signature(paths: Iterable[Path]) -> Signature:
    """A signature that changes whenever one of these files does; a missing file is a state too."""
    found: list[object] = []
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            found.append((str(path), None))
        else:
            found.append((str(path), stat.st_mtime_ns, stat.st_size, stat.st_ino))
    return tuple(found)
