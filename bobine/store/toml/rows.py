"""Replace the rows of an array of tables, ``[[items]]`` and the like, where they stand in a TOML text.

What is not a row, comments too, stays as it was. A row that does not change keeps its text to the byte; in one that
does, only the values that changed are replaced. Comments between two rows stay with the one that they come before, or
follow the last row where that one is gone.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from bobine.store.codec.decode import Decoder, Rules
from bobine.store.codec.encode import encode
from bobine.store.codec.keys import KeyPath
from bobine.store.toml.locate import Places, find_places
from bobine.store.toml.table_edits import with_fields
from bobine.store.toml.write import table_text

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    class Row(DataclassInstance, Protocol):
        """A dataclass that is known by its id."""

        @property
        def id(self) -> str:
            """Unique in its array."""


_NO_RULES = Rules(text=lambda _text: None)

_NOT_A_COMMENT = re.compile(r"^[ \t]*[^#\s]", re.MULTILINE)


def with_rows(
    text: str, array: str | KeyPath, previous: Sequence[Row], rows: Sequence[Row], *, ahead_of: str = ""
) -> str:
    """The text with other rows in one of its arrays.

    Whoever calls reads the result again: rows written in an unusual way may come out wrong.

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
        return _with_first_rows(_without_array(text, key, places), key, rows, ahead_of)
    if not previous:
        return _with_first_rows(text, key, rows, ahead_of)
    spans = _spans(places, key, len(previous))
    if [row.id for row in previous] == [row.id for row in rows]:
        return _with_changed_rows(text, key, spans, previous, rows)
    return _with_other_rows(text, key, spans, previous, rows)


def _with_changed_rows(
    text: str, key: KeyPath, spans: Sequence[tuple[int, int]], previous: Sequence[Row], rows: Sequence[Row]
) -> str:
    """The rows that changed are edited where they stand."""
    content, done, written = text.encode(), 0, ""
    for (start, end), old, new in zip(spans, previous, rows, strict=True):
        if old != new:
            written += content[done:start].decode()
            written += _edited(_ended(content[start:end].decode(), _newline(text)), key, old, new)
            done = end
    return written + content[done:].decode()


def _with_other_rows(
    text: str, key: KeyPath, spans: Sequence[tuple[int, int]], previous: Sequence[Row], rows: Sequence[Row]
) -> str:
    """Rows come, go and move; other tables that stand among them go before them all."""
    newline, content = _newline(text), text.encode()
    head, done = content[: spans[0][0]].decode(), spans[0][0]
    old: dict[str, tuple[Row, str, str]] = {}
    for row, (start, end) in zip(previous, spans, strict=True):
        before = content[done:start].decode()
        if _NOT_A_COMMENT.search(before):
            head, before = head + before.lstrip("\r\n"), ""
        old[row.id] = row, before, _ended(content[start:end].decode(), newline)
        done = end
    written = ""
    for index, row in enumerate(rows):
        known, before, own = old.pop(row.id, (None, "", ""))
        written += (before or newline) if index else before.lstrip("\r\n")
        written += _fresh(key, row, newline) if known is None else _edited(own, key, known, row)
    orphans = "".join(newline + before.strip("\r\n") + newline for _, before, _ in old.values() if "#" in before)
    return _ended(head, newline) + written + orphans + content[done:].decode()


def _with_first_rows(text: str, key: KeyPath, rows: Sequence[Row], ahead_of: str) -> str:
    newline = _newline(text)
    written = newline.join(_fresh(key, row, newline) for row in rows)
    if not rows:
        return text
    places = find_places(text, inside_tables=False)
    if (ahead_of, 0) in places.starts:
        content = text.encode()
        start = _above_comments(content, places.starts[ahead_of, 0])
        return content[:start].decode() + written + newline + content[start:].decode()
    return (text.rstrip("\r\n") + newline * 2 if text.strip() else "") + written


def _above_comments(content: bytes, start: int) -> int:
    """The start of the comment lines that stand right above an offset."""
    while start and content[:start].splitlines()[-1].lstrip().startswith(b"#"):
        start = content.rfind(b"\n", 0, start - 1) + 1
    return start


def _edited(own: str, key: KeyPath, old: Row, new: Row) -> str:
    """A row's text, edited in place where it can be, else written anew."""
    if old == new:
        return own
    try:
        edited = with_fields(own, (*key, 0), old, new)
        table = _inside(tomllib.loads(edited), key)[0]
    except (KeyError, ValueError):
        return _fresh(key, new, _newline(own))
    return edited if Decoder(_NO_RULES).table(type(new), table) == new else _fresh(key, new, _newline(own))


def _fresh(key: KeyPath, row: Row, newline: str) -> str:
    header = ".".join(str(name) for name in key)
    return table_text(header, encode(row, sparse=True)).replace("\n", newline)


def _spans(places: Places, key: KeyPath, count: int) -> list[tuple[int, int]]:
    """Byte offsets of the rows: from a header's line to the end of the last own line, tables in the row included."""
    ends = [0] * count
    for path, end in places.ends.items():
        if path[: len(key)] == key and len(path) > len(key):
            index = int(path[len(key)])
            ends[index] = max(ends[index], end)
    return [(places.starts[*key, index], end) for index, end in enumerate(ends)]


def _without_array(text: str, key: KeyPath, places: Places) -> str:
    """The text without ``key = [ … ]``."""
    content = text.encode()
    start, end = places.values[key]
    start = content.rfind(b"\n", 0, start) + 1
    return (content[:start] + re.sub(rb"\A[ \t]*\r?\n?", b"", content[end:])).decode()


def _inside(table: Any, key: KeyPath) -> Any:
    for name in key:
        table = table[name]
    return table


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _ended(text: str, newline: str) -> str:
    return text if not text or text.endswith("\n") else text + newline
