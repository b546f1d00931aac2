"""Create an episode: numbered, dated, with the rundown that its show starts from."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.episode import EpisodeType
from bobine.model.episode_day import suffix_of
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
        day: the day of broadcast; by default the next free one of the slot, in season and off holidays. With a suffix
            it names another episode of that day: one called a bonus or a trailer is made one, and has the number of
            the day's own episode, or of the last one before; none of them starts from the template.

    Returns:
        The ``episode.toml`` that was written.

    Raises:
        WorkspaceError: if there is that episode already, or no free day.
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
        kind = kind_called(suffix_of(chosen))
        same_season = [episode for episode in known if episode.season == season]
        if kind is EpisodeType.FULL:
            number = 1 + max((one.number for one in same_season if one.kind is EpisodeType.FULL), default=0)
        else:
            number = max((one.number for one in same_season if one.in_slot and one.date < chosen), default=1)
        items = () if suffix_of(chosen) else starting_items(show, known, chosen)
        plan = workspace.folder(show, chosen).plan
        atomic_write(plan, episode_text(show, chosen, season, number, items, kind).encode())
    return plan


def kind_called(suffix: str) -> EpisodeType:
    """The kind of episode that a suffix names by its first word; a full one for any other word."""
    return _CALLED.get(suffix.split("-", maxsplit=1)[0], EpisodeType.FULL)


_CALLED = {
    "bonus": EpisodeType.BONUS,
    "annonce": EpisodeType.TRAILER,
    "bande": EpisodeType.TRAILER,
    "teaser": EpisodeType.TRAILER,
    "trailer": EpisodeType.TRAILER,
}
