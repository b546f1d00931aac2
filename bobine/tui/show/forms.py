"""The forms of a show's settings, made from the one table of their words. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, get_args, get_origin

from bobine.french import MONTHS
from bobine.model.episode import Item
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, SeasonCalendar, Show
from bobine.plan.fields.words import FORM_WORDS
from bobine.plan.settings.words import SETTINGS, written_fields
from bobine.store.codec.shapes import fields_of
from bobine.store.rules.apple_categories import CATEGORIES
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, words_options

_CONTROLS: dict[type, Control] = {
    bool: Control.FLAG,
    int: Control.NUMBER,
    float: Control.DECIMAL,
    str: Control.LINE,
    date: Control.DAY,
    time: Control.HOUR,
    timedelta: Control.DURATION,
}

_LONG = frozenset({"description", "notes"})
"""Texts of several lines."""

_OF_SEVERAL_WORDS = frozenset({"partners", "neighbourhoods", "themes"})
"""Lists of texts with spaces in them, which are written with commas between."""

_ELSEWHERE: dict[type, frozenset[str]] = {
    Chronique: frozenset({"id"}),
    Item: frozenset({"id", "people", "works", "chapter", "instalment"}),
    SeasonCalendar: frozenset({"holidays"}),
    Podcast: frozenset({"license", "guid", "platforms"}),
    Show: frozenset(set(SETTINGS[Show]) - {"title", "tagline", "description", "language"}),
}
"""Fields that a form leaves out: an identity never changes, lists and tables have rows of their own."""


def sections_of(cls: type, show: Show, destinations: Iterable[str]) -> tuple[Section, ...]:
    """The form of one table of the settings, or of one row.

    Args:
        cls: what is edited: ``Slot``, ``Chronique``, ``Item``…
        show: for the chroniques that an item may be.
        destinations: names of the places where a podcast may go.
    """
    left_out: Collection[str] = _ELSEWHERE.get(cls, frozenset())
    specs = (_spec(cls, name, show, tuple(destinations)) for name in written_fields(cls) if name not in left_out)
    return (Section("", tuple(replace(spec, note=_note(cls, spec)) for spec in specs if spec is not None)),)


def _note(cls: type, spec: FieldSpec) -> str:
    """The note under a field of the form; a field with choices has its own, since the list already shows them."""
    return _CHOICES.get(spec.name, SETTINGS[cls][spec.name].note) if spec.options else SETTINGS[cls][spec.name].note


_CHOICES = {
    "kind": "ce que l'élément est à l'antenne",
    "objectives": "ce qu'il fait pour la ligne éditoriale",
    "use": "comment l'œuvre y est entendue",
}


def _spec(cls: type, name: str, show: Show, destinations: tuple[str, ...]) -> FieldSpec | None:
    """One field; None for what a line cannot hold."""
    words = SETTINGS[cls][name]
    chosen = _chosen(cls, name, show, destinations)
    if chosen is not None:
        return FieldSpec(name=name, label=words.label, control=Control.PICK, options=chosen,
                         optional=name == "chronique", make=int if name.endswith("_month") else str)  # fmt: skip
    hint = fields_of(cls)[name].hint
    parts = [part for part in get_args(hint) if part is not type(None)]
    optional = get_origin(hint) is not tuple and type(None) in get_args(hint)
    inner: Any = parts[0] if parts else hint
    if isinstance(inner, type) and issubclass(inner, StrEnum):
        many = get_origin(hint) is tuple
        words_of = FORM_WORDS.get(inner, {})
        options = words_options(words_of, none="non précisés" if optional else "") if words_of else ()
        return FieldSpec(name=name, label=words.label, options=options, make=inner, optional=optional,
                         control=Control.FLAGS if many else Control.PICK)  # fmt: skip
    if get_origin(hint) is tuple:
        written = Control.NAMES if name in _OF_SEVERAL_WORDS else Control.WORDS
        control = {str: written, int: Control.NUMBERS}.get(inner)
        return FieldSpec(name=name, label=words.label, control=control) if control is not None else None
    control = Control.LINES if name in _LONG else _CONTROLS.get(inner)
    if control is None:
        return None
    return FieldSpec(name=name, label=words.label, control=control, optional=optional)


def _chosen(cls: type, name: str, show: Show, destinations: tuple[str, ...]) -> tuple[tuple[str, str], ...] | None:
    """The options of a field that is chosen from a list of its own; None for the others."""
    match cls.__name__, name:
        case "Item", "chronique":
            return (("", "aucune"), *((one.id, one.title) for one in show.chroniques))
        case "Podcast", "category":
            return tuple((one, one) for one in CATEGORIES)
        case "Podcast", "destination":
            return tuple((one, one) for one in destinations)
        case "SeasonCalendar", "first_month" | "last_month":
            return tuple((str(number), month) for number, month in enumerate(MONTHS, 1))
        case _:
            return None
