"""Names are shortened to a first name only where there is one: a duo stays a duo, a lady a lady."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.people import Person, Role
from bobine.plan.people.known_people import find_known, known_people, set_people
from bobine.plan.people.short_names import first_name, short_name, short_names
from tests.plan.episodes import an_episode, an_item


@pytest.mark.parametrize(
    ("name", "short", "first"),
    [
        ("Samira Benhaddou", "Samira", "Samira"),
        ("Samira", "Samira", "Samira"),
        ("Jean-Paul Duval", "Jean-Paul", "Jean-Paul"),
        ("Duo Mandarine", "Duo Mandarine", ""),
        ("Le Trio des Marais", "Le Trio des Marais", ""),
        ("Les Têtes en l'air", "Les Têtes en l'air", ""),
        ("L'Atelier du mardi", "L'Atelier du mardi", ""),
        ("Chœur de la Presle", "Chœur de la Presle", ""),
        ("Élise, Paul et les autres", "Élise, Paul et les autres", ""),
        ("Zoë & Co", "Zoë & Co", ""),
        ("Mme Solange", "Mme Solange", "Solange"),
        ("Mme Solange Petit", "Mme Solange Petit", "Solange"),
        ("M. Petit", "M. Petit", "Petit"),
        ("M. et Mme Petit", "M. et Mme Petit", ""),
        ("Dr Amine Kaci", "Dr Amine Kaci", "Amine"),
        ("J. Petit", "J. Petit", ""),
        ("DJ Courant", "DJ Courant", "Courant"),
        ("MJC Jean-Rostand", "MJC Jean-Rostand", ""),
        ("Mme", "Mme", ""),
        ("ليلى بنعلي", "ليلى", "ليلى"),
        ("נועה כהן", "נועה", "נועה"),
    ],
)
def test_a_short_name(name: str, short: str, first: str) -> None:
    assert (short_name(name), first_name(name)) == (short, first)


@given(st.lists(st.text(st.sampled_from("Mme .DuoLes,&et aé1"), min_size=1).filter(str.strip), max_size=6, unique=True))
def test_short_names_tell_everybody_apart(names: list[str]) -> None:
    short = short_names(names)
    assert all(one and one in name for one, name in zip(short, names, strict=True))


def typed(text: str, *people: Person) -> list[tuple[str, str]]:
    episode = an_episode((an_item("a"),), people)
    known = known_people((), (), episode)
    after = set_people(episode, "a", text, known)
    return [(after.person(one).id, after.person(one).name) for one in after.items[0].people]


def test_names_as_they_are_typed() -> None:
    duo = Person(id="duo-mandarine", name="Duo Mandarine", role=Role.MUSICIAN)
    lady = Person(id="solange", name="Mme Solange", role=Role.GUEST)
    assert typed("Duo Mandarine, Mme Solange") == [("duo-mandarine", "Duo Mandarine"), ("solange", "Mme Solange")]
    assert typed("Monsieur Loyal et Madame Sans-Gêne")[0] == ("loyal", "Monsieur Loyal")
    assert typed("M. et Mme Petit, Léo") == [("m-et-mme-petit", "M. et Mme Petit"), ("leo", "Léo")]
    assert typed("Solange", lady) == [("solange", "Mme Solange")]
    assert typed("Duo", duo)[0][1] == "Duo"
    assert typed("Mme", lady)[0][1] == "Mme"
    assert find_known("Duo", known_people((), (), an_episode((an_item("a"),), (duo,)))) is None
