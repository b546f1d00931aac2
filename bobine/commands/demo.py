"""``bobine demo``: a short show from nothing, the whole way to a podcast feed."""

from __future__ import annotations

import argparse
import shutil
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path

from bobine.air.importing.importer import import_recording
from bobine.commands.console import Console
from bobine.commands.monter import as_json, tell
from bobine.commands.places import Place, now
from bobine.demo.show import make_show
from bobine.demo.workspace import make_demo_workspace
from bobine.errors import WorkspaceError
from bobine.evening.mastering import master_episode
from bobine.evening.publishing import publish_episode
from bobine.french import decimal
from bobine.store.documents.episodes import read_episode
from bobine.store.workspace import find_root, open_workspace

FOLDER = "demo"
_SEED = 1


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    console = Console(as_json=options.json)
    begun = time.monotonic()
    place, sounds = _prepare(options), options.son
    episode, folder = place.episode, place.folder
    cancel = threading.Event()
    console.say(f"Atelier de démonstration : {place.workspace.root}")
    with console.progress() as progress:
        try:
            studio = place.workspace.root / "studio"
            made = make_show(
                studio, options.minutes, _SEED, sounds, lambda done: progress("Fabrication de l'émission", done), cancel
            )
            imported = import_recording(episode, folder.recording, made.recording, made.marks, cancel=cancel)
            mastered = master_episode(place.show, episode, folder, place.show.sound.formats, progress, cancel)
            destination = place.workspace.destination(place.show.podcast.destination)
            published = publish_episode(place.workspace, place.show, episode, destination, now(), before_air=True)
        except KeyboardInterrupt:
            cancel.set()
            raise
    for note in imported.notes:
        console.warn(note)
    tell(console, mastered.manifest, folder)
    spent = time.monotonic() - begun
    console.result({"monter": as_json(mastered, folder), "publier": asdict(published), "seconds": round(spent, 1)})
    console.say(f"Fait en {decimal(spent, 0)} s. Le flux du podcast : {published.feed_path}")
    console.say(f"À écouter : {folder.master / mastered.manifest.files[0].file}")
    console.say(f"Dans une application de podcast : {_program()} servir, puis {published.feed_url}")
    console.say(f"Sur un téléphone du même réseau : {_program()} servir --reseau")
    return 0


def _prepare(options: argparse.Namespace) -> Place:
    """The demonstration's workspace, in the folder ``demo/`` of the workspace around, or of the current folder.

    It publishes to the ``feed/`` beside it, so that one ``bobine servir`` serves both.
    """
    if options.son is not None and not options.son.is_dir():
        raise WorkspaceError(f"--son {options.son} : ce dossier n'existe pas.")
    around = _around(options.atelier)
    slug, day = make_demo_workspace(around / FOLDER, around / "feed", now().date(), options.minutes)
    workspace = open_workspace(around / FOLDER)
    show = workspace.show(slug)
    return Place(workspace, show, read_episode(workspace, show, day), workspace.folder(show, day))


def _program() -> str:
    """The way to call this program from here: its name where the shell finds it, else its path."""
    called = Path(sys.argv[0])
    found = shutil.which("bobine")
    if called.name != "bobine" or (found and Path(found).samefile(called)):
        return "bobine"
    return str(called.relative_to(Path.cwd()) if called.is_relative_to(Path.cwd()) else called)


def _around(chosen: Path | None) -> Path:
    try:
        return find_root(chosen or Path.cwd())
    except WorkspaceError:
        return (chosen or Path.cwd()).resolve()
