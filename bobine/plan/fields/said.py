"""Fields of an item that paper and panel say after a word: « tapis : Fil rouge », « in : Bonsoir… ». Pure."""

from __future__ import annotations

from bobine.model.episode import Item
from bobine.model.fields.field import Said
from bobine.model.fields.item import ITEM


def said(item: Item, how: Said) -> tuple[tuple[str, str], ...]:
    """The word and the text of each field that is said so and is not empty, in the order of the form."""
    found = (
        (field.cell.heading, _text(item, field.name)) for field in ITEM.values() if field.said is how and field.cell
    )
    return tuple((word, text) for word, text in found if text)


def _text(item: Item, name: str) -> str:
    value: str | tuple[str, ...] = getattr(item, name)
    return value if isinstance(value, str) else " ".join(value)
