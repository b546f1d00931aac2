"""The shapes of the model's dataclasses, as decoding needs them; found once for each type. Pure."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable
from enum import Enum
from functools import lru_cache
from typing import Any


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """A field of a dataclass: its type, and the value of a key that is not there."""

    name: str
    hint: Any
    required: bool
    default: Callable[[], object]


class Form(Enum):
    """The form in which a value is written."""

    SCALAR = 1
    ARRAY = 2
    TABLE = 3


@lru_cache(maxsize=64)
def fields_of(cls: type[Any]) -> dict[str, Field]:
    """The fields of a dataclass, in order, by name."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return {field.name: _field(field, hints[field.name]) for field in dataclasses.fields(cls)}


def _field(field: dataclasses.Field[Any], hint: Any) -> Field:
    if field.default_factory is not dataclasses.MISSING:
        return Field(field.name, hint, required=False, default=field.default_factory)
    return Field(field.name, hint, required=field.default is dataclasses.MISSING, default=lambda: field.default)


@lru_cache(maxsize=256)
def is_optional(hint: Any) -> bool:
    """Whether None is a value of a type."""
    return type(None) in typing.get_args(hint)


@lru_cache(maxsize=256)
def form_of(hint: Any) -> tuple[Form, Any]:
    """The form of a type, and the type of the value, of an array's elements, or of the table."""
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:  # the type that says how the value is written stands beside it
        return form_of(hint.__metadata__[0])
    if origin in (types.UnionType, typing.Union):
        (inner,) = [part for part in typing.get_args(hint) if part is not type(None)]
        return form_of(inner)
    if origin is tuple:
        return Form.ARRAY, typing.get_args(hint)[0]
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return Form.TABLE, hint
    return Form.SCALAR, hint
