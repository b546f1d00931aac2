"""Readers of tables, each made once for its type: they give what ``Decoder`` would, in a fraction of its time. Pure.

A reader refuses whatever it has a doubt about, without a word; ``Decoder`` then says what is wrong, and where.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from typing import Any, TypeVar

from bobine.model.episode_day import EpisodeDay
from bobine.store.codec.decode import FieldRule, Rules
from bobine.store.codec.notation import TEXT_FORMS
from bobine.store.codec.shapes import Field, Form, fields_of, form_of, is_optional
from bobine.store.rules.limits import LARGEST

T = TypeVar("T")

_Read = Callable[[Any], Any]


class Doubtful(ValueError):
    """A table that may be wrong."""


def reader(cls: type[T], rules: Rules) -> Callable[[object], T]:
    """A reader of tables in the notation ``JSON``, which raises :class:`Doubtful` for all that ``Decoder`` refuses.

    Args:
        cls: the dataclass that it gives; its fields are texts, numbers, words, days, instants, lists and tables.
        rules: what values must obey beyond their types.

    Raises:
        TypeError: if the dataclass has a field of another type.
    """
    return _table(cls, rules)


def _table(cls: type[Any], rules: Rules) -> _Read:
    model: Any = cls
    plan = [
        (field.name, _field(cls, field, rules), None if field.required else field.default)
        for field in fields_of(model).values()
    ]
    whole = rules.tables.get(cls)

    def read(table: object) -> Any:
        if type(table) is not dict:
            raise Doubtful
        values = {}
        known = 0
        for name, convert, default in plan:
            if name in table:
                values[name] = convert(table[name])
                known += 1
            elif default is None:
                raise Doubtful
            else:
                values[name] = default()
        if known != len(table) or (whole is not None and [*whole(values)]):
            raise Doubtful
        return cls(**values)

    return read


def _field(cls: type[Any], field: Field, rules: Rules) -> _Read:
    form, inner = form_of(field.hint)
    rule = rules.fields.get((cls, field.name), rules.text if form is Form.SCALAR and inner is str else None)
    convert = _value(form, inner, rules)
    if rule is not None:
        convert = _text(rule) if inner is str and form is Form.SCALAR else _ruled(convert, rule)
    return _or_none(convert) if is_optional(field.hint) else convert


def _value(form: Form, hint: Any, rules: Rules) -> _Read:
    if form is Form.TABLE:
        return _table(hint, rules)
    if form is Form.ARRAY:
        inner_form, inner = form_of(hint)
        return _array(_text(rules.text) if inner is str else _value(inner_form, inner, rules))
    if hint in (date, datetime, EpisodeDay):
        return _date(hint)
    if issubclass(hint, StrEnum):
        return _word(hint)
    if hint is int:
        return _whole_number
    if hint is bool or hint is str:
        return _exactly(hint)
    raise TypeError(f"no reader for {hint!r}")


def _ruled(convert: _Read, rule: FieldRule) -> _Read:
    def read(value: object) -> object:
        converted = convert(value)
        if rule(converted):
            raise Doubtful
        return converted

    return read


def _or_none(convert: _Read) -> _Read:
    return lambda value: None if value is None else convert(value)


def _array(convert: _Read) -> _Read:
    def read(value: object) -> object:
        if type(value) is not list:
            raise Doubtful
        return tuple([convert(element) for element in value]) if value else ()

    return read


def _text(rule: FieldRule) -> _Read:
    def read(value: object) -> object:
        if type(value) is not str or rule(value):
            raise Doubtful
        return value

    return read


def _exactly(hint: type) -> _Read:
    def read(value: object) -> object:
        if type(value) is not hint:
            raise Doubtful
        return value

    return read


def _word(hint: type[StrEnum]) -> _Read:
    words: dict[object, StrEnum] = {str(word): word for word in hint}

    def read(value: object) -> object:
        if type(value) is not str or value not in words:
            raise Doubtful
        return words[value]

    return read


def _whole_number(value: object) -> object:
    if type(value) is not int or abs(value) > LARGEST:
        raise Doubtful
    return value


def _date(hint: type) -> _Read:
    parse = TEXT_FORMS[hint].parse

    def read(value: object) -> object:
        if type(value) is not str:
            raise Doubtful
        try:
            return parse(value)
        except (ValueError, OverflowError) as error:
            raise Doubtful from error

    return read
