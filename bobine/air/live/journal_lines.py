"""One event a line, as JSON: written so that nothing is lost, read back strictly."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, time
from typing import Any

from bobine.air.live.state.events import KINDS, Event, Taken, fault_of
from bobine.errors import JournalError
from bobine.model.episode import Item
from bobine.store.rules.tables import RULES
from bobine.store.toml.decode import Decoder
from bobine.store.toml.encode import encode

_WORDS = {cls: word for word, cls in KINDS.items()}


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
    values: dict[str, Any] = {"type": _WORDS[type(event)], "at": _utc(event.at)}
    for field in dataclasses.fields(event):
        content = getattr(event, field.name)
        if field.name == "at":
            continue
        values[field.name] = _item_table(content) if isinstance(content, Item) else content
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


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
    values = json.loads(line.decode() if isinstance(line, bytes) else line)
    if not isinstance(values, dict):
        raise TypeError("not a table")
    cls = KINDS[values.pop("type")]
    if values.keys() != {field.name for field in dataclasses.fields(cls)}:
        raise ValueError(f"not the fields of {cls.__name__}")
    values["at"] = _instant(values["at"])
    if cls is Taken:
        values["item"] = _item(values["item"])
    event = cls(**values)
    fault = fault_of(event)
    if fault:
        raise ValueError(fault)
    return event


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _instant(text: object) -> datetime:
    if not isinstance(text, str) or not text.endswith("Z"):
        raise ValueError(f"not an instant in UTC: {text!r}")
    return datetime.fromisoformat(text).astimezone(UTC)


def _item_table(item: Item) -> dict[str, Any]:
    table = encode(item, sparse=True)
    return {key: f"{value:%H:%M:%S}" if isinstance(value, time) else value for key, value in table.items()}


def _item(table: object) -> Item:
    if not isinstance(table, dict):
        raise ValueError("an item is a table")  # noqa: TRY004
    if "fixed_start" in table:
        table = {**table, "fixed_start": time.fromisoformat(str(table["fixed_start"]))}
    decoder = Decoder(RULES)
    item = decoder.table(Item, table)
    if item is None:
        raise ValueError("; ".join(fault.message for fault in decoder.faults))
    return item
