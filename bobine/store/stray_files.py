"""Conflict copies that synchronisers left beside the files of a workspace."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from bobine.french import printable
from bobine.store.opening import UnusableFileError, listed
from bobine.store.strays import conflict_copy, conflict_sentence, machine_copy

_OWN = ("shows.toml", "team.toml", "ideas.toml", "episode.toml", "release.toml", "hold.toml", "edits.toml",
        "hours.toml", "journal.jsonl", "as_run.toml", "purged.toml", "manifest.toml", "listening.json")  # fmt: skip


def is_own(name: str) -> bool:
    """Whether a file of this name is one that Bobine writes under its lock."""
    return name in _OWN


def conflict_copies(root: Path) -> tuple[str, ...]:
    """List the conflict copies in a workspace, one French sentence each, in the order of their places.

    Args:
        root: the workspace.
    """
    return tuple(sentence for folder in _folders(root) for sentence in _copies(folder, root))


def _folders(root: Path) -> Iterator[Path]:
    """The folders where the files of the workspace lie."""
    yield root
    episodes = root / "episodes"
    yield episodes
    for show in _inside(episodes, root):
        yield show
        for day in _inside(show, root):
            yield day
            yield from (day / name for name in ("recording", "master"))


def _inside(folder: Path, root: Path) -> list[Path]:
    return [path for path in _listed(folder, root) if os.path.isdir(path)]  # noqa: PTH112 - it never raises


def _listed(folder: Path, root: Path) -> list[Path]:
    with contextlib.suppress(UnusableFileError):
        return listed(folder, within=root)
    return []


def _copies(folder: Path, root: Path) -> Iterator[str]:
    for path in _listed(folder, root):
        found = conflict_copy(path.name)
        original = machine_copy(path.name, _OWN)
        if found is None and original is not None and (folder / original).exists():
            found = original, "OneDrive"
        if found is not None and not path.name.startswith("."):
            yield conflict_sentence(printable(path.relative_to(root).as_posix()), printable(found[0]), found[1])
