"""Merge the changes of two people to a show's settings: both stand, table by table and key by key. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

from bobine.model.show import Show
from bobine.plan.editing.conflicts import Conflict
from bobine.plan.editing.differences import row_differences, turn
from bobine.plan.editing.merge import Merged, merge_fields, merge_rows
from bobine.plan.fields.field_words import label_inside
from bobine.plan.settings.words import SETTINGS

OWN = ("title", "tagline", "description", "language", "elections", "hourly_rates", "carts")
"""Fields of a show that are merged as one value each."""

TABLES = ("station", "slot", "season", "sound", "recording", "podcast", "subsidy")
"""Fields of a show whose own fields are merged."""

ROWS = ("chroniques", "template")
"""Fields of a show whose rows are merged by id."""


def merge_show(base: Show, mine: Show, newest: Show) -> Merged[Show]:
    """Put my changes to a show into its newest state; see ``merge_episode``.

    Args:
        base: what I started from.
        mine: what I made of it.
        newest: what others made of it meanwhile.
    """
    merged, conflicts = merge_fields(base, mine, newest, OWN, "l'émission", {})
    told: list[Conflict] = [*conflicts]
    changed: dict[str, Any] = {}
    for name in TABLES:
        before, i_say, they_say = (getattr(one, name) for one in (base, mine, newest))
        names = [field.name for field in fields(before)]
        changed[name], conflicts = merge_fields(before, i_say, they_say, names, SETTINGS[Show][name].label, {})
        told += conflicts
    for name in ROWS:
        rows = merge_rows(getattr(base, name), getattr(mine, name), getattr(newest, name))
        changed[name] = rows.value
        told += rows.conflicts
    return Merged(replace(merged, **changed), tuple(told))


def show_differences(before: Show, after: Show) -> Iterator[str]:
    """The differences in a show's settings: « créneau : jour : jeudi → mardi », « « Rock » ajoutée »."""
    for name in OWN:
        if getattr(before, name) != getattr(after, name):
            yield f"{label_inside(Show, name)} : {turn(getattr(before, name), getattr(after, name))}"
    for name in TABLES:
        was, now = getattr(before, name), getattr(after, name)
        for field in fields(now):
            old, new = getattr(was, field.name), getattr(now, field.name)
            if old != new:
                yield f"{label_inside(Show, name)} : {label_inside(type(now), field.name)} : {turn(old, new)}"
    for name in ROWS:
        yield from row_differences(getattr(before, name), getattr(after, name))
