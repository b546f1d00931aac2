"""Where a recording goes on: which file, from which sample, and since when sound is missing."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bobine.air.recorder.clocks import boot, steady, wall
from bobine.air.recorder.link.folder import Order
from bobine.air.recorder.link.status import State, Status
from bobine.air.recorder.wav import layout

LONGEST_FILL_S = 30 * 60
"""A recording that stopped longer ago is not gone on with: another file begins, seconds."""

_MOST_FILES = 1000


@dataclass(frozen=True, slots=True)
class Beginning:
    """The way to continue a recording.

    Attributes:
        file: the name to write to.
        position: samples that are there already.
        epoch: of what is there, on the steady clock; None for a new file, or where it is not known.
    """

    file: str
    position: int
    epoch: float | None


def beginning(order: Order, recording: Path, said: Status | None) -> Beginning:
    """Find the last file and see whether it can be gone on with.

    Args:
        order: what is asked.
        recording: the main folder.
        said: what the recorder published last.
    """
    folders = [recording, *([Path(order.second)] if order.second else [])]
    last = 0
    for number in range(1, _MOST_FILES):
        if any(os.path.lexists(folder / file_name(number)) for folder in folders):
            last = number
    fresh = Beginning(file_name(last + 1), 0, None)
    if last == 0:
        return fresh
    name = file_name(last)
    found = [layout(folder / name) for folder in folders if os.path.lexists(folder / name)]
    if any((folder / name).is_symlink() for folder in folders):
        return fresh
    if any(one is not None and one[:2] != (order.rate, order.channels) for one in found):
        return fresh
    position = max((one[2] for one in found if one is not None), default=None)
    if position is None:
        return fresh
    epoch = _epoch(said, wall()) if said is not None and said.file == name else None
    pace = order.rate * order.speed
    if epoch is not None and (steady() - epoch) - position / pace > LONGEST_FILL_S:
        return fresh
    return Beginning(name, position, epoch)


def lost_before(said: Status | None, file: str) -> tuple[int, float, int]:
    """The losses of this file so far: gaps, seconds, and how many times another source was heard.

    Args:
        said: what the recorder published last.
        file: the name of the file that is gone on with.
    """
    return (said.gaps, said.lost_s, said.strays) if said is not None and said.file == file else (0, 0.0, 0)


def source_before(said: Status | None, order: Order) -> str:
    """The name of the source that this goes on with; empty where it is to be found out.

    One that was settled stays, whatever the default has become meanwhile, until the recording was stopped.

    Args:
        said: what the recorder published last.
        order: what is asked.
    """
    goes_on = said is not None and (said.run == order.run or said.state is not State.STOPPED)
    return said.source if said is not None and goes_on and said.asked == str(order.source) else ""


def file_name(number: int) -> str:
    """``antenne.wav``, then ``antenne-2.wav`` and so on."""
    return "antenne.wav" if number == 1 else f"antenne-{number}.wav"


def is_own_recording(name: str) -> bool:
    """Whether a file's name is one that the recorder gives."""
    return re.fullmatch(r"antenne(-[1-9]\d*)?\.wav", name) is not None


def _epoch(said: Status, now: datetime) -> float | None:
    if said.epoch is None:
        return None
    if said.boot == boot():
        return said.epoch
    # the computer was started again in between: only the wall clock went on
    since = max(0.0, (now - said.utc).total_seconds())
    return steady() - since - (said.at - said.epoch)
