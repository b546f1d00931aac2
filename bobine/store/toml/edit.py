"""Edit TOML files in place: the value changed is replaced where it stands, and every other byte stays."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bobine.errors import WorkspaceError
from bobine.store.codec.keys import KeyPath, format_key
from bobine.store.files import atomic_write, locked
from bobine.store.toml.locate import find_places
from bobine.store.toml.read import read_toml


def set_value(path: Path, keys: Sequence[str | int], value: Any) -> None:
    """Set one value of a TOML file, under its lock, on the newest content.

    Args:
        path: the file.
        keys: the way to the value: names, and 0-based indexes in arrays. Everything but the last must exist; a last one
            that does not is added after the table's own keys.
        value: text, number, boolean, date, time, or a list of them.

    Raises:
        PlanError: if the file is not TOML any more.
        WorkspaceError: if the table is not there, or another program holds the lock.
        DiskError: if the disk is full or the place cannot be written.
    """
    with locked(path):
        source = read_toml(path)
        atomic_write(path, source.encoded(with_value(source.text, keys, value)))


def with_value(text: str, keys: Sequence[str | int], value: Any) -> str:
    """The TOML text with one value set; see ``set_value``.

    Raises:
        WorkspaceError: if there is no place for it.
    """
    import tomlkit

    path = tuple(keys)
    content = text.encode()
    written = tomlkit.item(value).as_string().encode()
    places = find_places(text)
    if path in places.values:
        start, end = places.values[path]
        edited = content[:start] + written + content[end:]
    elif path and path[:-1] in places.ends and isinstance(path[-1], str) and path not in places.lines:
        edited = _with_line(content, places.ends[path[:-1]], tomlkit.key(path[-1]).as_string().encode(), written)
    else:
        raise _no_place(path)
    result = bytes(edited).decode()
    if tomllib.loads(result) != _expected(tomllib.loads(text), path, value):
        raise _no_place(path)
    return result


def _with_line(content: bytes, offset: int, key: bytes, written: bytes) -> bytes:
    newline = b"\r\n" if b"\r\n" in content else b"\n"
    head, tail = content[:offset], content[offset:]
    if head and not head.endswith(b"\n"):
        head += newline
    return head + key + b" = " + written + newline + tail


def _expected(table: Any, path: KeyPath, value: Any) -> Any:
    """The parsed file with the value set: what the edited text must say, or the edit is refused."""
    inner = table
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = value
    return table


def _no_place(path: KeyPath) -> WorkspaceError:
    return WorkspaceError(f"« {format_key(path)} » ne peut pas être écrit : sa table n'existe pas dans le fichier.")
