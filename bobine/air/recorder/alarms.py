"""What must be said aloud of a recording, the gravest first. Pure."""

from __future__ import annotations

from bobine.air.recorder.status import State, Status
from bobine.french import decimal, printable


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
    if status.stop_asked and status.state is not State.STOPPED:
        said.append("Arrêt demandé une fois : l'enregistrement continue.")
    return tuple(said)
