"""Names typed once a season: who is known, how a name is completed, and how an item's people are entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, ItemKind
from bobine.model.people import Consent, Person, Role
from bobine.model.team import Member, Skill
from bobine.plan.people.known_people import KnownPerson, complete, known_people, people_text, set_people
from tests.plan.episodes import CLAIRE, DAY, SAMIRA, an_episode, an_item, episodes

ANOUAR = Member(id="anouar", name="Anouar Ketfi", editor=Skill.AUTONOMOUS, host=Skill.ASSISTED)
LEILA = Member(id="leila", name="Leïla Morin")
INES = Person(id="ines", name="Inès", role=Role.GUEST, minor=True, confirmed=True, consent=Consent.SIGNED,
              consent_reference="feuille 3", representative="Karim Belkacem")  # fmt: skip
PAST = (
    an_episode((), (Person(id="old", name="anouar ketfi", role=Role.CONTRIBUTOR),), date(2026, 11, 5)),
    an_episode((), (INES, replace(CLAIRE, role=Role.MUSICIAN)), date(2026, 11, 12)),
    an_episode((), (Person(id="elu", name="Élu Tard", role=Role.GUEST),), date(2026, 12, 3)),
)
NOW = an_episode(
    (
        an_item("portrait", ItemKind.INTERVIEW),
        an_item("livres", ItemKind.CHRONIQUE),
        an_item("live", ItemKind.LIVE_MUSIC),
    ),
    (SAMIRA, CLAIRE),
)
KNOWN = known_people(PAST, (ANOUAR, LEILA), NOW)


def added(item_id: str, text: str, episode: Episode = NOW) -> list[Person]:
    changed = set_people(episode, item_id, text, KNOWN)
    item = next(one for one in changed.items if one.id == item_id)
    return [changed.person(one) for one in item.people]


def test_the_episode_comes_first_then_the_team_then_the_latest() -> None:
    assert [(one.name, one.here, one.team, one.last_seen) for one in KNOWN] == [
        ("Samira Benhaddou", True, False, None),
        ("Claire Dumollard", True, False, date(2026, 11, 12)),
        ("Anouar Ketfi", False, True, date(2026, 11, 5)),
        ("Leïla Morin", False, True, None),
        ("Inès", False, False, date(2026, 11, 12)),
    ]
    assert [one.role for one in KNOWN] == [Role.HOST, Role.GUEST, Role.CONTRIBUTOR, Role.CONTRIBUTOR, Role.GUEST]
    assert known_people((), (ANOUAR,), an_episode())[0].role is Role.EDITOR


def names(found: tuple[KnownPerson, ...]) -> list[str]:
    return [one.name for one in found]


def test_a_name_is_completed_from_any_of_its_words() -> None:
    assert names(complete("samira benhaddou, ke", KNOWN)) == ["Anouar Ketfi"]
    assert names(complete("INE", KNOWN)) == ["Inès"]
    assert names(complete("m", KNOWN)) == ["Leïla Morin", "Samira Benhaddou", "Claire Dumollard"]
    assert names(complete("Claire Dumollard et ", KNOWN)) == [one for one in names(KNOWN) if one != "Claire Dumollard"]
    assert names(complete("xyz", KNOWN)) == []


def test_known_people_come_in_as_they_are_known_without_their_answers() -> None:
    assert added("portrait", "samira benhaddou, ines et Anouar Ketfi") == [
        SAMIRA,
        Person(id="ines", name="Inès", role=Role.GUEST, minor=True, representative="Karim Belkacem"),
        Person(id="anouar", name="Anouar Ketfi", role=Role.CONTRIBUTOR),
    ]


def test_a_team_role_that_somebody_has_is_not_taken_twice() -> None:
    known = (KnownPerson(id="loic", name="Loïc Chastel", role=Role.TECHNICIAN),)
    alone = set_people(NOW, "portrait", "Loic Chastel", known)
    assert alone.people[-1].role is Role.TECHNICIAN
    held = replace(NOW, people=(replace(SAMIRA, also=(Role.TECHNICIAN,)),))
    assert set_people(held, "portrait", "Loic Chastel", known).people[-1].role is Role.CONTRIBUTOR


def test_a_first_name_is_enough_for_the_only_one_who_bears_it() -> None:
    assert added("portrait", "Samira") == [SAMIRA]
    assert [one.id for one in added("portrait", "leila")] == ["leila"]
    both = replace(NOW, people=(*NOW.people, Person(id="sam", name="Samira Roux", role=Role.GUEST)))
    assert [one.name for one in added("portrait", "Samira", both)] == ["Samira"]
    assert added("portrait", "Samira (mineure)")[0] == Person(id="samira-2", name="Samira", role=Role.GUEST, minor=True)


@pytest.mark.parametrize(
    ("item", "text", "roles"),
    [
        ("portrait", "Jo Un, Jo Deux", [Role.GUEST, Role.GUEST]),
        ("livres", "Jo Un, Jo Deux", [Role.CONTRIBUTOR, Role.GUEST]),
        ("livres", "Samira Benhaddou, Jo Deux", [Role.HOST, Role.GUEST]),
        ("livres", "Claire Dumollard, Jo Deux", [Role.GUEST, Role.CONTRIBUTOR]),
        ("live", "Jo Un & Jo Deux (technique)", [Role.MUSICIAN, Role.TECHNICIAN]),
        ("portrait", "Jo Un (invitée, mineure : Al)", [Role.GUEST]),
        ("portrait", "Jo Un (Musicien·ne)", [Role.MUSICIAN]),
    ],
)
def test_what_a_new_person_does_is_guessed_or_said(item: str, text: str, roles: list[Role]) -> None:
    assert [one.role for one in added(item, text)] == roles


def test_a_minor_is_said_with_who_represents_them() -> None:
    (jo,) = added("portrait", "Jo Un (mineur : Karim et Fatima)")
    assert (jo.name, jo.minor, jo.representative) == ("Jo Un", True, "Karim et Fatima")
    (claire,) = added("portrait", "claire dumollard (mineure)")
    assert claire == replace(CLAIRE, minor=True, consent=Consent.REQUESTED)
    grown = replace(NOW, people=(replace(INES, consent=Consent.NONE),))
    assert [(one.minor, one.representative) for one in added("portrait", "Inès (majeure)", grown)] == [(False, "")]


def test_a_new_person_never_takes_an_id_that_somebody_known_has() -> None:
    (new,) = added("portrait", "Anouar Petit")
    assert new.id == "anouar-petit"
    assert [one.id for one in added("portrait", "Le Trio, Zo, Zo Deux")] == ["le-trio", "zo", "zo-deux"]


def test_who_was_typed_by_mistake_leaves_and_who_said_yes_stays() -> None:
    typo = set_people(NOW, "portrait", "Claire Dumollard, Jo Unn", KNOWN)
    fixed = set_people(typo, "portrait", "Jo Un", KNOWN)
    assert [one.name for one in fixed.people] == ["Samira Benhaddou", "Claire Dumollard", "Jo Un"]
    assert set_people(fixed, "portrait", "", KNOWN) == NOW


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Claire, , Paul", "Il manque un nom"),
        ("(mineure : Karim)", "Il manque un nom"),
        ("Jo (", "parenthèse fermante"),
        ("Jo (charpente)", "« (charpente) » n'est pas compris"),
        ("x" * 256, "256 caractères : 255 au plus"),
        ("Jo\x1b[2J", "caractère invisible"),
        (f"Jo (mineure : {'y' * 256})", "256 caractères"),
    ],
)
def test_what_is_not_a_name_is_refused_in_french(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=r"^[«I].*\.$") as caught:
        set_people(NOW, "portrait", text, KNOWN)
    assert words in str(caught.value)


@given(episodes(), st.lists(episodes(date(2026, 11, 5)), max_size=2), st.data())
def test_the_text_of_an_item_changes_nothing(episode: Episode, past: list[Episode], data: st.DataObject) -> None:
    item = data.draw(st.sampled_from(episode.items))
    known = known_people(past, (ANOUAR,), episode)
    assert set_people(episode, item.id, people_text(episode, item), known) == episode


@given(episodes(), st.lists(episodes(date(2026, 11, 5)), max_size=2), st.text("Né, (et) :mineur", max_size=30))
def test_whatever_is_typed_the_plan_stays_whole(episode: Episode, past: list[Episode], text: str) -> None:
    known = known_people(past, (ANOUAR, LEILA), episode)
    try:
        changed = set_people(episode, episode.items[0].id, text, known)
    except ValueError:
        return
    ids = [one.id for one in changed.people]
    assert len(set(ids)) == len(ids)
    assert all(person in ids for item in changed.items for person in item.people)
    people = changed.items[0].people
    assert len(set(people)) == len(people)
    assert changed.items[1:] == episode.items[1:]
    assert changed.date == DAY
