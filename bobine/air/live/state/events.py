"""Events of a show: the words of its journal. Pure.

An event carries the instant it happened and the position of the recording then. It is never rewritten: what is taken
back is told by another event.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bobine.model.episode import Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened.

    Attributes:
        at: the instant; aware, in UTC.
        position: samples recorded by then, counted from the recording's start; None while nothing records.
    """

    at: datetime
    position: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken(Event):
    """An item went on air; what was on air left it."""

    item: Item


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen(Event):
    """An item was made the next one; None gives the choice back to the rundown's order."""

    item_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped(Event):
    """A coming item is left out."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored(Event):
    """An item that was left out comes again."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenIn(Event):
    """A standby counts from now on."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PutBack(Event):
    """A standby that was taken in is in reserve again."""

    item_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengthened(Event):
    """The item on air was given time, or some was taken from it.

    Attributes:
        seconds: positive for more.
    """

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MovedBack(Event):
    """« J'ai appuyé trop tard »: the last take happened earlier than it was noted.

    Attributes:
        seconds: by so many; above zero.
    """

    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked(Event):
    """A bare mark."""

    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted(Event):
    """Something was written down."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopwatchTurned(Event):
    """A stopwatch was started or stopped.

    Attributes:
        of: who speaks, for the political stopwatch: a person or a list; empty for the spare one.
        running: started, or stopped.
    """

    of: str
    running: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StopwatchCleared(Event):
    """A stopwatch went back to zero: nothing writes this any more, and old journals hold it."""

    of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended(Event):
    """The air was given back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone(Event):
    """The last action that still counts is taken back; the recording is never one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BegunAgain(Event):
    """The show begins anew: what was aired before was another one, such as a trial of the day before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GoneOnWith(Event):
    """The show goes on, though what is in the journal so far is of another day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone(Event):
    """The redo of what was undone last, unless something else was done since."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CartStarted(Event):
    """A sound at hand was started; one of its sort that still sounded gave way.

    Attributes:
        sound: its file, a path relative to the workspace.
        bed: it goes round until it is stopped.
        seconds: its length, rounded up.
    """

    sound: str
    bed: bool
    seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CartStopped(Event):
    """A sound at hand was stopped before its end; all of them where ``sound`` is empty."""

    sound: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStarted(Event):
    """Sound is being kept from here on.

    Attributes:
        file: name of the file in ``recording/``, without any folder.
        rate: sampling rate in Hz.
        channels: number of channels.
    """

    file: str
    rate: int
    channels: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingGap(Event):
    """Sound was lost: silence stands in for it, so that positions stay true.

    Attributes:
        start: first sample that is missing.
        end: one past the last.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingStopped(Event):
    """Nothing more is kept."""


ACTIONS = (
    Taken, Chosen, Skipped, Restored, TakenIn, PutBack, Lengthened, MovedBack, Marked, Noted, StopwatchTurned,
    StopwatchCleared, Ended, BegunAgain,
)  # fmt: skip
"""What a person does, and can take back."""

KINDS: dict[str, type[Event]] = {
    "taken": Taken,
    "chosen": Chosen,
    "skipped": Skipped,
    "restored": Restored,
    "taken-in": TakenIn,
    "put-back": PutBack,
    "lengthened": Lengthened,
    "moved-back": MovedBack,
    "marked": Marked,
    "noted": Noted,
    "stopwatch": StopwatchTurned,
    "stopwatch-cleared": StopwatchCleared,
    "ended": Ended,
    "undone": Undone,
    "begun-again": BegunAgain,
    "gone-on-with": GoneOnWith,
    "redone": Redone,
    "cart-started": CartStarted,
    "cart-stopped": CartStopped,
    "recording-started": RecordingStarted,
    "recording-gap": RecordingGap,
    "recording-stopped": RecordingStopped,
}
"""Each kind of event by its word in the journal."""
