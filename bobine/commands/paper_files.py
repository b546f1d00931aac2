"""Files that a command writes where it is asked for them: ``--csv``, ``--pdf``, with a name or without."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from bobine.store.files import atomic_write


def write_asked(options: argparse.Namespace, stem: str, content: Callable[[str], bytes]) -> list[Path]:
    """Write what was asked for, and tell where.

    Args:
        options: ``csv`` and ``pdf``: a path, an empty one for the usual name, None for nothing.
        stem: the usual name, without its suffix.
        content: gives what a file of that suffix holds.

    Raises:
        DiskError: if a disk is full or cannot be written.
    """
    written = []
    for suffix, chosen in (("csv", options.csv), ("pdf", options.pdf)):
        if chosen is not None:
            path = chosen if chosen != Path() else Path(f"{stem}.{suffix}")
            atomic_write(path.absolute(), content(suffix))
            written.append(path)
    return written
