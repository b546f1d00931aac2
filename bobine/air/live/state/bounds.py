"""Bounds of what an event may hold: no journal from elsewhere leads past them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta

from bobine.air.live.state import events as e
from bobine.model.episode import Item

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


def fault_of(event: e.Event) -> str:
    """Names of the fields that are out of bounds, or of a class that is no event; empty where all is well."""
    if type(event) not in _CHECKS:
        return f"{type(event).__name__} is no kind of event"
    wrong = [name for name, is_possible in _CHECKS[type(event)] if not is_possible(getattr(event, name))]
    if isinstance(event, e.RecordingGap) and not wrong and event.end < event.start:
        wrong = ["end"]
    return ", ".join(f"{type(event).__name__}.{name}" for name in wrong)


def _is_instant(value: object) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None and EARLIEST <= value <= LATEST


def _whole(low: int, high: int) -> Callable[[object], bool]:
    return lambda value: type(value) is int and low <= value <= high


def _text(longest: int) -> Callable[[object], bool]:
    return lambda value: isinstance(value, str) and len(value) <= longest and _is_sound(value)


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


def _optional(check: Callable[[object], bool]) -> Callable[[object], bool]:
    return lambda value: value is None or check(value)


_SECONDS = _whole(-int(LONGEST.total_seconds()), int(LONGEST.total_seconds()))
_POSITION = _whole(0, MOST_SAMPLES)
_BY_NAME: dict[str, Callable[[object], bool]] = {
    "at": _is_instant,
    "position": _optional(_POSITION),
    "item": lambda value: isinstance(value, Item),
    "item_id": _text(LONGEST_NAME),
    "seconds": _SECONDS,
    "label": _text(LONGEST_TEXT),
    "text": _text(LONGEST_TEXT),
    "of": _text(LONGEST_NAME),
    "sound": _text(LONGEST_TEXT),
    "bed": lambda value: type(value) is bool,
    "running": lambda value: type(value) is bool,
    "file": _is_file_name,
    "rate": _whole(1, MOST_HZ),
    "channels": _whole(1, MOST_CHANNELS),
    "start": _POSITION,
    "end": _POSITION,
}
_CHECKS: dict[type[e.Event], tuple[tuple[str, Callable[[object], bool]], ...]] = {
    kind: tuple((field.name, _BY_NAME[field.name]) for field in fields(kind)) for kind in e.KINDS.values()
}
_CHECKS[e.Chosen] = tuple((name, _optional(check) if name == "item_id" else check) for name, check in _CHECKS[e.Chosen])
_CHECKS[e.MovedBack] = tuple(
    (name, _whole(1, int(LONGEST.total_seconds())) if name == "seconds" else check)
    for name, check in _CHECKS[e.MovedBack]
)
