"""The fields of a form: what each holds, how its value is shown and read back. Pure.

``value_of`` reads what was typed or raises ``ValueError`` with what is accepted; ``text_of`` writes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import Enum, auto
from typing import Any

from bobine.french import decimal, is_one_safe_line
from bobine.model.written.days import parse_day
from bobine.model.written.durations import format_duration, parse_duration
from bobine.model.written.hours import parse_hours
from bobine.store.rules import texts


class Control(Enum):
    """The controls that a field can be edited with."""

    LINE = auto()
    LINES = auto()
    DURATION = auto()
    HOURS = auto()
    HOUR = auto()
    DAY = auto()
    NUMBER = auto()
    DECIMAL = auto()
    WORDS = auto()
    NAMES = auto()
    NUMBERS = auto()
    FLAG = auto()
    PICK = auto()
    FLAGS = auto()
    CUSTOM = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSpec:
    """One field.

    Attributes:
        name: of the dataclass's field.
        label: in French, short.
        control: how it is edited.
        optional: an empty one is None, where None is what the model says.
        options: keys and words, for ``PICK`` and ``FLAGS``; a key is what the enum's value is.
        make: turns a key into the model's value.
        hint: what may be written there: « par exemple 3'30 », « des noms, entre virgules ». An empty field shows it in
            parentheses, never as a value would stand there.
        note: what it means, said while it has the keyboard.
        complete: suggests the rest of what is typed.
        show: for ``CUSTOM``, the record's text; for others, how to write its value.
        read: for ``CUSTOM``, the record with the text put into it; raises ``ValueError``.
        check: what is wrong with the record as it would become, given as it was; empty where nothing is.
    """

    name: str
    label: str
    control: Control = Control.LINE
    optional: bool = False
    options: tuple[tuple[str, str], ...] = ()
    make: Callable[[str], Any] = str
    hint: str = ""
    note: str = ""
    complete: Callable[[str], str | None] | None = None
    show: Callable[[Any], str] | None = None
    read: Callable[[Any, str], Any] | None = None
    check: Callable[[Any, Any], str] | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under a heading; an empty heading is not shown."""

    title: str
    fields: tuple[FieldSpec, ...] = field(default_factory=tuple)


def words_options(words: Mapping[Any, str], *, none: str = "") -> tuple[tuple[str, str], ...]:
    """The options of an enum from its French words; ``none`` is the word for no value."""
    listed = tuple((str(key), word) for key, word in words.items())
    return (("", none), *listed) if none else listed


def text_of(value: Any) -> str:
    """The text of a field of one line, for a value of the model."""
    if value is None or value == "":
        return ""
    match value:
        case timedelta():
            return format_duration(value)
        case time():
            return f"{value:%H:%M:%S}"
        case date():
            return text_of_day(value)
        case tuple():
            return ", ".join(str(part) for part in value)
        case float():
            return decimal(value)
        case _:
            return str(value)


def text_of_day(day: date | None) -> str:
    """``26/11/2026``; empty for no day."""
    return f"{day:%d/%m/%Y}" if day is not None else ""


def value_of(spec: FieldSpec, text: str) -> Any:
    """The value of the model that a typed text stands for.

    Raises:
        ValueError: if it cannot be read; the message says what is accepted.
    """
    if spec.control is Control.LINES:
        return _lines(text)
    text = text.strip()
    if spec.control is Control.WORDS:
        return _words(text)
    if spec.control is Control.NAMES:
        return _each(part.strip() for part in re.split("[,;]", text))
    if spec.control is Control.NUMBERS:
        return _numbers(text)
    if not text:
        if spec.optional:
            return None
        if spec.control in _NEEDED:
            raise ValueError("il faut une valeur ici")
        return ""
    return _READERS.get(spec.control, _one_line)(text)


def _numbers(text: str) -> tuple[int, ...]:
    words = _words(text)
    if not all(word.isascii() and word.isdigit() and len(word) <= 9 for word in words):
        raise ValueError("des nombres entiers séparés par des virgules étaient attendus, comme « 3, 4 »")
    return tuple(int(word) for word in words)


def parse_hour(text: str) -> time:
    """A time of day: ``18:53:10``, ``18:53``, ``18 h 53``, ``18h``.

    Raises:
        ValueError: if it is none.
    """
    found = re.fullmatch(r"(\d{1,2}) ?(?:[:hH]) ?(?:(\d{1,2})(?: ?(?:[:mM]n?|min) ?(\d{1,2})? ?s?)?)?", text.strip())
    try:
        if found is not None:
            return time(int(found[1]), int(found[2] or 0), int(found[3] or 0))
    except ValueError:
        pass
    raise ValueError(f"« {text[:20]} » n'est pas une heure : écrivez 18:53:10, 18:53 ou 18 h 53")


def _duration(text: str) -> timedelta:
    found = parse_duration(text)
    if not found:
        raise ValueError("une durée au-dessus de zéro est attendue")
    return found


def _one_line(text: str) -> str:
    message = texts.one_line(text)
    if message:
        raise ValueError(message)
    return text


def _number(text: str) -> int:
    if not re.fullmatch(r"\d{1,6}", text, re.ASCII) or int(text) < 1:
        raise ValueError("un nombre entier à partir de 1 est attendu")
    return int(text)


def _decimal(text: str) -> float:
    plain = text.replace("−", "-").replace(",", ".").replace("\u00a0", "")
    if not re.fullmatch(r"[-+]?\d{1,6}(\.\d{1,6})?", plain, re.ASCII):
        raise ValueError("un nombre est attendu, comme 1,5 ou −16")
    return float(plain)


_READERS: dict[Control, Callable[[str], Any]] = {
    Control.DURATION: _duration,
    Control.HOURS: parse_hours,
    Control.HOUR: parse_hour,
    Control.DAY: parse_day,
    Control.NUMBER: _number,
    Control.DECIMAL: _decimal,
}
"""How what is typed in one line is read; as a text by default."""

_NEEDED = frozenset(_READERS)
"""The controls that have no empty value."""


def _words(text: str) -> tuple[str, ...]:
    return _each(re.split(r"[\s,;]+", text))


def _each(parts: Iterable[str]) -> tuple[str, ...]:
    """Texts of one line, each once; empty ones are left out."""
    words = [part for part in parts if part]
    for word in words:
        message = texts.one_line(word)
        if message:
            raise ValueError(message)
    return tuple(dict.fromkeys(words))


def _lines(text: str) -> str:
    """Several lines; control characters, which only a paste brings, are left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    kept = ("".join(char for char in line if is_one_safe_line(char)).rstrip() for line in lines)
    text = "\n".join(kept).strip()
    message = texts.several_lines(text) if text else None
    if message:
        raise ValueError(message)
    return text
