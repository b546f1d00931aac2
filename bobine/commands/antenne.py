"""``bobine antenne EPISODE``: the live slot, or a rehearsal of it."""

from __future__ import annotations

import argparse
import sys
from typing import TYPE_CHECKING

from bobine.air.live.stage import real_stage
from bobine.commands.console import Console
from bobine.commands.places import Place, now, open_episode
from bobine.commands.screens import run_screens
from bobine.errors import WorkspaceError
from bobine.evening.attaching import off_air_words
from bobine.tui.documents.desk import Desk
from bobine.tui.onair.rehearsals import Rehearsals

if TYPE_CHECKING:
    from bobine.tui.app import BobineApp


def run(options: argparse.Namespace) -> int:
    """Run the command."""
    place = open_episode(options)
    if not place.episode.in_slot:
        raise WorkspaceError(off_air_words(place.episode.reference))
    if options.controle:
        from bobine.commands.preflight import tell_preflight

        return tell_preflight(Console(as_json=options.json), place, listen=not options.sans_ecoute)
    if options.sans_ecoute:
        raise WorkspaceError("--sans-ecoute ne va qu'avec --controle.")
    if options.vitesse != 1 and not options.repetition:
        raise WorkspaceError("--vitesse ne va qu'avec --repetition : le direct va à la vitesse de la vie.")
    if options.web:
        from bobine.commands.web_prompter import serve_prompter

        return serve_prompter(Console(as_json=options.json), place, network=options.reseau, port=options.port)
    if options.port is not None:
        raise WorkspaceError("--port ne va qu'avec --web.")
    if options.reseau:
        raise WorkspaceError("--reseau ne va qu'avec --web.")
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise WorkspaceError("L'antenne s'ouvre dans un terminal, et ce n'en est pas un.")
    if options.source is not None and not options.repetition:
        raise WorkspaceError("--source ne va qu'avec --repetition : le direct écoute l'entrée de shows.toml.")
    if options.repetition and options.prompteur:
        raise WorkspaceError("--prompteur suit le vrai direct : il ne va pas avec --repetition.")
    return run_screens(lambda: _screens(place, options), options)


def _screens(place: Place, options: argparse.Namespace) -> BobineApp:
    from bobine.tui.app import BobineApp

    day = place.episode.date
    if not options.repetition:
        stage = real_stage(place.workspace, place.show, day)
        return BobineApp(Desk(place.workspace, place.show, now), day, on_air=stage, prompter=options.prompteur)
    rehearsals = Rehearsals(Desk(place.workspace, place.show, now), day, options.vitesse, options.source)
    desk, stage = rehearsals.begin()
    return BobineApp(desk, day, on_air=stage, rehearsals=rehearsals)
