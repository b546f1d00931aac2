"""Paths to values inside tables and lists, and faults found at such a path. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bobine.french import printable

KeyPath = tuple[str | int, ...]
"""The path to a value: names of keys, and 0-based indexes in arrays."""


@dataclass(frozen=True, slots=True)
class KeyFault:
    """A fault at a key, before its line is known.

    Attributes:
        path: the way to the key; one that is missing ends with its name.
        message: what is wrong and what was expected, in French.
    """

    path: KeyPath
    message: str


def format_key(path: KeyPath) -> str:
    """A key as it is named to the user: ``items[3].duration``, the third item (counted from 1, as in a rundown)."""
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            name = part if re.fullmatch(r"[\w-]+", part) else f'"{printable(part[:60])}"'
            text += f".{name}" if text else name
    return text
