"""The gestures on a rundown, a file each: each asks its questions, then hands an edited episode to the screen."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bobine.tui.messages import OpenEpisode
from bobine.tui.rundown.gestures import (
    add,
    attach,
    duration,
    heading,
    history,
    paper,
    participants,
    people,
    put_back,
    repair,
    search,
    settle,
    sound,
    works,
)

if TYPE_CHECKING:
    from bobine.tui.rundown.open_rundown import WholeRundown


async def _open_hours(rundown: WholeRundown) -> None:
    rundown.post_message(OpenEpisode(rundown.day, "hours"))


GESTURES: dict[str, Callable[[WholeRundown], Awaitable[None]]] = {
    "add": add.run,
    "attach": attach.run,
    "duration": duration.run,
    "heading": heading.run,
    "history": history.run,
    "hours": _open_hours,
    "paper": paper.run,
    "participants": participants.run,
    "people": people.run,
    "put_back": put_back.run,
    "repair": repair.run,
    "search": search.run,
    "settle": settle.run,
    "sound": sound.run,
    "works": works.run,
}
"""The gestures by name."""
