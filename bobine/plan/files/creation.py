"""Create an episode: numbered, dated, with the rundown that its show starts from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.show import Show
from bobine.plan.season.skeleton import starting_items
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.documents.skeletons import episode_text
from bobine.store.files import atomic_write, locked
from bobine.store.workspace import Workspace


def new_episode(workspace: Workspace, show: Show, today: date, day: date | None = None) -> Path:
    """Create an episode from its show's template and the chroniques due, with the next number of its season.

    Args:
        workspace: where.
        show: whose.
        today: the day it is.
        day: the day of broadcast; by default the next free one of the slot, in season and off holidays.

    Returns:
        The ``episode.toml`` that was written.

    Raises:
        WorkspaceError: if there is an episode on that day already, or no free day.
        PlanError: if an episode of the same season or before, which numbers and cadences need, cannot be read.
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
        known = [read_episode(workspace, show, d) for d in sorted(taken) if show.season.number(d) <= season]
        number = 1 + max((episode.number for episode in known if episode.season == season), default=0)
        items = starting_items(show, known, chosen)
        plan = workspace.folder(show, chosen).plan
        atomic_write(plan, episode_text(show, chosen, season, number, items).encode())
    return plan
