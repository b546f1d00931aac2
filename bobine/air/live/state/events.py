"""Events of a show: the words of its journal. Pure.

An event carries the instant it happened and the position of the recording then. It is never rewritten: what is taken
back is told by another event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import UTC, datetime, timedelta
from functools import partial

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
    "recording-started": RecordingStarted,
    "recording-gap": RecordingGap,
    "recording-stopped": RecordingStopped,
}
"""Each kind of event by its word in the journal."""

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""A computer that has lost its clock begins here."""

LATEST = datetime(2200, 1, 1, tzinfo=UTC)

MOST_SAMPLES = 1 << 40
"""A position: two months at 192 kHz."""

LONGEST = timedelta(days=1)
"""Time that may be given to an item, or taken from it, in all."""

MOST_HZ = 768_000
MOST_CHANNELS = 64
LONGEST_TEXT = 10_000
LONGEST_NAME = 255


def fault_of(event: Event) -> str:
    """Names of the fields that are out of bounds, or of a class that is no event; empty where all is well."""
    if type(event) not in _CHECKS:
        return f"{type(event).__name__} is no kind of event"
    wrong = [name for name, is_possible in _CHECKS[type(event)] if not is_possible(getattr(event, name))]
    if isinstance(event, RecordingGap) and not wrong and event.end < event.start:
        wrong = ["end"]
    return ", ".join(f"{type(event).__name__}.{name}" for name in wrong)


def _is_instant(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None and EARLIEST <= value <= LATEST


def _is_whole(low: int, high: int, value: object) -> bool:
    return type(value) is int and low <= value <= high


def _is_text(longest: int, value: object) -> bool:
    return isinstance(value, str) and len(value) <= longest and _is_sound(value)


def _is_sound(text: str) -> bool:
    """Whether a text can be written: half of a character cannot."""
    return not any("\ud800" <= letter <= "\udfff" for letter in text)


def _is_file_name(value: object) -> bool:
    """A plain name in one folder: nothing that leads elsewhere."""
    return (
        isinstance(value, str)
        and 0 < len(value) <= LONGEST_NAME
        and value not in (".", "..")
        and value.isprintable()
        and not set(value) & set("/\\:")
    )


def _is_absent_or(check: Callable[[object], bool], value: object) -> bool:
    return value is None or check(value)


_A_DAY_S = int(LONGEST.total_seconds())
_POSITION = partial(_is_whole, 0, MOST_SAMPLES)
_BY_NAME: dict[str, Callable[[object], bool]] = {
    "at": _is_instant,
    "position": partial(_is_absent_or, _POSITION),
    "item": lambda value: isinstance(value, Item),
    "item_id": partial(_is_text, LONGEST_NAME),
    "seconds": partial(_is_whole, -_A_DAY_S, _A_DAY_S),
    "label": partial(_is_text, LONGEST_TEXT),
    "text": partial(_is_text, LONGEST_TEXT),
    "of": partial(_is_text, LONGEST_NAME),
    "running": lambda value: type(value) is bool,
    "file": _is_file_name,
    "rate": partial(_is_whole, 1, MOST_HZ),
    "channels": partial(_is_whole, 1, MOST_CHANNELS),
    "start": _POSITION,
    "end": _POSITION,
}
_OF_ONE_KIND: dict[tuple[type[Event], str], Callable[[object], bool]] = {
    (Chosen, "item_id"): partial(_is_absent_or, partial(_is_text, LONGEST_NAME)),
    (MovedBack, "seconds"): partial(_is_whole, 1, _A_DAY_S),
}
_CHECKS: dict[type[Event], tuple[tuple[str, Callable[[object], bool]], ...]] = {
    kind: tuple((field.name, _OF_ONE_KIND.get((kind, field.name), _BY_NAME[field.name])) for field in fields(kind))
    for kind in KINDS.values()
}
