"""One gesture settles one lack, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, ItemKind, PodcastRights
from bobine.model.people import Consent, ConsentScope, Person, Role
from bobine.model.show import Chronique, Election
from bobine.plan.known_people import KnownPerson
from bobine.plan.readiness import Lack, LackKind, readiness
from bobine.plan.settle import Remedy, remedies
from tests.plan.episodes import CLAIRE, DAY, LOIC, SAMIRA, a_show, an_episode, an_item, episodes

SHOW = replace(
    a_show((Chronique(id="mairie", title="Mairie", political=True),)),
    elections=(Election(name="Municipales", start=DAY, end=DAY),),
)
INES = Person(id="ines", name="Inès", role=Role.GUEST, minor=True)
KNOWN = (
    KnownPerson(id="paul", name="Paul Arnichand", role=Role.TECHNICIAN, team=True),
    KnownPerson(id="lea", name="Léa Roux", role=Role.CONTRIBUTOR, team=True),
)


def lacks(episode: Episode) -> tuple[Lack, ...]:
    return readiness(episode, SHOW, timedelta(), {})


def offered(episode: Episode, kind: LackKind) -> list[Remedy]:
    lack = next(one for one in lacks(episode) if one.kind is kind)
    return list(remedies(episode, lack, KNOWN))


def labels(episode: Episode, kind: LackKind) -> list[str]:
    return [one.label for one in offered(episode, kind)]


def done(remedy: Remedy, text: str = "") -> Episode:
    if remedy.apply is not None:
        assert remedy.label.endswith("…")
        assert remedy.asks
        return remedy.apply(text)
    assert remedy.episode is not None
    return remedy.episode


def test_somebody_usual_is_offered_for_an_empty_role_and_anybody_can_be_typed() -> None:
    episode = an_episode((an_item("jeu", people=("samira",)),), (SAMIRA,))
    usual, typed = offered(episode, LackKind.TECHNICIAN)
    assert (usual.label, typed.asks, typed.people) == (
        "Paul Arnichand à la technique",
        "Qui est à la technique ?",
        True,
    )
    assert done(usual).people[1] == Person(id="paul", name="Paul Arnichand", role=Role.TECHNICIAN)
    assert done(typed, " lea ").people[1] == Person(id="lea", name="Léa Roux", role=Role.TECHNICIAN)
    assert done(typed, "Jo Né").people[1] == Person(id="jo-ne", name="Jo Né", role=Role.TECHNICIAN)
    assert done(typed, "samira").people == (replace(SAMIRA, also=(Role.TECHNICIAN,)),)
    with pytest.raises(ValueError, match="Il manque un nom"):
        done(typed, "  ")


def test_the_stopwatch_goes_to_free_hands_first() -> None:
    paul = Person(id="paul", name="Paul", role=Role.CONTRIBUTOR)
    episode = an_episode((an_item("mairie", chronique="mairie"),), (SAMIRA, LOIC, CLAIRE, paul))
    assert labels(episode, LackKind.STOPWATCH) == [
        "Paul au chronomètre", "Samira Benhaddou au chronomètre", "Loïc Chastel au chronomètre",
    ]  # fmt: skip


def test_a_guest_is_confirmed_or_does_not_come() -> None:
    waiting = replace(CLAIRE, confirmed=False)
    episode = an_episode((an_item("portrait", people=("claire",)),), (SAMIRA, LOIC, waiting))
    yes, no = offered(episode, LackKind.CONFIRMATION)
    assert done(yes).person("claire") == CLAIRE
    assert (done(no).people, done(no).items[0].people) == ((SAMIRA, LOIC), ())


def test_an_interview_without_anybody_asks_who_comes() -> None:
    episode = an_episode((an_item("portrait", ItemKind.INTERVIEW),), (SAMIRA, LOIC))
    who, reserve = offered(episode, LackKind.CONFIRMATION)
    assert [one.name for one in done(who, "Jo, léa roux").people[2:]] == ["Jo", "Léa Roux"]
    assert done(reserve).items[0].standby


def test_a_consent_is_signed_asked_for_or_refused() -> None:
    episode = an_episode((an_item("portrait", people=("claire",)),), (replace(CLAIRE, consent=Consent.NONE),))
    signed, asked, refused, air, minor, _ = offered(episode, LackKind.CONSENT)
    assert [one.label for one in (signed, asked, refused)] == [
        "Autorisation signée", "Autorisation demandée", "Autorisation refusée (hors podcast)",
    ]  # fmt: skip
    assert done(signed).person("claire") == CLAIRE
    assert done(air).person("claire") == replace(CLAIRE, consent_scope=(ConsentScope.AIR,))
    assert done(minor, "Al").person("claire") == replace(CLAIRE, minor=True, representative="Al")
    assert "Autorisation demandée" not in labels(done(asked), LackKind.CONSENT)
    assert not [one for one in lacks(done(refused)) if one.kind is LackKind.CONSENT]


def test_for_a_minor_the_representative_signs() -> None:
    episode = an_episode((an_item("ados", people=("ines",)),), (INES,))
    first = offered(episode, LackKind.CONSENT)[0]
    assert first.label == "Signée par la personne qui représente Inès…"
    signed = replace(INES, consent=Consent.SIGNED, representative="Karim Belkacem")
    assert done(first, "Karim Belkacem").person("ines") == signed
    named = replace(episode, people=(replace(INES, representative="Karim Belkacem"),))
    assert labels(named, LackKind.CONSENT)[0] == "Autorisation signée par Karim Belkacem"
    assert done(offered(named, LackKind.CONSENT)[0]).person("ines") == signed
    with pytest.raises(ValueError, match="invisible"):
        done(first, "Ka\x1brim")


def test_rights_are_cleared_or_the_music_is_cut() -> None:
    episode = an_episode((an_item("disque", ItemKind.MUSIC),))
    cleared, cut = offered(episode, LackKind.RIGHTS)
    assert done(cleared).items[0].podcast is PodcastRights.CLEARED
    assert done(cut).items[0].podcast is PodcastRights.CUT


def test_what_can_be_cut_may_go_into_reserve() -> None:
    agenda = an_item("agenda", droppable=True, source="M3")
    bare = an_item("jeu", droppable=True)
    episode = an_episode((agenda, bare), ())
    assert labels(episode, LackKind.STANDBY) == ["Mettre en réserve « Agenda »"]
    waiting = replace(episode, items=(bare, replace(agenda, standby=True, source="")))
    (ready,) = offered(waiting, LackKind.STANDBY)
    assert done(ready).items[1].source == "PAD"


def test_of_what_is_gone_nothing_is_offered() -> None:
    for kind in LackKind:
        assert remedies(an_episode(), Lack(kind=kind, item="x", owner="", what="", person="y")) == () or kind in (
            LackKind.TECHNICIAN, LackKind.HOST,
        )  # fmt: skip


@given(episodes(), st.sampled_from(["Karim Belkacem", "Noé", "Jo, Al et Max"]))
def test_each_gesture_settles_its_lack_and_brings_none_like_it(episode: Episode, text: str) -> None:
    before = lacks(episode)
    for lack in before:
        for remedy in remedies(episode, lack, KNOWN):
            after = lacks(done(remedy, text))
            same = [one for one in after if (one.kind, one.item, one.person, one.what) ==
                    (lack.kind, lack.item, lack.person, lack.what)]  # fmt: skip
            assert not same, remedy.label
