"""Durations that a spreadsheet took for hours of the day: 4:30, typed for 4'30, which it writes 04:30:00. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from bobine.errors import BobineError
from bobine.french import printable
from bobine.model.fields.field import FieldType
from bobine.model.fields.item import ITEM
from bobine.model.written.durations import format_duration

DURATIONS = tuple(field.name for field in ITEM.values() if field.holds is FieldType.LENGTH)
"""The fields of an item that are durations."""

_HOURS = re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)", re.ASCII)


class Reading(StrEnum):
    """The two meanings of 04:30:00."""

    HOURS = "heures"
    MINUTES = "minutes"


class UnclearDurationsError(BobineError):
    """Durations of a file that would be longer than the show, if they were hours.

    Attributes:
        cells: for each its line, the item's title and the text.
    """

    def __init__(self, name: str, cells: Sequence[tuple[int, str, str]]) -> None:
        self.cells = tuple(cells)
        line, title, text = cells[0]
        more = f", et {len(cells) - 1} autre{'s' if len(cells) > 2 else ''} de même" if len(cells) > 1 else ""
        self.question = (
            f"{name}, ligne {line} : « {printable(title[:60])} » dure « {text} »{more}. Est-ce {as_minutes(text)}, que "
            f"le tableur a pris pour une heure, ou {_as_hours(text)}, plus que toute l'émission ?"
        )
        super().__init__(
            f"{self.question} Recommencez avec --durees minutes ({as_minutes(text)}) ou --durees heures "
            f"({_as_hours(text)})."
        )


def as_minutes(text: str) -> str:
    """The duration typed before a spreadsheet took it for an hour: ``4'30`` for ``04:30:00``."""
    hours, minutes, _ = _parts(text)
    return format_duration(timedelta(minutes=hours, seconds=minutes))


def _as_hours(text: str) -> str:
    return format_duration(_length(text))


def _parts(text: str) -> tuple[int, int, int]:
    found = _HOURS.fullmatch(text.strip())
    return (int(found[1]), int(found[2]), int(found[3])) if found else (0, 0, 0)


def _length(text: str) -> timedelta:
    hours, minutes, seconds = _parts(text)
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def settled(
    name: str, rows: Sequence[tuple[int, Mapping[str, str]]], slot: timedelta, reading: Reading | None
) -> list[dict[str, str]]:
    """The rows of a file by field, with the durations that a spreadsheet took for hours as they were typed.

    Asked is when one alone is longer than the show, or all together more than twice as long: then each of them that
    has no seconds was typed as minutes and seconds, unless others have seconds: then only those that are too long.

    Args:
        name: how to call the file in messages.
        rows: for each its line and its cells by field.
        slot: how long the show is.
        reading: what the durations mean; None asks.

    Raises:
        UnclearDurationsError: if nobody said what they mean, and it must be known.
    """
    texts = [(line, row.get("title", ""), row[key]) for line, row in rows for key in DURATIONS if key in row]
    written = [one for one in texts if _HOURS.fullmatch(one[2].strip())]
    whole = [one for one in written if _parts(one[2])[2] == 0]
    too_long = [one for one in whole if _length(one[2]) > slot]
    lengths = [row.get("duration", "") for _, row in rows]
    if not too_long and sum(map(_length, lengths), timedelta()) > 2 * slot and len(whole) == len(written):
        too_long = whole
    if too_long and reading is None:
        raise UnclearDurationsError(name, too_long)
    if not too_long or reading is Reading.HOURS:
        return [dict(row) for _, row in rows]
    meant = {text for _, _, text in (whole if len(whole) == len(written) else too_long)}
    return [
        {key: as_minutes(text) if key in DURATIONS and text in meant else text for key, text in row.items()}
        for _, row in rows
    ]
