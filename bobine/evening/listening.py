"""Listening to what was made: the master, in a player that this machine has."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bobine.errors import MasterError, ToolError
from bobine.processes import Apart
from bobine.store.records.manifests import read_manifest
from bobine.store.workspace import EpisodeFolder

WITH_WINDOWS = (("xdg-open",), ("open",), ("vlc", "--quiet"))
"""Players that open a window, the system's own choice first; each takes the file as its last word."""

WITHOUT = (
    ("mpv", "--no-video", "--no-terminal"),
    ("ffplay", "-nodisp", "-autoexit", "-loglevel", "error"),
    ("cvlc", "--quiet", "--play-and-exit"),
    ("mpg123", "-q"),
)
"""Players that need none."""

GIVES_UP_S = 0.7
"""A player that cannot play ends with an error within so long, in seconds."""


def players(environment: Mapping[str, str], which: Callable[[str], str | None]) -> tuple[tuple[str, ...], ...]:
    """The players that may be tried here, in order. Pure.

    Args:
        environment: tells whether there is a desktop.
        which: where a program is; None where it is not.
    """
    desktop = environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY") or which("open")
    wanted = (*WITH_WINDOWS, *WITHOUT) if desktop else WITHOUT
    found = ((which(command[0]), command[1:]) for command in wanted)
    return tuple((program, *arguments) for program, arguments in found if program)


def listen(folder: EpisodeFolder, environment: Mapping[str, str] = os.environ) -> str:
    """Play the episode's master beside whatever goes on; gives one French sentence: with what, and which file.

    Args:
        folder: the episode's.
        environment: of the program.

    Raises:
        MasterError: if there is no master.
        ToolError: if nothing here plays it; the sentence says where it lies.
    """
    path = folder.master / read_manifest(folder.manifest).files[0].file
    if not path.is_file():
        raise MasterError(f"« {path} » n'est plus là : refaites le montage par « bobine monter {folder.reference} ».")
    for command in players(environment, shutil.which):
        if _plays((*command, str(path))):
            return f"L'écoute est lancée avec {Path(command[0]).name} : {path}"
    raise ToolError(f"Aucun lecteur de cette machine ne l'a joué : ouvrez « {path} » avec celui que vous avez.")


def _plays(command: Sequence[str]) -> bool:
    """Start a player; False if it ends with an error at once."""
    player = Apart(command, Path(os.devnull))
    until_s = time.monotonic() + GIVES_UP_S
    while player.is_alive() and time.monotonic() < until_s:
        time.sleep(0.02)
    return not player.code
