"""The place of each key in a TOML text: lines for messages, byte spans for edits.

The standard parser gives no positions, so the text is parsed once more by tree-sitter, only when a place is asked for.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bobine.store.codec.keys import KeyPath

if TYPE_CHECKING:
    from tree_sitter import Node


@dataclass(slots=True)
class Places:
    """Positions in one TOML text; offsets count bytes of its UTF-8 form.

    Attributes:
        lines: 1-based line of each key, table header and array element.
        values: start and end of each value written after a ``=`` or in an array.
        ends: for the root and each table with a header, where a line with one more key of its own may be inserted.
        starts: for each table with a header, where its header's line starts.
    """

    lines: dict[KeyPath, int] = field(default_factory=dict)
    values: dict[KeyPath, tuple[int, int]] = field(default_factory=dict)
    ends: dict[KeyPath, int] = field(default_factory=dict)
    starts: dict[KeyPath, int] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """Line of a key; for one that is missing, of the nearest table around it; 0 for the whole file."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.lines:
                return self.lines[path[:length]]
        return 0

    def end_inside(self, path: KeyPath) -> int:
        """End of a table with a header, the tables in it included.

        Raises:
            KeyError: if neither it nor any table in it has a header.
        """
        ends = [end for found, end in self.ends.items() if found[: len(path)] == path]
        if not ends:
            raise KeyError(path)
        return max(ends)


def find_places(text: str, *, inside_tables: bool = True) -> Places:
    """Find every key of a text that is known to be TOML.

    Args:
        text: the whole text.
        inside_tables: whether the keys of the tables that have headers are wanted; it is faster without them.
    """
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    content = text.encode()
    root = Parser(Language(tree_sitter_toml.language())).parse(content).root_node
    return _Finder(content, inside_tables=inside_tables).run(root)


class _Finder:
    """One walk over a syntax tree."""

    def __init__(self, content: bytes, *, inside_tables: bool) -> None:
        self._content = content
        self._inside_tables = inside_tables
        self._places = Places(ends={(): 0})
        self._counts: dict[KeyPath, int] = {}

    def run(self, root: Node) -> Places:
        for node in root.named_children:
            match node.type:
                case "pair":
                    self._pair(node, ())
                    self._places.ends[()] = self._next_line(node.end_byte)
                case "table" | "table_array_element":
                    self._table(node)
        return self._places

    def _table(self, node: Node) -> None:
        header, *children = [child for child in node.named_children if child.type != "comment"]
        path = self._resolve(_names(header), is_array=node.type == "table_array_element")
        self._note_line(path, node)
        self._places.starts[path] = self._content.rfind(b"\n", 0, node.start_byte) + 1
        self._places.ends[path] = self._next_line((children[-1] if children else header).end_byte)
        for child in children if self._inside_tables else ():
            self._pair(child, path)

    def _resolve(self, names: tuple[str, ...], *, is_array: bool) -> KeyPath:
        """The path that a header means; the name of an array of tables stands for its last element."""
        path: KeyPath = ()
        for name in names[:-1]:
            path = (*path, name)
            if path in self._counts:
                path = (*path, self._counts[path] - 1)
        path = (*path, names[-1])
        if is_array:
            self._counts[path] = self._counts.get(path, 0) + 1
            path = (*path, self._counts[path] - 1)
        return path

    def _pair(self, node: Node, table: KeyPath) -> None:
        key, value = [child for child in node.named_children if child.type != "comment"]
        path = (*table, *_names(key))
        for length in range(len(table) + 1, len(path)):
            self._note_line(path[:length], node)
        self._note_line(path, node)
        self._value(value, path)

    def _value(self, node: Node, path: KeyPath) -> None:
        stack = [(node, path)]
        while stack:
            current, place = stack.pop()
            self._note_line(place, current)
            self._places.values[place] = (current.start_byte, current.end_byte)
            children = [child for child in current.named_children if child.type != "comment"]
            if current.type == "array":
                stack.extend((child, (*place, index)) for index, child in enumerate(children))
            elif current.type == "inline_table":
                for child in children:
                    self._pair(child, place)

    def _note_line(self, path: KeyPath, node: Node) -> None:
        """Keep the first line seen; a table's elements make its array known too."""
        line = node.start_point.row + 1
        if isinstance(path[-1], int):
            self._places.lines.setdefault(path[:-1], line)
        self._places.lines.setdefault(path, line)

    def _next_line(self, offset: int) -> int:
        newline = self._content.find(b"\n", offset)
        return len(self._content) if newline < 0 else newline + 1


def _names(key: Node) -> tuple[str, ...]:
    """The names of a bare, quoted or dotted key, escapes decoded."""
    return tuple(_name(part) for part in _parts(key))


def _parts(key: Node) -> Iterator[Node]:
    if key.type == "dotted_key":
        for child in key.named_children:
            yield from _parts(child)
    elif key.type != "escape_sequence":
        yield key


def _name(key: Node) -> str:
    written = (key.text or b"").decode()
    return next(iter(tomllib.loads(f"{written} = 0"))) if key.type == "quoted_key" else written
