"""TOML written fresh from plain tables: whole documents, one table of an array, one value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bobine.store.codec.encode import Plain
from bobine.store.codec.keys import KeyPath

if TYPE_CHECKING:
    from tomlkit.items import Table


def toml_table(plain: Plain) -> Table:
    """A tomlkit table, in which lists of tables are written as ``[[…]]`` and other tables as ``[…]``."""
    import tomlkit

    table = tomlkit.table()
    nested = {key: value for key, value in plain.items() if _is_nested(value)}
    for key, value in plain.items():
        if key not in nested:
            table.add(key, value)
    for key, value in nested.items():
        if isinstance(value, dict):
            table.add(key, toml_table(value))
        else:
            rows = tomlkit.aot()
            for row in value:
                rows.append(toml_table(row))
            table.add(key, rows)
    return table


def table_text(header: str, plain: Plain) -> str:
    """The text of one element of an array of tables: its own keys first, then the tables in it.

    Args:
        header: its dotted name.
        plain: from ``encode``.
    """
    nested = {key: rows for key, rows in plain.items() if isinstance(rows, list) and rows and isinstance(rows[0], dict)}
    lines = [f"{key} = {toml_value(value)}\n" for key, value in plain.items() if key not in nested]
    tables = ["\n" + table_text(f"{header}.{key}", row) for key, rows in nested.items() for row in rows]
    return f"[[{header}]]\n" + "".join(lines + tables)


def dotted(path: KeyPath) -> str:
    """The name of a table in its header: the names on the path to it, which need no quotes, without indexes."""
    return ".".join(name for name in path if isinstance(name, str))


def newline_of(text: str) -> str:
    """The line end that a text uses."""
    return "\r\n" if "\r\n" in text else "\n"


def ended(text: str, newline: str) -> str:
    """The text with a line end after its last line."""
    return text if not text or text.endswith("\n") else text + newline


def toml_value(plain: Any) -> str:
    r"""The text of a value of ``encode``, as it stands after ``=``, with ``\n`` between its lines.

    A text of several lines is written so, from the line below its quotes; a list of tables has a line for each.
    """
    import tomlkit

    if isinstance(plain, str) and "\n" in plain:
        return _several_lines(plain)
    if isinstance(plain, dict):
        return "{ " + ", ".join(f"{key} = {toml_value(one)}" for key, one in plain.items()) + " }"
    if isinstance(plain, list) and plain and isinstance(plain[0], dict):
        return "[\n" + "".join(f"    {toml_value(row)},\n" for row in plain) + "]"
    return str(tomlkit.item(plain).as_string())


def _several_lines(text: str) -> str:
    import tomlkit

    written = tomlkit.string(text, multiline=True).as_string()
    lower = '"""\n' + written.removeprefix('"""')
    return lower if tomlkit.value(lower).unwrap() == text else tomlkit.string(text).as_string()


def _is_nested(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))
