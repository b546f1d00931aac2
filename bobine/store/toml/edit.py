"""Edit a TOML text in place: the values that changed in a dataclass are replaced, and every other byte stays.

``with_changes`` edits a table and what is in it: values (``with_fields``), tables, and arrays of tables whose rows are
known by their ids (``with_rows``). A row that does not change keeps its text to the byte; in one that does, only the
values that changed are replaced. Comments between two rows stay with the one that they come before, or follow the last
row where that one is gone.

Whoever calls reads the result again: a text written in an unusual way may come out wrong.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.keys import KeyPath
from bobine.store.toml.locate import Places, find_places
from bobine.store.toml.write import dotted, ended, newline_of, table_text, toml_value

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    class Row(DataclassInstance, Protocol):
        """A dataclass that is known by its id."""

        @property
        def id(self) -> str:
            """Unique in its array."""


Edit = tuple[int, int, str]
"""Byte offsets in the text, from and to, and what goes there."""

_NO_RULES = Rules(text=lambda _text: None)

_NOT_A_COMMENT = re.compile(r"^[ \t]*[^#\s]", re.MULTILINE)


def with_changes(
    text: str,
    path: KeyPath,
    old: DataclassInstance,
    new: DataclassInstance,
    *,
    sparse: bool = True,
    ahead_of: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The text in which the table at ``path`` says ``new`` where it said ``old``, tables and rows in it included.

    Args:
        text: TOML, with any line ends.
        path: where the table is; names that need no quotes.
        old: what it says.
        new: what it shall say, of the same class.
        sparse: as for ``with_fields``; the tables in it say everything.
        ahead_of: for an array of rows, by its name, the one that its first rows come before.

    Raises:
        KeyError: if the table is written in a way that cannot be edited.
    """
    names = _changed(old, new)
    turns = {name: (getattr(old, name), getattr(new, name)) for name in names}
    rows = [name for name, turn in turns.items() if any(_are_rows(value) for value in turn)]
    tables = [name for name, (was, now) in turns.items() if is_dataclass(was) and is_dataclass(now)]
    text = with_fields(text, path, old, new, set(names) - {*rows, *tables}, sparse=sparse)
    for name in tables:
        text = _with_table(text, (*path, name), *turns[name])
    for name in rows:
        text = with_rows(text, (*path, name), *turns[name], ahead_of=ahead_of.get(name, ""))
    return text


def with_fields(
    text: str,
    path: KeyPath,
    old: DataclassInstance,
    new: DataclassInstance,
    names: Collection[str] | None = None,
    *,
    sparse: bool = True,
) -> str:
    """The text in which the keys of the table at ``path`` say ``new`` where they said ``old``.

    A key back at its default is removed with its line (with ``sparse``), and one that was not there is added after the
    table's own keys.

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
    changed = [name for name in _changed(old, new) if names is None or name in names]
    if not changed:
        return text
    places = find_places(text, inside_tables=bool(path))
    edits = sorted(
        _field_edits(text.encode(), places, path, old, new, changed, sparse=sparse),
        key=lambda edit: (edit[0], edit[1], edit[2].startswith("\n[[")),
    )
    newline = newline_of(text)
    return _applied(text, [(start, end, written.replace("\n", newline)) for start, end, written in edits])


def with_rows(
    text: str, array: str | KeyPath, previous: Sequence[Row], rows: Sequence[Row], *, ahead_of: str = ""
) -> str:
    """The text with other rows in one of its arrays, ``[[items]]`` and the like.

    Args:
        text: TOML, with any line ends.
        array: the array's name, or the way to it; names that need no quotes.
        previous: the rows that it holds.
        rows: the new ones, their ids all different.
        ahead_of: the name of an array that these rows come before, in a text that has none of them yet; without it they
            come last.
    """
    if tuple(previous) == tuple(rows):
        return text
    key = (array,) if isinstance(array, str) else array
    places = find_places(text, inside_tables=len(key) > 1)
    if key in places.values:
        start, end = places.values[key]
        gap = re.match(rb"[ \t]*\r?\n?", text.encode()[end:])
        text = _applied(text, [(_line_start(text.encode(), start), end + (gap.end() if gap else 0), "")])
    if key in places.values or not previous:
        return _with_first_rows(text, key, rows, ahead_of)
    content, newline = text.encode(), newline_of(text)
    spans = [(places.starts[*key, index], places.end_inside((*key, index))) for index in range(len(previous))]
    own = [ended(content[start:end].decode(), newline) for start, end in spans]
    if [row.id for row in previous] == [row.id for row in rows]:
        turns = zip(spans, own, previous, rows, strict=True)
        return _applied(text, [(*span, _edited(one, key, old, new)) for span, one, old, new in turns if old != new])
    return _with_other_rows(content, key, list(zip(previous, spans, own, strict=True)), rows)


def _applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with edits applied, given in the order of their offsets; one at the very end starts a line."""
    content, done, written = text.encode(), 0, b""
    for start, end, replacement in edits:
        written += content[done:start]
        if start == len(content) and written and not written.endswith(b"\n"):
            written += newline_of(text).encode()
        written += replacement.encode()
        done = max(done, end)
    return (written + content[done:]).decode()


def _field_edits(
    content: bytes,
    places: Places,
    path: KeyPath,
    old: DataclassInstance,
    new: DataclassInstance,
    names: Iterable[str],
    *,
    sparse: bool = True,
) -> Iterator[Edit]:
    after = encode(new, sparse=sparse)
    for name in names:
        place, was, now = (*path, name), getattr(old, name), getattr(new, name)
        if _of_tables(was) or _of_tables(now):
            yield from _listed_edits(content, places, path, name, (was, now))
        elif name not in after:
            yield _without_line(content, places, place)
        elif place in places.values:
            yield (*places.values[place], toml_value(after[name]))
        else:
            yield places.ends[path], places.ends[path], f"{name} = {toml_value(after[name])}\n"


def _listed_edits(content: bytes, places: Places, path: KeyPath, name: str, turn: tuple[Any, Any]) -> Iterator[Edit]:
    """Edits of a list of tables known by their places: each changes where it is, new ones come last, others go."""
    was, now = turn
    place = (*path, name)
    if place in places.values:
        inline = toml_value([encode(one, sparse=True) for one in now])
        yield (*places.values[place], inline) if now else _without_line(content, places, place)
        return
    for index, (one, other) in enumerate(zip(was, now, strict=False)):
        yield from _field_edits(content, places, (*place, index), one, other, _changed(one, other))
    for index in range(len(now), len(was)):
        start = places.starts[*place, index]
        above = content.find(b"\n", len(content[:start].rstrip(b"\r\n"))) + 1
        yield above, places.end_inside((*place, index)), ""
    if len(now) > len(was):
        end = places.end_inside(path)
        yield end, end, "".join("\n" + table_text(dotted(place), encode(one, sparse=True)) for one in now[len(was) :])


def _with_table(text: str, path: KeyPath, old: DataclassInstance, new: DataclassInstance) -> str:
    """The text in which a table says ``new``, whether it has a header, stands in a line, or is missing.

    A missing one is added after the last table of the one around it.
    """
    places = find_places(text)
    if path in places.ends:
        return with_fields(text, path, old, new, sparse=False)
    plain = encode(new, sparse=True)
    if path in places.values:
        return _applied(text, [(*places.values[path], toml_value(plain))])
    end = places.end_inside(path[:-1])
    lines = ("", f"[{dotted(path)}]", *(f"{key} = {toml_value(value)}" for key, value in plain.items()), "")
    return _applied(text, [(end, end, "\n".join(lines).replace("\n", newline_of(text)))])


def _with_other_rows(
    content: bytes, key: KeyPath, previous: Sequence[tuple[Row, tuple[int, int], str]], rows: Sequence[Row]
) -> str:
    """Add, remove and move rows; other tables that stand among them go before them all."""
    newline, done = newline_of(content.decode()), previous[0][1][0]
    head = content[:done].decode()
    known: dict[str, tuple[Row, str, str]] = {}
    for row, (start, end), own in previous:
        before = content[done:start].decode()
        if _NOT_A_COMMENT.search(before):
            head, before = head + before.lstrip("\r\n"), ""
        known[row.id] = row, before, own
        done = end
    written = ""
    for index, row in enumerate(rows):
        old, before, own = known.pop(row.id, (None, "", ""))
        written += (before or newline) if index else before.lstrip("\r\n")
        written += _fresh(key, row, newline) if old is None else _edited(own, key, old, row)
    orphans = "".join(newline + before.strip("\r\n") + newline for _, before, _ in known.values() if "#" in before)
    return ended(head, newline) + written + orphans + content[done:].decode()


def _with_first_rows(text: str, key: KeyPath, rows: Sequence[Row], ahead_of: str) -> str:
    if not rows:
        return text
    newline = newline_of(text)
    written = newline.join(_fresh(key, row, newline) for row in rows)
    starts = find_places(text, inside_tables=False).starts
    if (ahead_of, 0) in starts:
        start = _above_comments(text.encode(), starts[ahead_of, 0])
        return _applied(text, [(start, start, written + newline)])
    return (text.rstrip("\r\n") + newline * 2 if text.strip() else "") + written


def _edited(own: str, key: KeyPath, old: Row, new: Row) -> str:
    """A row's text, edited in place where it can be, else written anew."""
    if old == new:
        return own
    try:
        edited = with_fields(own, (*key, 0), old, new)
        table: Any = tomllib.loads(edited)
        for name in (*key, 0):
            table = table[name]
    except (KeyError, ValueError):
        return _fresh(key, new, newline_of(own))
    return edited if Decoder(_NO_RULES).table(type(new), table) == new else _fresh(key, new, newline_of(own))


def _fresh(key: KeyPath, row: Row, newline: str) -> str:
    return table_text(dotted(key), encode(row, sparse=True)).replace("\n", newline)


def _without_line(content: bytes, places: Places, place: KeyPath) -> Edit:
    """Remove a key, from the start of its line to the end of its value's last line."""
    start, end = places.values[place]
    newline = content.find(b"\n", end)
    return _line_start(content, start), len(content) if newline < 0 else newline + 1, ""


def _line_start(content: bytes, offset: int) -> int:
    return content.rfind(b"\n", 0, offset) + 1


def _above_comments(content: bytes, start: int) -> int:
    """The start of the comment lines that stand right above an offset."""
    while start and content[:start].splitlines()[-1].lstrip().startswith(b"#"):
        start = content.rfind(b"\n", 0, start - 1) + 1
    return start


def _changed(old: DataclassInstance, new: DataclassInstance) -> list[str]:
    return [field.name for field in fields(new) if getattr(old, field.name) != getattr(new, field.name)]


def _of_tables(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0])


def _are_rows(value: object) -> bool:
    return isinstance(value, tuple) and bool(value) and is_dataclass(value[0]) and hasattr(value[0], "id")
