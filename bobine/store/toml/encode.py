"""Write the model's frozen dataclasses as TOML tables: the reverse of ``decode``, deterministic to the byte."""

from __future__ import annotations

import dataclasses
import math
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bobine.model.written.durations import format_duration

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
    from tomlkit.items import Table

Plain = dict[str, Any]
"""A table of values that TOML knows, in the order of the fields."""


def encode(value: DataclassInstance, *, omit: frozenset[str] = frozenset(), sparse: bool = False) -> Plain:
    """The table that decodes to ``value``; fields that are None are left out.

    Args:
        value: an instance of a dataclass of the model.
        omit: fields of ``value`` itself that the file does not hold.
        sparse: leave out what equals its default as well, at every depth, for files that people read.

    Raises:
        ValueError: if a number is not finite or a duration is not whole seconds: the file could not say them.
    """
    table: Plain = {}
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        if content is None or field.name in omit or (sparse and _is_default(field, content)):
            continue
        table[field.name] = _plain(content, sparse=sparse)
    return table


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


def _plain(content: Any, *, sparse: bool) -> Any:
    match content:
        case StrEnum():
            return str(content)
        case timedelta():
            if content.microseconds or content < timedelta():
                raise ValueError(f"not a duration in whole seconds: {content!r}")
            return format_duration(content)
        case float():
            if not math.isfinite(content):
                raise ValueError(f"not a finite number: {content!r}")
            return content
        case tuple():
            return [_plain(element, sparse=sparse) for element in content]
        case _ if dataclasses.is_dataclass(content) and not isinstance(content, type):
            return encode(content, sparse=sparse)
        case _:
            return content


def _is_default(field: dataclasses.Field[Any], content: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(content == field.default_factory())
    return field.default is not dataclasses.MISSING and bool(content == field.default)


def _is_nested(value: object) -> bool:
    return isinstance(value, dict) or (isinstance(value, list) and bool(value) and isinstance(value[0], dict))
