"""Changes to a show's settings: one table replaced, a row of a list added, moved, replaced or taken out. Pure.

A place in the settings is a text: the name of a table (« slot »), of a list (« chroniques »), or of a list and a row in
it (« chroniques/agenda », « holidays/0 »).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bobine.french import long_date
from bobine.model.carts import ShowCart
from bobine.model.episode import Item, ItemKind
from bobine.model.hours import HourlyRate, rate_on
from bobine.model.podcast import License
from bobine.model.show import Chronique, Election, Holiday, Show
from bobine.plan.editing.ids import free_id
from bobine.plan.editing.merge import Merged
from bobine.plan.settings.merge import TABLES, merge_show

LISTS: dict[str, type] = {
    "chroniques": Chronique,
    "template": Item,
    "holidays": Holiday,
    "elections": Election,
    "hourly_rates": HourlyRate,
    "carts": ShowCart,
}
"""Lists of a show, with the class of their rows."""

ORDERED = frozenset({"chroniques", "template", "carts"})
"""Lists whose rows may be moved: their order is the one that people see."""

NEW_LICENSE = License(name="cc-by-nc-nd-4.0")
"""The licence offered to a podcast that states none."""


def rows(show: Show, name: str) -> tuple[Any, ...]:
    """The rows of one of ``LISTS``."""
    found: tuple[Any, ...] = show.season.holidays if name == "holidays" else getattr(show, name)
    return found


def with_rows(show: Show, name: str, changed: Sequence[Any]) -> Show:
    """The show with other rows in one of ``LISTS``."""
    if name == "holidays":
        return replace(show, season=replace(show.season, holidays=tuple(changed)))
    value: dict[str, Any] = {name: tuple(changed)}
    return replace(show, **value)


def row_key(name: str, row: Any, index: int) -> str:
    """The place of a row: by its id where it has one, else by its number from 0."""
    return f"{name}/{getattr(row, 'id', index)}"


def record(show: Show, place: str) -> Any:
    """The table or row at a place; None for a list, or where nothing stands any more."""
    name, slash, _ = place.partition("/")
    if slash:
        return next((row for index, row in enumerate(rows(show, name)) if row_key(name, row, index) == place), None)
    if name == "show":
        return show
    if name == "license":
        return show.podcast.license or NEW_LICENSE
    return getattr(show, name) if name in TABLES else None


def put(show: Show, place: str, changed: Any) -> Show:
    """The show with another record at a place; as it was where nothing stands there any more."""
    name, slash, _ = place.partition("/")
    if slash:
        listed = rows(show, name)
        found = [changed if row_key(name, row, index) == place else row for index, row in enumerate(listed)]
        return with_rows(show, name, found)
    if name == "show":
        return replace(show, title=changed.title, tagline=changed.tagline, description=changed.description,
                       language=changed.language)  # fmt: skip
    if name == "license":
        return replace(show, podcast=replace(show.podcast, license=changed))
    return replace(show, **{name: changed})


def row_title(row: Any) -> str:
    """What a row or a table is called: its title, its name, for a rate its first day; empty where it has none."""
    if isinstance(row, HourlyRate):
        return f"à partir du {long_date(row.start)}"
    title: str = getattr(row, "title", "") or getattr(row, "name", "")
    return title


def put_back(show: Show, place: str, row: Any) -> Show:
    """The show with a row that was taken out meanwhile, at the end of its list."""
    name = place.partition("/")[0]
    return with_rows(show, name, (*rows(show, name), row))


def kept(seen: Show, place: str, changed: Any, newest: Show) -> Merged[Show]:
    """The newest settings with what was made of a record, field by field; a row that is gone comes back.

    Rows that have no id are known by their number: what was made of one replaces it whole.

    Args:
        seen: the settings that the record was taken from.
        place: where it stands.
        changed: what was made of it.
        newest: the settings now.
    """
    if record(newest, place) is None:
        return Merged(put_back(newest, place, changed))
    if "/" in place and not hasattr(changed, "id"):
        return Merged(put(newest, place, changed))
    return merge_show(seen, put(seen, place, changed), newest)


def added(show: Show, name: str, title: str, today: date, after: str = "") -> tuple[Show, str]:
    """The show with a new row in a list, and the row's place.

    Args:
        show: whose.
        name: one of ``LISTS``.
        title: what the row is called; one safe line.
        today: the day that a stretch of days starts with.
        after: the place of the row that it follows; at the end by default, in a template before what closes the show.
    """
    listed = rows(show, name)
    row = _new(show, name, title, today)
    keys = [row_key(name, one, index) for index, one in enumerate(listed)]
    index = keys.index(after) + 1 if after in keys else len(listed)
    if name == "template" and after not in keys and listed and listed[-1].kind is ItemKind.CLOSING_THEME:
        index -= 1
    changed = (*listed[:index], row, *listed[index:])
    return with_rows(show, name, changed), row_key(name, row, index)


def dropped(show: Show, place: str) -> Show:
    """The show without a row, or without its licence."""
    name, slash, _ = place.partition("/")
    if not slash:
        return replace(show, podcast=replace(show.podcast, license=None)) if name == "license" else show
    listed = rows(show, name)
    kept = [row for index, row in enumerate(listed) if row_key(name, row, index) != place]
    return with_rows(show, name, kept)


def moved(show: Show, place: str, steps: int) -> tuple[Show, str]:
    """The show with a row moved up (below 0) or down, and where it stands now."""
    name, slash, _ = place.partition("/")
    if not slash or name not in ORDERED:
        return show, place
    listed = [*rows(show, name)]
    keys = [row_key(name, row, index) for index, row in enumerate(listed)]
    if place not in keys:
        return show, place
    index = keys.index(place)
    target = max(0, min(len(listed) - 1, index + steps))
    row = listed.pop(index)
    listed.insert(target, row)
    return with_rows(show, name, listed), row_key(name, row, target)


def _new(show: Show, name: str, title: str, today: date) -> Any:
    match name:
        case "chroniques":
            return Chronique(id=free_id(title, {one.id for one in show.chroniques}), title=title)
        case "template":
            return Item(
                id=free_id(title, {one.id for one in show.template}),
                title=title,
                kind=ItemKind.CHRONIQUE,
                duration=timedelta(minutes=4),
            )
        case "holidays":
            return Holiday(name=title, start=today, end=today + timedelta(days=15))
        case "elections":
            return Election(name=title, start=today, end=today + timedelta(days=42))
        case "hourly_rates":
            now = rate_on(show.hourly_rates, today)
            return HourlyRate(start=today, euros=now.euros if now is not None else 1.0, source=title)
        case _:
            return ShowCart(title=title, file="sons/")
