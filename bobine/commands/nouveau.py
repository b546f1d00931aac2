"""``bobine nouveau``: a workspace, or the episode of the next free slot."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from bobine.commands.console import Console
from bobine.commands.places import now, open_root
from bobine.errors import WorkspaceError
from bobine.evening.online.live_item import announce_planned
from bobine.french import enumerate_words, long_date
from bobine.model.episode_day import read_episode_day, suffix_of
from bobine.model.show import Show
from bobine.plan.files.creation import new_episode
from bobine.plan.files.new_file import shows_text
from bobine.store.documents.episodes import read_episode
from bobine.store.documents.shows import SHOWS_FILE
from bobine.store.documents.skeletons import GITIGNORE
from bobine.store.files import atomic_write, locked
from bobine.store.rules.texts import one_line
from bobine.store.workspace import Workspace, named_day

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
        console.say("Dans ce dossier, « bobine » ouvre les écrans : F8 les réglages, F2 les émissions à préparer.")
        console.say("« bobine verifier » dit ce qui reste à remplir.")
        return 0
    target = options.target
    if options.what != "episode":
        if target is not None:
            raise WorkspaceError(f"« {options.what[:40]} » n'est ni « atelier » ni « episode ».")
        target = options.what
    if options.titre:
        raise WorkspaceError(
            "--titre ne va qu'avec « bobine nouveau atelier » ; le titre d'un épisode est dans son plan."
        )
    workspace = open_root(options)
    show, day = chosen_slot(workspace, target, today)
    written = new_episode(workspace, show, today, day)
    created = read_episode_day(written.parent.name)
    reference = f"{show.slug}/{created}"
    console.result({"path": str(written), "episode": reference})
    console.say(f"Épisode du {long_date(created)} créé : {written}")
    if announce_planned(workspace, show, created):
        console.say(f"Son direct s'annonce dans le podcast. Le refaire : bobine publier {reference} --direct")
    suggested = [item.title for item in read_episode(workspace, show, created).items if item.standby]
    if suggested:
        console.say(f"En réserve, à prendre ou à enlever : {enumerate_words(suggested)}.")
    given = "--pad, ou l'ENREGISTREMENT" if suffix_of(created) else "ENREGISTREMENT"
    console.say(f"Son conducteur se remplit dans ce fichier. Plus tard : bobine importer {reference} {given}")
    return 0


def chosen_slot(workspace: Workspace, target: str | None, today: date) -> tuple[Show, date | None]:
    """The show and the day that ``SHOW``, ``DATE`` or ``SHOW/DATE`` name; no day where none is named.

    Raises:
        WorkspaceError: if there is no such show, no such day, or several shows and none named.
    """
    named = target or ""
    whole = "/" not in named or named_day(named, today) is not None
    slug, _, word = ("", "", named) if whole else named.partition("/")
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
    day = named_day(word, today)
    if day is None:
        raise WorkspaceError(
            f"« {word[:40]} » n'est ni une émission de cet atelier ni une date : écrivez-la comme 2026-11-26 ou "
            "26/11/2026, avec un suffixe pour un autre épisode de ce jour-là (2026-11-26-bonus)."
        )
    return show, day


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
