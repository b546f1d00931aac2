"""Bounds of what an event may hold: no journal from elsewhere leads past them. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from functools import partial

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
    "sound": partial(_is_text, LONGEST_TEXT),
    "bed": lambda value: type(value) is bool,
    "running": lambda value: type(value) is bool,
    "file": _is_file_name,
    "rate": partial(_is_whole, 1, MOST_HZ),
    "channels": partial(_is_whole, 1, MOST_CHANNELS),
    "start": _POSITION,
    "end": _POSITION,
}
_OF_ONE_KIND: dict[tuple[type[e.Event], str], Callable[[object], bool]] = {
    (e.Chosen, "item_id"): partial(_is_absent_or, partial(_is_text, LONGEST_NAME)),
    (e.MovedBack, "seconds"): partial(_is_whole, 1, _A_DAY_S),
}
_CHECKS: dict[type[e.Event], tuple[tuple[str, Callable[[object], bool]], ...]] = {
    kind: tuple((field.name, _OF_ONE_KIND.get((kind, field.name), _BY_NAME[field.name])) for field in fields(kind))
    for kind in e.KINDS.values()
}
