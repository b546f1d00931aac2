"""The forms of a rundown: an item, a participant, a work, the episode itself. Pure.

They are made from the declared fields (``model/fields/``): a field whose declaration says how it is asked is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import groupby

from bobine.model.episode import Episode, Item, Work
from bobine.model.fields.field import Asked, Field, FieldType
from bobine.model.fields.tables import FIELDS
from bobine.model.people import Person
from bobine.model.show import Show
from bobine.plan.fields.words import FORM_WORDS
from bobine.plan.people.consents import change_fault
from bobine.plan.people.known_people import people_text
from bobine.store.codec.shapes import fields_of
from bobine.tui.kit.forms.fields import Control, FieldSpec, Section, words_options

_CONTROLS: dict[FieldType, Control] = {
    FieldType.TEXT: Control.LINE,
    FieldType.LINES: Control.LINES,
    FieldType.PATH: Control.LINE,
    FieldType.ISRC: Control.LINE,
    FieldType.EAN: Control.LINE,
    FieldType.ADDRESS: Control.LINE,
    FieldType.LENGTH: Control.DURATION,
    FieldType.CLOCK: Control.HOUR,
    FieldType.DAY: Control.DAY,
    FieldType.COUNT: Control.NUMBER,
    FieldType.FLAG: Control.FLAG,
    FieldType.YES_OR_NO: Control.FLAG,
    FieldType.CHOICE: Control.PICK,
    FieldType.CHOICES: Control.FLAGS,
    FieldType.MICS: Control.WORDS,
    FieldType.NAMES: Control.NAMES,
    FieldType.PERSON: Control.PICK,
    FieldType.PEOPLE: Control.CUSTOM,
    FieldType.CHRONIQUE: Control.PICK,
    FieldType.WORKS: Control.CUSTOM,
}
"""The control of each type of field."""

_OF_CONSENT = ("consent", "consent_reference", "minor", "representative")
"""Fields of a participant on which a signature depends."""


def item_sections(show: Show, episode: Episode, complete: Callable[[str], str | None]) -> tuple[Section, ...]:
    """The form of an item.

    Args:
        show: for its chroniques.
        episode: for the names of its people.
        complete: suggests the rest of a list of names.
    """

    def filled(spec: FieldSpec, holds: FieldType) -> FieldSpec:
        match holds:
            case FieldType.PEOPLE:
                return replace(
                    spec,
                    complete=complete,
                    show=lambda item: people_text(episode, item) if _all_known(episode, item) else "",
                    read=lambda item, _: item,
                )
            case FieldType.WORKS:
                return replace(spec, show=works_summary)
            case FieldType.CHRONIQUE:
                return replace(spec, options=(*spec.options, *((one.id, one.title) for one in show.chroniques)))
            case _:
                return spec

    return _sections(Item, filled)


def person_sections() -> tuple[Section, ...]:
    """The form of a participant: it is signed once the paper has its place, and for a minor once somebody may sign."""
    return _sections(Person, lambda spec, _: replace(spec, check=change_fault) if spec.name in _OF_CONSENT else spec)


def work_sections() -> tuple[Section, ...]:
    """The form of a musical work, as the music log wants it."""
    return _sections(Work, lambda spec, _: spec)


def episode_sections(episode: Episode) -> tuple[Section, ...]:
    """The form of the episode itself."""
    people = tuple((person.id, person.name) for person in episode.people)
    return _sections(
        Episode,
        lambda spec, holds: replace(spec, options=(*spec.options, *people)) if holds is FieldType.PERSON else spec,
    )


def works_summary(item: Item) -> str:
    """Titles of the works of an item."""
    return ", ".join(work.title for work in item.works) or "aucune"


def _all_known(episode: Episode, item: Item) -> bool:
    known = {person.id for person in episode.people}
    return all(person_id in known for person_id in item.people)


def _sections(cls: type, filled: Callable[[FieldSpec, FieldType], FieldSpec]) -> tuple[Section, ...]:
    """The form of a class, each field completed with what only the episode knows."""
    asked = [(field, field.asked) for field in FIELDS[cls].values() if field.asked is not None]
    return tuple(
        Section(title, tuple(filled(_spec(cls, field, how), field.holds) for field, how in part))
        for title, part in groupby(asked, key=lambda one: one[1].section)
    )


def _spec(cls: type, field: Field, asked: Asked) -> FieldSpec:
    return FieldSpec(
        name=field.name,
        label=asked.label or field.label,
        control=_CONTROLS[field.holds],
        optional=_may_be_none(cls, field.name),
        options=tuple(_options(field, asked)),
        make=field.choices or str,
        hint=asked.hint,
    )


def _options(field: Field, asked: Asked) -> Iterable[tuple[str, str]]:
    if field.choices is not None:
        return words_options(FORM_WORDS[field.choices], none=asked.none)
    return (("", asked.none),) if asked.none else ()


def _may_be_none(cls: type, name: str) -> bool:
    shape = fields_of(cls)[name]
    return not shape.required and shape.default() is None
