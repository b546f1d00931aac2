"""``bobine nouveau``: a workspace, or the episode of the next free slot."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.show import Show
from bobine.store.episodes import read_episode
from bobine.store.files import atomic_write, locked
from bobine.store.shows import SHOWS_FILE
from bobine.store.skeletons import GITIGNORE, episode_text, shows_text
from bobine.store.texts import one_line
from bobine.store.workspace import Workspace


def new_workspace(folder: Path, title: str, today: date) -> Path:
    """Create a workspace for one new show: ``shows.toml``, ``episodes/``, ``feed/`` and a ``.gitignore``.

    Args:
        folder: where; made where it is missing. What it holds already stays.
        title: the show's title.
        today: its first season is the one that this day falls in, or the next to open.

    Returns:
        The ``shows.toml`` that was written.

    Raises:
        WorkspaceError: if the folder is a workspace already, or the title cannot be one.
        DiskError: if the folder cannot be written.
    """
    message = one_line(title)
    if message:
        raise WorkspaceError(f"Le titre de l'émission ne convient pas : {message}.")
    shows = folder / SHOWS_FILE
    with locked(shows):
        if shows.exists():
            raise WorkspaceError(f"« {folder} » est déjà un atelier : rien n'y a été changé.")
        for name in ("episodes", "feed"):
            (folder / name).mkdir(exist_ok=True)
        if not (folder / ".gitignore").exists():
            atomic_write(folder / ".gitignore", GITIGNORE.encode())
        atomic_write(shows, shows_text(title, today).encode())
    return shows


def new_episode(workspace: Workspace, show: Show, today: date, day: date | None = None) -> Path:
    """Create an episode from its show's template, with the next number of its season.

    Args:
        workspace: where.
        show: whose.
        today: the day it is.
        day: the day of broadcast; by default the next free one of the slot, in season and off holidays.

    Returns:
        The ``episode.toml`` that was written.

    Raises:
        WorkspaceError: if there is an episode on that day already, or no free day.
        PlanError: if an episode of the same season, whose number is needed, cannot be read.
        DiskError: if the place cannot be written.
    """
    with locked(workspace.root / "episodes" / show.slug):
        taken = frozenset(workspace.episode_dates(show))
        chosen = day or show.next_free_day(today, taken)
        if chosen is None:
            raise WorkspaceError(
                f"« {show.title} » n'a aucun créneau libre dans les trois ans : vérifiez [shows.{show.slug}.season] "
                f"dans {SHOWS_FILE}, ou donnez une date."
            )
        if chosen in taken:
            raise WorkspaceError(
                f"L'émission du {long_date(chosen)} existe déjà ({show.slug}/{chosen}) : rien n'y a été changé."
            )
        season = show.season.number(chosen)
        plan = workspace.folder(show, chosen).plan
        atomic_write(plan, episode_text(show, chosen, season, _next_number(workspace, show, season)).encode())
    return plan


def _next_number(workspace: Workspace, show: Show, season: int) -> int:
    """One more than the highest number of the season."""
    days = [day for day in workspace.episode_dates(show) if show.season.number(day) == season]
    episodes = [read_episode(workspace, show, day) for day in days]
    return 1 + max((episode.number for episode in episodes if episode.season == season), default=0)
