"""Every field has a name and every value words, so that no form, history or conflict shows a key."""

from __future__ import annotations

import typing
from dataclasses import fields
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any

import pytest

from bobine.model.episode import Episode, Item, Work
from bobine.model.ideas import Idea, IdeaStatus
from bobine.model.people import Consent, Person
from bobine.model.team import Member, Skill
from bobine.plan.fields.field_words import LONGEST, label, label_inside, quoted, shortened, value_words

CLASSES = (Item, Work, Person, Episode, Idea, Member)


@pytest.mark.parametrize("cls", CLASSES)
def test_every_field_has_a_name_of_its_own(cls: Any) -> None:
    labels = [label(cls, field.name) for field in fields(cls)]
    assert len(set(labels)) == len(labels)
    assert all(words[0].isupper() for words in labels)


def enums(hint: Any) -> set[type[StrEnum]]:
    found = {hint} if isinstance(hint, type) and issubclass(hint, StrEnum) else set()
    return found.union(*(enums(inner) for inner in typing.get_args(hint)))


ENUMS = sorted(
    {enum for cls in CLASSES for hint in typing.get_type_hints(cls).values() for enum in enums(hint)},
    key=lambda enum: enum.__name__,
)


@pytest.mark.parametrize("enum", ENUMS)
def test_every_choice_has_words_of_its_own(enum: type[StrEnum]) -> None:
    words = [value_words(member) for member in enum]
    assert len(set(words)) == len(words)
    assert not any("_" in text or text == "signed" for text in words)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (timedelta(seconds=210), "3'30"),
        (time(18, 5, 30), "18:05:30"),
        (time(18, 5), "18:05:00"),
        (date(2026, 11, 26), "jeudi 26 novembre 2026"),
        (True, "oui"),
        (False, "non"),
        (None, "rien"),
        ("", "rien"),
        ((), "rien"),
        (7, "7"),
        (("M1", "M2"), "M1, M2"),
        (Consent.NONE, "à demander"),
        (Skill.ASSISTED, "avec de l'aide"),
        (IdeaStatus.OPEN, "à prendre"),
        ((Work(title="A", performer="B"), Work(title="C")), "A (B), C"),
    ],
)
def test_values_in_words(value: object, words: str) -> None:
    assert value_words(value) == words


def test_words_inside_a_sentence() -> None:
    assert label_inside(Item, "duration") == "durée"
    assert label_inside(Work, "isrc") == "ISRC"
    assert value_words(("claire", "x"), {"claire": "Claire Dumollard"}) == "Claire Dumollard, x"
    assert quoted("un\n deux") == "« un deux »"
    assert quoted(Consent.SIGNED) == "signée"
    assert quoted("") == "rien"
    long = quoted("mot " * 40)
    assert len(long) <= LONGEST + 4
    assert long.endswith("mot… »")
    assert shortened("x" * 80, 20) == "x" * 19 + "…"
