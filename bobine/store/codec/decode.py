"""Strict decoding of a table into the model's frozen dataclasses, by their type hints; every fault is collected. Pure.

What a type cannot say (ranges, forms of text, keys that depend on one another) comes from a ``Rules``.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from bobine.french import printable
from bobine.model.episode_day import EpisodeDay
from bobine.model.written.durations import parse_duration
from bobine.store.codec.keys import KeyFault, KeyPath
from bobine.store.codec.notation import TEXT_FORMS, TOML, Notation
from bobine.store.codec.shapes import Field, Form, fields_of, form_of, is_optional
from bobine.store.codec.spelling import unknown_key, unknown_value
from bobine.store.rules.limits import LARGEST

FieldRule = Callable[[Any], str | None]
"""Gives the fault of a decoded value, in French, or None."""

TableRule = Callable[[Mapping[str, Any]], Iterable[tuple[str, str]]]
"""Gives the faults of a table as pairs of a key and a message, from its fields that decoded well, defaults included."""

T = TypeVar("T")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Rules on values beyond their types.

    Attributes:
        text: asked of every text that has no rule of its own.
        fields: rules of one field of one dataclass; optional values are seen when they are there.
        tables: rules over several fields of one dataclass.
    """

    text: FieldRule
    fields: Mapping[tuple[type, str], FieldRule] = dataclasses.field(default_factory=dict)
    tables: Mapping[type, TableRule] = dataclasses.field(default_factory=dict)


class _Invalid:
    """A stand-in for a value whose fault was noted."""


_INVALID = _Invalid()


class Decoder:
    """A decoder of tables, which collects the faults that it meets.

    Attributes:
        faults: what was wrong so far.
    """

    def __init__(self, rules: Rules, notation: Notation = TOML) -> None:
        """Start with no faults.

        Args:
            rules: what values must obey beyond their types.
            notation: how the tables are written.
        """
        self.faults: list[KeyFault] = []
        self._rules = rules
        self._notation = notation

    def table(self, cls: type[T], value: object, path: KeyPath = (), /, **given: object) -> T | None:
        """Decode one table.

        Args:
            cls: the dataclass it must give.
            value: what the parser found.
            path: where.
            given: fields that the file does not hold, such as a slug that is the table's key.

        Returns:
            The value, or None where a fault was noted.
        """
        if not isinstance(value, Mapping):
            self._fault(path, f"une table de clés était attendue, pas {_described(value)}")
            return None
        model: Any = cls
        fields = {name: field for name, field in fields_of(model).items() if name not in given}
        faults_before = len(self.faults)
        for key in value:
            if key not in fields and len(self.faults) <= MOST_FAULTS:
                self._fault((*path, key), unknown_key(key, fields))
        decoded = dict(given)
        for name, field in fields.items():
            if name in value:
                result = self._field(cls, field, value[name], (*path, name))
                if result is not _INVALID:
                    decoded[name] = result
            elif field.required:
                self._fault((*path, name), f"cette clé manque : {self._expected(field.hint)} est attendu ici")
            else:
                decoded[name] = field.default()
        if cls in self._rules.tables:
            for key, message in self._rules.tables[cls](decoded):
                self._fault((*path, key), message)
        return cls(**decoded) if len(self.faults) == faults_before else None

    def fault(self, path: KeyPath, message: str) -> None:
        """Note a fault that was found outside of the decoder."""
        self._fault(path, message)

    def _fault(self, path: KeyPath, message: str) -> _Invalid:
        self.faults.append(KeyFault(path, message))
        return _INVALID

    def _field(self, cls: type, field: Field, value: object, path: KeyPath) -> object:
        decoded = self._value(field.hint, value, path)
        if decoded is _INVALID or decoded is None:
            return decoded
        if decoded == "" and not self._notation.whole:
            if field.required:
                return self._fault(path, "ce texte est vide : écrivez-le")
            return decoded
        rule = self._rules.fields.get((cls, field.name), self._rules.text if type(decoded) is str else None)
        message = rule(decoded) if rule is not None else None
        return self._fault(path, message) if message else decoded

    def _value(self, hint: Any, value: object, path: KeyPath) -> object:
        if value is None and self._notation.whole and is_optional(hint):
            return None
        form, inner = form_of(hint)
        match form:
            case Form.SCALAR:
                return self._scalar(inner, value, path)
            case Form.ARRAY:
                return self._array(inner, value, path)
            case Form.TABLE:
                table = self.table(inner, value, path)
                return _INVALID if table is None else table

    def _array(self, hint: Any, value: object, path: KeyPath) -> object:
        if not isinstance(value, list):
            return self._fault(path, f"une liste était attendue, pas {_described(value)}")
        decoded = [self._element(hint, element, (*path, index)) for index, element in enumerate(value)]
        return _INVALID if any(element is _INVALID for element in decoded) else tuple(decoded)

    def _element(self, hint: Any, value: object, path: KeyPath) -> object:
        decoded = self._value(hint, value, path)
        if hint is str and isinstance(decoded, str):
            may_be_said = decoded or self._notation.whole
            message = self._rules.text(decoded) if may_be_said else "ce texte est vide : écrivez-le ou enlevez-le"
            if message:
                return self._fault(path, message)
        return decoded

    def _scalar(self, hint: type, value: object, path: KeyPath) -> object:
        if hint is timedelta:
            return self._duration(value, path)
        if hint is EpisodeDay:
            return self._episode_day(value, path)
        if self._notation.dates_as_text and hint in TEXT_FORMS:
            value = self._from_text(hint, value)
            if value is None:
                return self._fault(path, f"{self._expected(hint)} était attendu")
        if issubclass(hint, StrEnum):
            if isinstance(value, str) and value in hint.__members__.values():
                return hint(value)
            return self._fault(path, unknown_value(value if isinstance(value, str) else None, [*hint]))
        if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
            return self._float(value, path)
        if type(value) is not hint:
            return self._fault(path, f"{self._expected(hint)} était attendu, pas {_described(value)}")
        if type(value) is int and abs(value) > LARGEST:
            return self._fault(path, "ce nombre est démesuré")
        if isinstance(value, datetime) and value.tzinfo is None:
            return self._fault(path, "il manque le décalage horaire, comme 2026-11-26T19:00:00+01:00")
        if isinstance(value, time) and value.microsecond:
            return self._fault(path, "une heure s'arrête à la seconde, comme 18:00:00")
        return value

    def _episode_day(self, value: object, path: KeyPath) -> object:
        """A day, or the text that names another episode of a day."""
        if type(value) is date and not self._notation.dates_as_text:
            return value
        named = self._from_text(EpisodeDay, value)
        return self._fault(path, f"{self._expected(EpisodeDay)} était attendu") if named is None else named

    def _from_text(self, hint: type, value: object) -> object:
        """The date that a text says; None where it says none."""
        try:
            return TEXT_FORMS[hint].parse(value) if isinstance(value, str) else None
        except (ValueError, OverflowError):
            return None

    def _expected(self, hint: Any) -> str:
        if self._notation.dates_as_text and hint in TEXT_FORMS:
            return f'un texte comme "{TEXT_FORMS[hint].example}"'
        return _expected(hint)

    def _float(self, value: float, path: KeyPath) -> object:
        if abs(value) <= LARGEST:
            return float(value)
        return self._fault(path, "ce nombre est infini, ou bien trop grand")

    def _duration(self, value: object, path: KeyPath) -> object:
        if not isinstance(value, str):
            return self._fault(path, f"{_expected(timedelta)} était attendu, pas {_described(value)}")
        if value.strip().startswith(("-", "−", "–")):
            return self._fault(path, f"« {printable(value[:40])} » est négative : une durée ne l'est jamais")
        try:
            return parse_duration(value, bare=path[-1] not in _IN_SECONDS)
        except ValueError as error:
            return self._fault(path, printable(str(error)))


MOST_FAULTS = 50
"""Faults that are told of one file; those beyond mostly have the same cause."""

_IN_SECONDS = ("dead_air", "silence", "tolerance")
"""Lengths of a few seconds: a number alone is not taken for minutes there."""


_EXPECTED: dict[type, str] = {
    str: "un texte entre guillemets",
    int: "un nombre entier sans guillemets",
    float: "un nombre sans guillemets",
    bool: "true ou false sans guillemets",
    date: "un jour comme 2026-11-26 sans guillemets",
    EpisodeDay: 'un jour comme 2026-11-26 sans guillemets, ou "2026-11-26-bonus"',
    datetime: "un instant comme 2026-11-26T19:00:00+01:00 sans guillemets",
    time: "un horaire comme 18:00:00 sans guillemets",
    timedelta: 'un texte de durée comme "3\'30"',
}


def _expected(hint: Any) -> str:
    """The French name of the expected type; always masculine, for the sentences around it."""
    if hint in _EXPECTED:
        return _EXPECTED[hint]
    origin = typing.get_origin(hint)
    if origin is typing.Annotated:
        return _expected(hint.__metadata__[0])
    if origin in (types.UnionType, typing.Union):
        return _expected(typing.get_args(hint)[0])
    if origin is tuple:
        return "un tableau entre crochets"
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return f"un mot parmi {', '.join(hint)}"
    return "un groupe de clés"


def _described(value: object) -> str:
    """The French name of the value found, without repeating it: it may be long, or private."""
    match value:
        case bool():
            return "true ou false"
        case str():
            return "un texte"
        case int() | float():
            return "un nombre"
        case datetime():
            return "une date avec une heure"
        case date():
            return "une date"
        case time():
            return "une heure"
        case list():
            return "une liste"
        case None:
            return "null"
        case _:
            return "une table de clés"
