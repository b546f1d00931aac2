"""The sheet for scripts: plain values that the standard encoder writes. Pure."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import Any

from bobine.model.episode_day import plain_day
from bobine.model.fields.item import ITEM
from bobine.plan.sheet.content import Row, Sheet


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as an object: instants in ISO 8601 with their offset, durations in whole seconds.

    Standbys come after what counts; they have no number and no hours. ``gap_s`` is positive when the plan is too long.
    """
    return {
        "episode": sheet.reference,
        "show": sheet.show,
        "title": sheet.title,
        "date": plain_day(sheet.date).isoformat(),
        "slot": {"start": sheet.slot_start.isoformat(), "end": sheet.slot_end.isoformat()},
        "planned_total_s": _seconds(sheet.planned_total),
        "gap_s": _seconds(sheet.gap),
        "people": [{"id": person.id, "name": person.name, "role": person.role.value} for person in sheet.people],
        "items": [_row(row) for row in (*sheet.rows, *sheet.standbys)],
    }


def _row(row: Row) -> dict[str, Any]:
    item = row.item
    said = {field.script: _plain(getattr(item, field.name)) for field in ITEM.values() if field.script}
    return {
        "n": row.number,
        **said,
        "podcast": item.podcast_rights.value,
        "start": _instant(row.start),
        "end": _instant(row.end),
        "back_time": _instant(row.back_time),
    }


def _plain(value: object) -> object:
    match value:
        case timedelta():
            return _seconds(value)
        case time():
            return value.isoformat()
        case StrEnum():
            return value.value
        case tuple():
            return [_plain(one) for one in value]
        case _:
            return value


def _seconds(duration: timedelta) -> int:
    return round(duration.total_seconds())


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
