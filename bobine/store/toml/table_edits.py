"""Edit the fields of one table of a TOML text in place: values that changed are replaced, every other byte stays."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any

from bobine.store.codec.encode import encode
from bobine.store.codec.keys import KeyPath
from bobine.store.toml.locate import Places, find_places
from bobine.store.toml.write import table_text, toml_value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Edit = tuple[int, int, str]
"""Byte offsets in the text, from and to, and what goes there."""


def with_fields(
    text: str,
    path: KeyPath,
    old: DataclassInstance,
    new: DataclassInstance,
    names: Collection[str] | None = None,
    *,
    sparse: bool = True,
) -> str:
    """The text in which the table at ``path`` says ``new`` where it said ``old``.

    A key back at its default is removed with its line (with ``sparse``), and one that was not there is added after the
    table's own keys.
    Whoever calls reads the result again: a table written in an unusual way may come out wrong.

    Args:
        text: TOML, with any line ends.
        path: where the table is.
        old: what it says.
        new: what it shall say, of the same class.
        names: the fields that may differ; all of them by default.
        sparse: whether the table says only what is not the default; where it says everything, a comment may stand
            beside each key, and a value back at its default is written there.

    Raises:
        KeyError: if the table is written in a way that cannot be edited.
    """
    if all(getattr(old, name) == getattr(new, name) for name in names or (field.name for field in fields(new))):
        return text
    places = find_places(text, inside_tables=bool(path))
    edits = list(_table_edits(text.encode(), places, path, old, new, names, sparse=sparse))
    edits.sort(key=lambda edit: (edit[0], edit[1], edit[2].startswith("\n[[")))
    newline = "\r\n" if "\r\n" in text else "\n"
    content, done, written = text.encode(), 0, b""
    for start, end, replacement in edits:
        written += content[done:start]
        if start == len(content) and written and not written.endswith(b"\n"):
            written += newline.encode()
        written += replacement.replace("\n", newline).encode()
        done = max(done, end)
    return (written + content[done:]).decode()


def _table_edits(
    content: bytes,
    places: Places,
    path: KeyPath,
    old: DataclassInstance,
    new: DataclassInstance,
    names: Collection[str] | None = None,
    *,
    sparse: bool = True,
) -> Iterator[Edit]:
    before, after = encode(old, sparse=sparse), encode(new, sparse=sparse)
    for field in fields(new):
        name, place = field.name, (*path, field.name)
        if (names is not None and name not in names) or before.get(name) == after.get(name):
            continue
        was, now = getattr(old, name), getattr(new, name)
        if _of_tables(was) or _of_tables(now):
            yield from _nested_edits(content, places, path, name, (was, now))
        elif name not in after:
            yield _without_line(content, places, place)
        elif place in places.values:
            yield (*places.values[place], toml_value(after[name]))
        else:
            yield _new_line(places, path, name, toml_value(after[name]))


def _nested_edits(content: bytes, places: Places, path: KeyPath, name: str, turn: tuple[Any, Any]) -> Iterator[Edit]:
    """Edits of a list of tables: each in place while it is there; those added come last, those too many go."""
    was, now = turn
    place = (*path, name)
    if place in places.values:
        inline = toml_value([encode(one, sparse=True) for one in now])
        yield (*places.values[place], inline) if now else _without_line(content, places, place)
        return
    for index, (one, other) in enumerate(zip(was, now, strict=False)):
        yield from _table_edits(content, places, (*place, index), one, other)
    for index in range(len(now), len(was)):
        inner = (*place, index)
        start = places.starts[inner]
        end = max(end for found, end in places.ends.items() if found[: len(inner)] == inner)
        yield _with_space_above(content, start), end, ""
    if len(now) > len(was):
        end = max(end for found, end in places.ends.items() if found[: len(path)] == path)
        header = ".".join(str(part) for part in place if isinstance(part, str))
        yield end, end, "".join("\n" + table_text(header, encode(one, sparse=True)) for one in now[len(was) :])


def with_table(text: str, path: KeyPath, old: DataclassInstance, new: DataclassInstance) -> str:
    """The text in which the table at ``path`` says ``new``, whether it has a header, stands in a line, or is missing.

    A missing one is added after the last table of the one around it.

    Args:
        text: TOML, with any line ends.
        path: where the table is or goes; names that need no quotes.
        old: what it says; all defaults where it is missing.
        new: what it shall say, of the same class.

    Raises:
        KeyError: if the table is written in a way that cannot be edited.
    """
    if old == new:
        return text
    places = find_places(text)
    if path in places.ends:
        return with_fields(text, path, old, new, sparse=False)
    content = text.encode()
    newline = "\r\n" if "\r\n" in text else "\n"
    if path in places.values:
        start, end = places.values[path]
        return content[:start].decode() + toml_value(encode(new, sparse=True)) + content[end:].decode()
    around = [end for found, end in places.ends.items() if found[: len(path) - 1] == path[:-1]]
    if not around:
        raise KeyError(path[:-1])
    end = max(around)
    header = ".".join(str(part) for part in path)
    lines = [f"{key} = {toml_value(value)}" for key, value in encode(new, sparse=True).items()]
    written = "".join(f"{line}\n" for line in ("", f"[{header}]", *lines)).replace("\n", newline)
    head = content[:end].decode()
    return head + ("" if head.endswith("\n") else newline) + written + content[end:].decode()


def _without_line(content: bytes, places: Places, place: KeyPath) -> Edit:
    """Remove a key, from the start of its line to the end of its value's last line."""
    start, end = places.values[place]
    start = content.rfind(b"\n", 0, start) + 1
    newline = content.find(b"\n", end)
    return start, len(content) if newline < 0 else newline + 1, ""


def _new_line(places: Places, path: KeyPath, name: str, value: str) -> Edit:
    return places.ends[path], places.ends[path], f"{name} = {value}\n"


def _with_space_above(content: bytes, start: int) -> int:
    """Take in the empty lines above an offset."""
    return content.find(b"\n", len(content[:start].rstrip(b"\r\n"))) + 1


def _of_tables(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])
