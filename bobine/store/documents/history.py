"""The last states of an episode's plan, in ``history/`` beside it: each is a whole ``episode.toml``, to the byte.

A state is kept when it is written; what somebody wrote by hand is kept when the next edit finds it. So whatever instant
a program is killed at, each state that was once in place is still there: in the history, or as the plan itself.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from bobine.errors import DiskError, Fault, PlanError
from bobine.model.episode import Episode
from bobine.model.show import Show
from bobine.store.documents.episodes import decode_episode
from bobine.store.files import atomic_write, locked, sweep
from bobine.store.opening import UnusableFileError, listed, read_bounded
from bobine.store.rules.limits import MOST_BYTES, possible_year
from bobine.store.toml.read import read_toml
from bobine.store.workspace import EpisodeFolder, Workspace

KEPT = 50
"""States that are kept of an episode."""

_STAMP = "%Y%m%dT%H%M%S.%fZ"
"""The name of a state: its instant in UTC."""

_STAMP_FORM = re.compile(r"\d{8}T\d{6}\.\d{6}Z", re.ASCII)

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class SavedState:
    """One state of a plan.

    Attributes:
        at: when it was written; aware. States follow one another, even where a clock went back.
        path: its file.
    """

    at: datetime
    path: Path


def states(folder: EpisodeFolder) -> tuple[SavedState, ...]:
    """The states kept of an episode, the newest first; none where nothing was edited yet.

    Raises:
        UnusableFileError: if their folder cannot be read.
    """
    found = []
    for path in listed(folder.history):
        if path.suffix == ".toml" and _STAMP_FORM.fullmatch(path.stem):
            with contextlib.suppress(ValueError):
                at = datetime.fromisoformat(path.stem)
                found += [SavedState(at, path)] if possible_year(at) else []
    return tuple(sorted(found, key=lambda state: state.at, reverse=True))


def read_state(workspace: Workspace, show: Show, day: date, state: SavedState) -> Episode:
    """The plan as it was.

    Raises:
        PlanError: if it would not be read as it stands, today; lists every fault.
    """
    try:
        return decode_episode(read_toml(state.path, workspace.root), workspace, show, day)
    except FileNotFoundError as error:
        raise _no_longer_kept(state) from error


def restore(workspace: Workspace, show: Show, day: date, state: SavedState, now: datetime) -> Episode:
    """Bring a state back as the plan, to the byte. The present plan is kept first, even one that cannot be read.

    Args:
        workspace: where.
        show: whose.
        day: which episode.
        state: one of its ``states``.
        now: the present instant, aware.

    Returns:
        The episode as it is again.

    Raises:
        PlanError: if the state would not be read as it stands, today: nothing is changed.
        WorkspaceError: if another program holds the lock.
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    folder = workspace.folder(show, day)
    with locked(folder.plan):
        sweep_leftovers(folder)
        episode = read_state(workspace, show, day, state)
        found = content_of(folder.plan)
        content = content_of(state.path)
        if content is None:
            raise _no_longer_kept(state)
        if found != content:
            replace_plan(folder, found, content, now)
    return episode


def replace_plan(folder: EpisodeFolder, found: bytes | None, content: bytes, now: datetime) -> None:
    """Write a plan, and keep its old and its new state; call it under the plan's lock.

    What was found is kept before it is replaced, or nothing is written. What is written needs no such care: where there
    is no room left to keep it, it is the plan, and the next edit keeps it.

    Args:
        folder: the episode's.
        found: the plan's bytes; None where there is none.
        content: its new ones.
        now: the present instant, aware.

    Raises:
        DiskError: if the disk is full or the place cannot be written: nothing is changed.
    """
    if found is not None:
        _keep(folder, found, min(_written(folder.plan, now), now))
    atomic_write(folder.plan, content)
    with contextlib.suppress(DiskError):
        _keep(folder, content, now)


def content_of(path: Path) -> bytes | None:
    """The bytes of a plan, or of a state of one; None where there is none.

    Raises:
        UnusableFileError: if it cannot be read.
    """
    with contextlib.suppress(FileNotFoundError):
        return read_bounded(path, MOST_BYTES)
    return None


def sweep_leftovers(folder: EpisodeFolder) -> None:
    """Remove half-written plans and states that killed programs left; call it under the plan's lock."""
    sweep(folder.path, folder.plan.stem)
    sweep(folder.history)


def _keep(folder: EpisodeFolder, content: bytes, at: datetime) -> None:
    known = states(folder)
    if known and _content(known[0].path) == content:
        return
    moment = max(at.astimezone(UTC), known[0].at + _TICK) if known else at.astimezone(UTC)
    atomic_write(folder.history / f"{moment.strftime(_STAMP)}.toml", content)
    for state in known[KEPT - 1 :]:
        with contextlib.suppress(OSError):
            state.path.unlink()


def _written(path: Path, now: datetime) -> datetime:
    """The time at which a file was written; now, where its date is impossible."""
    with contextlib.suppress(OSError, ValueError, OverflowError):
        written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return written if possible_year(written) else now
    return now


def _content(path: Path) -> bytes | None:
    """The bytes of a state; None for one that cannot be read."""
    with contextlib.suppress(UnusableFileError):
        return content_of(path)
    return None


def _no_longer_kept(state: SavedState) -> PlanError:
    return PlanError((Fault(state.path.name, 0, "", "cet état n'est plus gardé : choisissez-en un autre"),))
