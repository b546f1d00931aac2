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
from bobine.model.team import Member, Skill
from bobine.plan.people.known_people import KnownPerson
from bobine.plan.people.team import proposed
from bobine.plan.readiness.report import Lack, LackKind, readiness
from bobine.plan.readiness.settle import Remedy, remedies
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
    team = (Member(id="paul", name="Paul Arnichand", technician=Skill.AUTONOMOUS),)
    lack = next(one for one in lacks(episode) if one.kind is LackKind.TECHNICIAN)
    usual, typed = remedies(episode, lack, KNOWN, lambda role: proposed(role, team, (), episode))
    assert (usual.label, usual.detail) == ("Paul Arnichand à la technique", "en autonomie, jamais tenu")
    assert (typed.label, typed.asks, typed.people) == (
        "Quelqu'un d'autre…",
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
        "Autorisation signée…", "Autorisation demandée", "Autorisation refusée (hors podcast)",
    ]  # fmt: skip
    paper = replace(CLAIRE, consent_reference="classeur, feuille 4")
    assert done(signed, " classeur, feuille 4").person("claire") == paper
    assert done(air, "classeur, feuille 4").person("claire") == replace(paper, consent_scope=(ConsentScope.AIR,))
    assert done(minor, "Al").person("claire") == replace(CLAIRE, consent=Consent.NONE, minor=True, representative="Al")
    assert "Autorisation demandée" not in labels(done(asked), LackKind.CONSENT)
    assert not [one for one in lacks(done(refused)) if one.kind is LackKind.CONSENT]


def test_for_a_minor_the_representative_is_named_and_then_signs() -> None:
    episode = an_episode((an_item("ados", people=("ines",)),), (INES,))
    first = offered(episode, LackKind.CONSENT)[0]
    assert first.label == "Nommer la personne qui représente Inès…"
    with pytest.raises(ValueError, match="invisible"):
        done(first, "Ka\x1brim")
    named = done(first, "Karim Belkacem")
    assert named.person("ines") == replace(INES, representative="Karim Belkacem")
    sign, other = (offered(named, LackKind.CONSENT)[place] for place in (0, 3))
    assert sign.label == "Autorisation signée par Karim Belkacem…"
    signed = done(sign, "feuille 5")
    assert signed.person("ines") == replace(named.person("ines"), consent=Consent.SIGNED, consent_reference="feuille 5")
    assert not [one for one in lacks(signed) if one.kind is LackKind.CONSENT]
    assert done(other, "Fatima Belkacem").person("ines").representative == "Fatima Belkacem"


@given(episodes(), st.text(max_size=12), st.sampled_from(["Karim Belkacem", "feuille 3", "?", " "]))
def test_no_gesture_but_the_one_that_says_so_makes_a_signature(episode: Episode, typed: str, usual: str) -> None:
    before = {person.id: person for person in episode.people}
    for lack in lacks(episode):
        for remedy in remedies(episode, lack, KNOWN):
            for text in (typed, usual):
                try:
                    after = done(remedy, text)
                except ValueError:
                    continue
                for person in after.people:
                    old = before.get(person.id)
                    if person.consent is Consent.SIGNED and (old is None or old.consent is not Consent.SIGNED):
                        assert "signée" in remedy.label.lower()
                        assert remedy.asks
                        assert person.consent_reference
                        assert not person.minor or person.representative


def test_a_paper_that_is_nowhere_is_asked_for() -> None:
    lost = an_episode((an_item("portrait", people=("claire",)),), (CLAIRE,))
    (lack,) = [one for one in lacks(lost) if one.kind is LackKind.CONSENT]
    assert lack.what == "Claire Dumollard : autorisation notée signée, mais où est rangée la feuille n'est pas noté."
    where, not_yet, *_ = offered(lost, LackKind.CONSENT)
    assert done(where, "feuille 9").person("claire") == replace(CLAIRE, consent_reference="feuille 9")
    assert done(not_yet).person("claire").consent is Consent.REQUESTED
    for nothing in ("", "à définir", "?"):
        with pytest.raises(ValueError, match="feuille"):
            done(where, nothing)


def test_those_of_a_chronique_of_minors_are_named_and_nobody_has_signed_for_them() -> None:
    show = a_show((Chronique(id="ados", title="Ados", minors=True),))
    episode = an_episode((an_item("ados", chronique="ados", people=("samira",)),), (SAMIRA, LOIC))
    found = [one for one in readiness(episode, show, timedelta(), {}) if one.kind is LackKind.CONSENT]
    assert [one.what for one in found] == [
        "« Ados » : des personnes mineures y parlent, et aucune n'est notée, ni qui signe l'autorisation pour elles."
    ]
    who, reserve = remedies(episode, found[0], KNOWN)
    after = done(who, "Inès, Noé (mineur : Sandrine Vial)")
    assert [(one.name, one.minor, one.representative, one.consent) for one in after.people[2:]] == [
        ("Inès", True, "", Consent.NONE), ("Noé", True, "Sandrine Vial", Consent.NONE),
    ]  # fmt: skip
    still = [one.what for one in readiness(after, show, timedelta(), {}) if one.kind is LackKind.CONSENT]
    assert len(still) == 2
    assert done(reserve).items[0].standby
    with pytest.raises(ValueError, match="déjà"):
        done(who, "Samira Benhaddou")


def test_music_gets_its_works_and_a_title_is_written() -> None:
    live = an_item("live", ItemKind.LIVE_MUSIC, people=("claire",), podcast=PodcastRights.CLEARED)
    episode = an_episode((replace(live, title="À définir"),), (SAMIRA, LOIC, CLAIRE))
    (works,) = offered(episode, LackKind.WORKS)
    assert [one.title for one in done(works, "La passerelle ; Sous le beffroi").items[0].works] == [
        "La passerelle", "Sous le beffroi",
    ]  # fmt: skip
    (title,) = offered(episode, LackKind.TEXT)
    assert done(title, "Le Trio").items[0].title == "Le Trio"
    with pytest.raises(ValueError, match="encore à remplacer"):
        done(title, "à trouver")


def test_rights_are_cleared_or_the_music_is_cut() -> None:
    episode = an_episode((an_item("disque", ItemKind.MUSIC),))
    cleared, cut = offered(episode, LackKind.RIGHTS)
    assert done(cleared).items[0].podcast is PodcastRights.CLEARED
    assert done(cut).items[0].podcast is PodcastRights.CUT


def test_what_can_be_cut_may_go_into_reserve() -> None:
    agenda = an_item("agenda", droppable=True, source="PAD + pied")
    bare = an_item("jeu", droppable=True, source="M1")
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
            try:
                after = lacks(done(remedy, text))
            except ValueError:
                continue  # somebody who is there already, or a title that is none
            same = [one for one in after if (one.kind, one.item, one.person, one.what) ==
                    (lack.kind, lack.item, lack.person, lack.what)]  # fmt: skip
            assert not same, remedy.label
