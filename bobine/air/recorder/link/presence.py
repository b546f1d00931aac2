"""Who records into a folder: told by what lives and moves, never by a lock or a file alone."""

from __future__ import annotations

import time

from bobine.air.recorder.clocks import boot, steady, wall
from bobine.air.recorder.link.alive import is_recorder, knows_processes
from bobine.air.recorder.link.folder import RecorderFolder
from bobine.air.recorder.link.status import FRESH_S, HUNG_S, State, Status, read
from bobine.errors import SoundError

_OTHER_CLOCK_S = 120.0
"""How far two computers' clocks may be apart, seconds."""


def answers(place: RecorderFolder) -> bool:
    """Whether a recorder of the folder is alive and says so."""
    said = read(place.status)
    if said is None or said.boot != boot() or said.state is State.STOPPED:
        return False
    return steady() - said.at < 2 * HUNG_S and lives(place, said)


def lives(place: RecorderFolder, said: Status) -> bool:
    """Whether the process that published a status is alive, and is that recorder."""
    if said.boot != boot():
        return moves(place, said)
    if knows_processes():
        return is_recorder(said.pid, said.born, place.recording)
    return said.state is not State.STOPPED and steady() - said.at < FRESH_S


def moves(place: RecorderFolder, said: Status) -> bool:
    """Whether a status from another computer, or from before a restart of this one, still changes."""
    if said.state is State.STOPPED or abs((wall() - said.utc).total_seconds()) > _OTHER_CLOCK_S:
        return False
    limit = steady() + FRESH_S
    while steady() < limit:
        found = read(place.status)
        if found is not None and (found.boot, found.at) != (said.boot, said.at):
            return True
        time.sleep(0.05)
    return False


def refuse_another_computer(place: RecorderFolder) -> None:
    """Refuse a folder that another computer is recording into.

    Raises:
        SoundError: if another one does.
    """
    said = read(place.status)
    if said is not None and said.boot != boot() and moves(place, said):
        raise SoundError("Un autre ordinateur enregistre déjà dans ce dossier : arrêtez-le, ou laissez-le faire.")
