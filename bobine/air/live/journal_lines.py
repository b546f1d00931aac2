"""One event a line, as JSON: written so that nothing is lost, read back strictly."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TypeVar

from bobine.air.live.state.bounds import fault_of
from bobine.air.live.state.events import KINDS, Event, Taken
from bobine.errors import JournalError
from bobine.model.episode import Item
from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import Plain, encode
from bobine.store.codec.json_text import json_text, read_json
from bobine.store.codec.keys import format_key
from bobine.store.codec.notation import JSON, SPARSE_JSON
from bobine.store.rules.tables import RULES

T = TypeVar("T")

_WORDS = {cls: word for word, cls in KINDS.items()}

_RULES = Rules(text=lambda _text: None)
"""None here: ``fault_of`` says what an event can be."""

LONGEST_LINE = 1 << 20
"""Bytes of a line: far more than any item takes."""


def line_of(event: Event) -> str:
    """An event as one line of JSON, its line end included; instants in UTC to the microsecond.

    Raises:
        JournalError: if it could not be read back.
    """
    fault = fault_of(event)
    if fault:
        raise JournalError(
            f"Cette action ne peut pas être notée dans le journal : une valeur est impossible ({fault})."
        )
    own = encode(event, omit=frozenset({"at", "item"}), notation=JSON)
    values: Plain = {"type": _WORDS[type(event)], "at": _utc(event.at), **own}
    if isinstance(event, Taken):
        values["item"] = encode(event.item, sparse=True, notation=SPARSE_JSON)
    return json_text(values, compact=True) + "\n"


def event_of(line: str | bytes) -> Event:
    """The event of a line.

    Raises:
        JournalError: if it is not one, whole, well formed and within bounds.
    """
    try:
        return _event(line)
    except Exception as error:  # a line from elsewhere may hold anything
        raise JournalError(f"Cette ligne n'est pas un événement du journal ({type(error).__name__}).") from error


def _event(line: str | bytes) -> Event:
    if len(line) > LONGEST_LINE:
        raise ValueError("too long")
    values = read_json(line)
    if not isinstance(values, dict):
        raise TypeError("not a table")
    cls = KINDS[values.pop("type")]
    given: dict[str, object] = {"at": _instant(values.pop("at"))}
    if cls is Taken:
        given["item"] = _decoded(Decoder(RULES, SPARSE_JSON), Item, values.pop("item"))
    event = _decoded(Decoder(_RULES, JSON), cls, values, given)
    fault = fault_of(event)
    if fault:
        raise ValueError(fault)
    return event


def _decoded(decoder: Decoder, cls: type[T], table: object, given: Mapping[str, object] = MappingProxyType({})) -> T:
    value = decoder.table(cls, table, **given)
    if value is None:
        raise ValueError("; ".join(f"{format_key(fault.path)}: {fault.message}" for fault in decoder.faults))
    return value


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _instant(text: object) -> datetime:
    if not isinstance(text, str) or not text.endswith("Z"):
        raise ValueError(f"not an instant in UTC: {text!r}")
    return datetime.fromisoformat(text).astimezone(UTC)
