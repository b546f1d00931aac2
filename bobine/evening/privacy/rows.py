"""The rows of a TOML file that are about somebody, and what goes from them besides the name."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from bobine.evening.privacy.words.search import NameSearch
from bobine.store.codec.keys import KeyPath, format_key
from bobine.store.toml.locate import Places, find_places

REPRESENTATIVE = "représentant légal"
"""The words in the place of the name of who signs for a minor."""

_NAMED = {"people": ("name",), "members": ("name", "aliases"), "hours": ("name",)}
"""The arrays whose rows are about one person each, and the keys that name them."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that is about somebody.

    Attributes:
        kind: the array that it stands in: ``people``, ``members``, ``hours``.
        path: its place in the file.
        line: the line that it begins on, from 1.
        values: all that it says.
    """

    kind: str
    path: KeyPath
    line: int
    values: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The short name of the person; empty where the row has none that is the person's."""
        own = self.values.get("id")
        return own if isinstance(own, str) and self.kind != "hours" else ""

    @property
    def key(self) -> str:
        """The place of the row, as the user knows it."""
        return format_key(self.path)


def parsed(text: str) -> Mapping[str, Any] | None:
    """The value of a TOML text; None if it is not TOML."""
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, ValueError, RecursionError):
        return None


def rows_about(text: str, search: NameSearch) -> tuple[PersonRow, ...]:
    """The rows of a text that are about a person; none where it cannot be parsed."""
    table = parsed(text)
    if table is None:
        return ()
    rows = list(_rows(table, search))
    places = _places(text) if rows else Places()
    return tuple(PersonRow(kind, path, places.line(path), row) for kind, path, row in rows)


def without_details(text: str, search: NameSearch) -> str:
    """A text without what it says of a person beside the name, and by which others could tell who it was.

    Their row leaves the team; the notes of their hours are emptied; of a minor, who signs for them is not named.
    """
    rows = rows_about(text, search)
    if not rows:
        return text
    content = text.encode()
    places = _places(text)
    edits: list[tuple[int, int, bytes]] = []
    for row in rows:
        if row.kind == "members" and row.path in places.starts:
            edits.append((places.starts[row.path], places.end_inside(row.path), b""))
        elif row.kind == "hours" and row.values.get("notes"):
            edits += _emptied(places, (*row.path, "notes"), b'""')
        elif row.kind == "people" and row.values.get("representative"):
            edits += _emptied(places, (*row.path, "representative"), f'"{REPRESENTATIVE}"'.encode())
    for start, end, new in sorted(edits, reverse=True):
        content = content[:start] + new + content[end:]
    return content.decode()


def _emptied(places: Places, path: KeyPath, new: bytes) -> Iterator[tuple[int, int, bytes]]:
    if path in places.values:
        yield (*places.values[path], new)


def _rows(table: Mapping[str, Any], search: NameSearch) -> Iterator[tuple[str, KeyPath, Mapping[str, Any]]]:
    for kind, keys in _NAMED.items():
        rows = table.get(kind)
        for index, row in enumerate(rows if isinstance(rows, list) else ()):
            if isinstance(row, Mapping) and any(_is_named(row.get(key), search) for key in keys):
                yield kind, (kind, index), row


def _is_named(value: object, search: NameSearch) -> bool:
    names = value if isinstance(value, list) else [value]
    return any(isinstance(name, str) and search.is_name(name) for name in names)


def _places(text: str) -> Places:
    """The places of a text that is known to be TOML; none where the second parser cannot follow it."""
    try:
        return find_places(text)
    except (ValueError, LookupError, RecursionError):
        return Places()


def texts_in(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in a value of TOML or JSON, keys included, with its place."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping):
        for key, one in value.items():
            yield (*path, str(key)), str(key)
            yield from texts_in(one, (*path, str(key)))
    elif isinstance(value, list):
        for index, one in enumerate(value):
            yield from texts_in(one, (*path, index))
