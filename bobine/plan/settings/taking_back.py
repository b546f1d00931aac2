"""Undo and redo of a change to a show's settings: what others wrote since, in the same places, stays. Pure."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from bobine.model.show import Show
from bobine.plan.editing.conflicts import Conflict
from bobine.plan.editing.merge import Merged
from bobine.plan.editing.taking_back import forget_rows, yielded_fields, yielded_rows
from bobine.plan.settings.merge import OWN, ROWS, TABLES, merge_show
from bobine.plan.settings.words import SETTINGS


def take_back_show(base: Show, mine: Show, newest: Show) -> Merged[Show]:
    """Take back what was done to a show's settings, but for what others wrote since in the same places.

    Args:
        base: what the edit made of it.
        mine: what it was before.
        newest: what it is now.
    """
    left, told = yielded_fields(base, mine, newest, OWN, "l'émission", {})
    all_told: list[Conflict] = [*told]
    changed: dict[str, Any] = {}
    for name in TABLES:
        was, i_say, they_say = (getattr(one, name) for one in (base, mine, newest))
        names = [field.name for field in fields(was)]
        changed[name], told = yielded_fields(was, i_say, they_say, names, SETTINGS[Show][name].label, {})
        all_told += told
    for name in ROWS:
        changed[name], told = yielded_rows(getattr(base, name), getattr(mine, name), getattr(newest, name))
        all_told += told
    merged = merge_show(base, replace(left, **changed), newest)
    return Merged(merged.value, (*all_told, *merged.conflicts))


def forget_show(side: Show, other_side: Show, seen: Show, newest: Show) -> Show:
    """One side of a change to a show's settings, as ``forget_rows``."""
    rows: dict[str, Any] = {
        name: forget_rows(*(getattr(one, name) for one in (side, other_side, seen, newest))) for name in ROWS
    }
    return replace(side, **rows)
