"""Encode the model's frozen dataclasses as plain tables: the reverse of ``decode``, deterministic to the byte. Pure."""

from __future__ import annotations

import dataclasses
import math
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bobine.model.episode_day import EpisodeDay
from bobine.model.written.durations import format_duration
from bobine.store.codec.notation import TEXT_FORMS, TOML, Notation

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Plain = dict[str, Any]
"""A table of values that the notation's language knows, in the order of the fields."""


def encode(
    value: DataclassInstance,
    *,
    omit: frozenset[str] = frozenset(),
    sparse: bool = False,
    notation: Notation = TOML,
) -> Plain:
    """The table that decodes to ``value``; fields that are None are left out, unless the notation is whole.

    Args:
        value: an instance of a dataclass of the model.
        omit: fields of ``value`` itself that the file does not hold.
        sparse: leave out what equals its default as well, at every depth, for files that people read.
        notation: how the table is written.

    Raises:
        ValueError: if a number is not finite or a duration is not whole seconds: the file could not say them.
    """
    table: Plain = {}
    for field in dataclasses.fields(value):
        content = getattr(value, field.name)
        left_out = content is None and not notation.whole
        if left_out or field.name in omit or (sparse and _is_default(field, content)):
            continue
        table[field.name] = _plain(content, sparse, notation)
    return table


def _plain(content: Any, sparse: bool, notation: Notation) -> Any:
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
            return [_plain(element, sparse, notation) for element in content]
        case EpisodeDay():
            return str(content)
        case date() | time() if notation.dates_as_text:
            return TEXT_FORMS[type(content)].write(content)
        case _ if dataclasses.is_dataclass(content) and not isinstance(content, type):
            return encode(content, sparse=sparse, notation=notation)
        case _:
            return content


def _is_default(field: dataclasses.Field[Any], content: object) -> bool:
    if field.default_factory is not dataclasses.MISSING:
        return bool(content == field.default_factory())
    return field.default is not dataclasses.MISSING and bool(content == field.default)
