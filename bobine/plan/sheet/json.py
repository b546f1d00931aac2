"""The sheet for scripts: plain values that the standard encoder writes. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from bobine.plan.sheet.content import Row, Sheet


def sheet_json(sheet: Sheet) -> dict[str, Any]:
    """The sheet as an object: instants in ISO 8601 with their offset, durations in whole seconds.

    Standbys come after what counts; they have no number and no hours. ``gap_s`` is positive when the plan is too long.
    """
    return {
        "episode": sheet.reference,
        "show": sheet.show,
        "title": sheet.title,
        "date": sheet.date.isoformat(),
        "slot": {"start": sheet.slot_start.isoformat(), "end": sheet.slot_end.isoformat()},
        "planned_total_s": _seconds(sheet.planned_total),
        "gap_s": _seconds(sheet.gap),
        "people": [{"id": person.id, "name": person.name, "role": person.role.value} for person in sheet.people],
        "items": [_row(row) for row in (*sheet.rows, *sheet.standbys)],
    }


def _row(row: Row) -> dict[str, Any]:
    item = row.item
    return {
        "n": row.number,
        "id": item.id,
        "title": item.title,
        "kind": item.kind.value,
        "planned_s": _seconds(item.duration),
        "start": _instant(row.start),
        "end": _instant(row.end),
        "back_time": _instant(row.back_time),
        "people": list(item.people),
        "source": item.source,
        "mics": list(item.mics),
        "in_cue": item.in_cue,
        "out_cue": item.out_cue,
        "notes": item.notes,
        "droppable": item.droppable,
        "standby": item.standby,
        "fixed_start": None if item.fixed_start is None else item.fixed_start.isoformat(),
        "podcast": item.podcast_rights.value,
        "chronique": item.chronique,
        "instalment": item.instalment,
    }


def _seconds(duration: timedelta) -> int:
    return round(duration.total_seconds())


def _instant(instant: datetime | None) -> str | None:
    return None if instant is None else instant.isoformat()
