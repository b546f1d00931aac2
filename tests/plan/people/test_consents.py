"""A signature is noted by who says where the paper is; for a minor, after somebody was named to give it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.people import Consent, Person, Role, Verdict
from bobine.model.rights import podcast_edit
from bobine.plan.fields.words import consent_words
from bobine.plan.people.consents import change_fault, represented, sign, signature_fault
from bobine.plan.people.known_people import known_people, set_people
from tests.plan.episodes import an_episode, an_item

Attempt = Callable[[str], AbstractContextManager[None]]

PEOPLE = st.builds(
    Person,
    id=st.just("ines"),
    name=st.just("Inès"),
    role=st.sampled_from(Role),
    minor=st.booleans(),
    consent=st.sampled_from(Consent),
    consent_reference=st.sampled_from(["", "feuille 3", "?"]),
    representative=st.sampled_from(["", "Karim Belkacem"]),
)


@given(PEOPLE, st.sampled_from(["", "Karim Belkacem", "Fatima Belkacem"]))
def test_naming_who_represents_a_minor_is_no_signature(person: Person, name: str) -> None:
    named = represented(person, name)
    assert named.minor
    assert named.representative == (name or person.representative)
    assert named.consent is person.consent or named.consent is Consent.REQUESTED
    if person.podcast_consent is not Verdict.GRANTED:
        assert named.podcast_consent is not Verdict.GRANTED or person.consent is Consent.SIGNED
    if not person.minor or (name and name != person.representative):
        assert named.consent is not Consent.SIGNED, "nobody has signed for them yet"


@pytest.mark.boundary
@pytest.mark.parametrize("paper", ["", " ", "?", "à définir", "…", "XXX"])
@pytest.mark.parametrize("minor", [True, False])
def test_nothing_is_signed_without_its_paper(paper: str, minor: bool, attempt: Attempt) -> None:
    person = Person(id="ines", name="Inès", role=Role.GUEST, minor=minor, representative="Karim" if minor else "")
    with attempt("a signature that was not given"), pytest.raises(ValueError, match="feuille"):
        sign(person, paper)
    assert sign(person, " feuille 3 ").consent_reference == "feuille 3"


@pytest.mark.boundary
def test_nobody_signs_for_a_minor_before_they_are_named(attempt: Attempt) -> None:
    person = Person(id="ines", name="Inès", role=Role.GUEST, minor=True)
    with attempt("a signature that was not given"), pytest.raises(ValueError, match="Nommez d'abord"):
        sign(person, "feuille 3")


@pytest.mark.boundary
@pytest.mark.parametrize("before", ["Karim Belkacem", ""])
def test_quick_entry_signs_nothing(before: str, attempt: Attempt) -> None:
    signed = Person(id="ines", name="Inès", role=Role.GUEST, consent=Consent.SIGNED, consent_reference="feuille 3",
                    minor=bool(before), representative=before)  # fmt: skip
    episode = an_episode((an_item("ados", people=("ines",)),), (signed,))
    known = known_people((), (), episode)
    with attempt("a signature that was not given"):
        after = set_people(episode, "ados", "Inès (mineure : Fatima Belkacem)", known).person("ines")
        assert (after.representative, after.consent, after.consent_reference) == (
            "Fatima Belkacem", Consent.REQUESTED, "",
        )  # fmt: skip
        if before:
            assert set_people(episode, "ados", f"Inès (mineure : {before})", known).person("ines") == signed


@given(PEOPLE, st.sampled_from(["consent", "consent_reference", "minor", "representative"]), st.data())
def test_a_form_never_makes_a_signature_that_was_not_given(person: Person, field: str, data: st.DataObject) -> None:
    values: dict[str, st.SearchStrategy[object]] = {
        "consent": st.sampled_from(Consent), "consent_reference": st.sampled_from(["", "feuille 4"]),
        "minor": st.booleans(), "representative": st.sampled_from(["", "Karim Belkacem"]),
    }  # fmt: skip
    changed: dict[str, Any] = {field: data.draw(values[field])}
    after = replace(person, **changed)
    if change_fault(person, after):
        assert after != person or signature_fault(person)
        return
    if after.consent is Consent.SIGNED and after.needs_consent and signature_fault(after):
        assert person.consent is Consent.SIGNED, "it was wrong before, and may be mended in any order"
        assert signature_fault(person)
        assert not (after.minor and not person.minor)


def test_a_minors_paper_is_asked_before_the_podcast() -> None:
    person = Person(id="ines", name="Inès", role=Role.GUEST, minor=True, consent=Consent.SIGNED, representative="Karim")
    episode = an_episode((an_item("ados", people=("ines",)),), (person,))
    (unknown,) = podcast_edit(episode, ["ados"]).unknown
    assert "où est rangée la feuille signée" in unknown
    kept = replace(episode, people=(replace(person, consent_reference="feuille 3"),))
    assert podcast_edit(kept, ["ados"]).unknown == ()
    assert consent_words(person) == "autorisation signée, feuille à retrouver (mineur·e)"
