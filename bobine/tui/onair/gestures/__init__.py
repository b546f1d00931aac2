"""Questions to the technician: each gesture is a small dialog, in which the show's single keys do nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from bobine.evening import off_air
from bobine.tui.onair.gestures import another_day, before_and_after, during, opening

if TYPE_CHECKING:
    from bobine.tui.onair.show_on_air import EveningOnAir

GESTURES: dict[str, Callable[[EveningOnAir], Awaitable[None]]] = {
    "absent": during.absent,
    "check": before_and_after.check,
    "archive": off_air.keep_rundowns,
    "day": another_day.ask_which,
    "edit": during.edit,
    "end": before_and_after.end,
    "leave": before_and_after.leave,
    "note": during.note,
    "open": opening.ask_first,
    "record": before_and_after.record,
    "rehearsal": opening.rehearsal,
    "repair": during.repair,
    "song": during.song,
    "speech": during.speech,
    "too_late": during.too_late,
}
"""The gestures by name."""
