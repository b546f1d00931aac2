"""One event a line, as JSON: written so that nothing is lost, read back strictly."""

from __future__ import annotations

import dataclasses
import json
from datetime import UTC, datetime, time
from typing import Any

from bobine.air.events import KINDS, Event, Taken
from bobine.model.episode import Item
from bobine.store.decode import Decoder
from bobine.store.encode import encode
from bobine.store.rules import RULES

_WORDS = {cls: word for word, cls in KINDS.items()}


def line_of(event: Event) -> str:
    """An event as one line of JSON, its line end included; instants in UTC to the microsecond."""
    values: dict[str, Any] = {"type": _WORDS[type(event)], "at": _utc(event.at)}
    for field in dataclasses.fields(event):
        content = getattr(event, field.name)
        if field.name == "at":
            continue
        values[field.name] = _item_table(content) if isinstance(content, Item) else content
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + "\n"


def event_of(line: str) -> Event:
    """The event of a line.

    Raises:
        ValueError: if it is not one, whole and well formed.
    """
    try:
        values = json.loads(line)
    except RecursionError as error:
        raise ValueError("nested too deep") from error
    if not isinstance(values, dict) or values.get("type") not in KINDS:
        raise ValueError(f"not an event: {line[:60]!r}")
    cls = KINDS[values.pop("type")]
    fields = {field.name for field in dataclasses.fields(cls)}
    if values.keys() != fields:
        raise ValueError(f"not the fields of {cls.__name__}: {sorted(values)}")
    values["at"] = _instant(values["at"])
    if cls is Taken:
        values["item"] = _item(values["item"])
    for name, content in values.items():
        _check(cls, name, content)
    return cls(**values)


_TYPES: dict[str, tuple[type, ...]] = {
    "at": (datetime,),
    "position": (int, type(None)),
    "item": (Item,),
    "item_id": (str, type(None)),
    "seconds": (int,),
    "label": (str,),
    "text": (str,),
    "of": (str,),
    "running": (bool,),
    "file": (str,),
    "rate": (int,),
    "channels": (int,),
    "start": (int,),
    "end": (int,),
}


def _check(cls: type[Event], name: str, content: object) -> None:
    if type(content) not in _TYPES[name]:
        raise ValueError(f"{cls.__name__}.{name} is {content!r}")
    if name in ("position", "start", "end") and isinstance(content, int) and content < 0:
        raise ValueError(f"{cls.__name__}.{name} is below zero: {content}")


def _utc(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} names no instant: it has no time zone")
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
