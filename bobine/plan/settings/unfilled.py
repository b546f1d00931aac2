"""Settings of a show that still hold the words of the file they started from. Pure."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from bobine.model.show import Show
from bobine.model.written.placeholders import placeholder

LEFT_OVER = frozenset({"Ma radio", "Première chronique"})
"""Words of the new file that are no placeholder elsewhere."""


def unfilled_settings(show: Show) -> tuple[tuple[str, str], ...]:
    """List the settings left to fill in: the name of each such field, and the words that stand there.

    A table or a list is named once, with the first such words in it.
    """
    found = []
    for field in fields(show):
        words = _first(getattr(show, field.name)) if field.name != "slug" else ""
        if words:
            found.append((field.name, words))
    return tuple(found)


def _first(value: Any) -> str:
    """The first words to fill in of a text, a table, or a list of tables; empty where there are none."""
    if isinstance(value, str):
        return value if value in LEFT_OVER else placeholder(value)
    if isinstance(value, tuple):
        return next((words for one in value if (words := _first(one))), "")
    named = getattr(value, "__dataclass_fields__", ())
    return next((words for name in named if (words := _first(getattr(value, name)))), "")
