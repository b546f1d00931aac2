"""What changed, in phrases that somebody at a committee would say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bobine.model.episode import Episode, Item, ItemKind, Work
from bobine.model.people import Consent, Person, Role
from bobine.plan.editing.differences import differences, summary

MINUTE = timedelta(minutes=1)
CLAIRE = Person(id="claire", name="Claire Dumollard", role=Role.GUEST)
AGENDA = Item(id="agenda", title="Agenda", kind=ItemKind.CHRONIQUE, duration=3 * MINUTE, source="M3")
JEU = Item(id="jeu", title="Jeu", kind=ItemKind.GAME, duration=3 * MINUTE)
ROCK = Item(id="rock", title="Rock", kind=ItemKind.MUSIC, duration=4 * MINUTE)
EPISODE = Episode(
    show="s", date=date(2026, 11, 26), season=1, number=2, title="T", people=(CLAIRE,), items=(AGENDA, JEU, ROCK)
)


def agenda(**values: Any) -> dict[str, Any]:
    return {"items": (replace(AGENDA, **values), JEU, ROCK)}


@pytest.mark.parametrize(
    ("values", "phrase"),
    [
        ({}, None),
        (agenda(duration=2 * MINUTE), "durée de « Agenda » : 3'00 → 2'00"),
        (agenda(title="Sorties"), "titre de « Agenda » : « Agenda » → « Sorties »"),
        (agenda(min=2 * MINUTE), "durée minimale de « Agenda » : 2'00"),
        (agenda(source=""), "source de « Agenda » : « M3 » → rien"),
        (agenda(droppable=True), "coupable de « Agenda » : oui"),
        (agenda(people=("claire",)), "personnes de « Agenda » : + Claire Dumollard"),
        (agenda(works=(Work(title="A"), Work(title="B"))), "œuvres de « Agenda » : + A, + B"),
        (agenda(notes="un\ndeux"), "notes de « Agenda » : écrit"),
        ({"items": (AGENDA, ROCK)}, "« Jeu » enlevé"),
        ({"items": (AGENDA, JEU, ROCK, replace(ROCK, id="b", title="Jazz"))}, "« Jazz » ajouté"),
        ({"items": (ROCK, AGENDA, JEU)}, "« Rock » déplacé"),
        ({"people": (replace(CLAIRE, consent=Consent.SIGNED),)},
         "Claire Dumollard : autorisation : à demander → signée"),
        ({"people": ()}, "Claire Dumollard enlevé·e"),
        ({"title": "U"}, "titre : « T » → « U »"),
        ({"summary": "x" * 50}, "résumé : écrit"),
        ({"stopwatch": "claire"}, "chronométrage : Claire Dumollard"),
        ({"number": 3}, "numéro : 2 → 3"),
    ],
)  # fmt: skip
def test_each_change_has_its_phrase(values: dict[str, Any], phrase: str | None) -> None:
    assert differences(EPISODE, replace(EPISODE, **values)) == ((phrase,) if phrase else ())


def test_a_summary_is_one_short_line() -> None:
    many = ["durée de « Agenda » : 3'00 → 2'00", "« Jeu » enlevé", "« Rock » ajouté"]
    assert summary(()) == ""
    assert summary(many) == ", ".join(many)
    assert summary(many, 65) == "durée de « Agenda » : 3'00 → 2'00, « Jeu » enlevé… et 1 autre"
    assert summary(many, 50) == "durée de « Agenda » : 3'00 → 2'00… et 2 autres"
    assert summary(many, 30) == "3 changements"
    assert summary(["x" * 200], 40) == "x" * 39 + "…"
