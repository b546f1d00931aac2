"""Stray files of a workspace: conflict copies of synchronisers, and episodes whose folder has no episode's name."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from bobine.french import printable
from bobine.store.opening import UnusableFileError, listed
from bobine.store.strays import conflict_copy, conflict_sentence, machine_copy
from bobine.store.workspace import day_of_folder

_OWN = ("shows.toml", "team.toml", "ideas.toml", "episode.toml", "release.toml", "hold.toml", "edits.toml",
        "hours.toml", "journal.jsonl", "as_run.toml", "purged.toml", "manifest.toml", "transcript.toml",
        "listening.json")  # fmt: skip


def is_own(name: str) -> bool:
    """Whether a file of this name is one that Bobine writes under its lock."""
    return name in _OWN


def conflict_copies(root: Path) -> tuple[str, ...]:
    """List the conflict copies in a workspace, one French sentence each, in the order of their places.

    Args:
        root: the workspace.
    """
    return tuple(sentence for folder in _folders(root) for sentence in _copies(folder, root))


def misnamed_episodes(root: Path) -> tuple[str, ...]:
    """List the folders that hold a plan under a name that is no episode's: nothing else ever shows them.

    Args:
        root: the workspace.

    Returns:
        One French sentence each, in the order of their places.
    """
    shows = _inside(root / "episodes", root)
    return tuple(_misnamed(day, root) for show in shows for day in _inside(show, root) if _is_misnamed(day))


def strays(root: Path) -> tuple[str, ...]:
    """List all that stands wrongly in a workspace: conflict copies, then misnamed episodes; one sentence each."""
    return (*conflict_copies(root), *misnamed_episodes(root))


def _is_misnamed(folder: Path) -> bool:
    is_plan = not folder.name.startswith(".") and os.path.lexists(folder / "episode.toml")
    return is_plan and day_of_folder(folder.name) is None


def _misnamed(folder: Path, root: Path) -> str:
    lower = folder.name.strip().lower().replace("_", "-").replace(" ", "-")
    example = lower if day_of_folder(lower) is not None else "2026-11-26-bonus"
    place = printable(folder.relative_to(root).as_posix())
    return (
        f"« {place} » a un conducteur que Bobine ne voit pas : le nom d'un épisode est sa date, suivie ou non de "
        f"minuscules sans accent, de chiffres et de tirets ; renommez ce dossier, par exemple « {example} »."
    )


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
