"""Alarms about a recording that must be said aloud, the gravest first."""

from __future__ import annotations

from datetime import timedelta

from bobine.air.recorder.levels import DEAD_AFTER_S
from bobine.air.recorder.link.status import State, Status
from bobine.french import decimal, printable
from bobine.model.written.durations import format_duration

SIDES = ("à gauche", "à droite")
"""Where a channel is."""


def alarms(status: Status) -> tuple[str, ...]:
    """French sentences; none while all is well.

    Args:
        status: what the recorder said last; whether to believe it is ``Watch``'s matter.
    """
    said = []
    if status.detail and status.state is not State.STOPPED:
        said.append(status.detail)
    said += [copy.fault for copy in status.copies if copy.fault]
    for copy in status.copies:
        if copy.is_low and not copy.fault:
            folder = printable(copy.path.rpartition("/")[0])
            said.append(f"Il reste {copy.minutes_left} min de place dans « {folder} » : libérez-en.")
    if status.silent:
        said.append(f"Silence depuis {decimal(status.levels.silence_s, 0)} s.")
    if status.levels.dead_side is not None and status.state is State.RECORDING:
        said.append(f"Rien n'arrive {SIDES[status.levels.dead_side]} depuis {decimal(DEAD_AFTER_S, 0)} s.")
    if status.stop_asked and status.state is not State.STOPPED:
        said.append("Arrêt demandé une fois : l'enregistrement continue.")
    return tuple(said)


def lost(status: Status) -> str:
    """Words for the sound that this recording lost: « Il manque 12 s (2 trous) »; empty if none.

    Args:
        status: what the recorder said last.
    """
    if not status.gaps:
        return ""
    length = (
        f"{decimal(status.lost_s, 1)} s" if status.lost_s < 10 else format_duration(timedelta(seconds=status.lost_s))
    )
    holes = "1 trou" if status.gaps == 1 else f"{status.gaps} trous"
    other = " · une autre source a été entendue" if status.strays else ""
    return f"Il manque {length} ({holes}){other}"
