"""``bobine nouveau``: a workspace, or the episode of the next free slot."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import WorkspaceError
from bobine.french import long_date
from bobine.model.show import Show
from bobine.store.episodes import read_episode
from bobine.store.files import atomic_write, locked
from bobine.store.shows import SHOWS_FILE
from bobine.store.skeletons import GITIGNORE, episode_text, shows_text
from bobine.store.texts import one_line
from bobine.store.workspace import Workspace

_TITLE = "Notre émission"


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    today = now().date()
    if options.what == "atelier":
        folder = Path(options.target) if options.target else options.atelier or Path.cwd()
        written = new_workspace(folder, options.titre or _TITLE, today)
        console.result({"path": str(written)})
        console.say(f"Atelier créé : {written}")
        console.say("Ouvrez ce fichier, décrivez-y votre émission, puis : bobine nouveau")
        return 0
    if options.titre:
        raise WorkspaceError(
            "--titre ne va qu'avec « bobine nouveau atelier » ; le titre d'un épisode est dans son plan."
        )
    workspace = open_root(options)
    show, day = chosen_slot(workspace, options.target)
    written = new_episode(workspace, show, today, day)
    reference = f"{show.slug}/{written.parent.name}"
    console.result({"path": str(written), "episode": reference})
    console.say(f"Épisode du {long_date(date.fromisoformat(written.parent.name))} créé : {written}")
    console.say(f"Son conducteur se remplit dans ce fichier. Plus tard : bobine importer {reference} ENREGISTREMENT")
    return 0


def chosen_slot(workspace: Workspace, target: str | None) -> tuple[Show, date | None]:
    """The show and the day that ``SHOW``, ``DATE`` or ``SHOW/DATE`` name; no day where none is named.

    Raises:
        WorkspaceError: if there is no such show, no such day, or several shows and none named.
    """
    slug, _, word = (target or "").rpartition("/")
    if not slug and word in {show.slug for show in workspace.shows}:
        slug, word = word, ""
    if slug:
        show = workspace.show(slug)
    elif len(workspace.shows) == 1:
        show = workspace.shows[0]
    else:
        slugs = ", ".join(show.slug for show in workspace.shows)
        raise WorkspaceError(
            f"Cet atelier a plusieurs émissions : écrivez « bobine nouveau episode » et l'une de {slugs}."
        )
    if not word:
        return show, None
    try:
        return show, date.fromisoformat(word)
    except ValueError as error:
        raise WorkspaceError(
            f"« {word[:40]} » n'est ni une émission de cet atelier ni une date : écrivez-la comme 2026-11-26."
        ) from error


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
