"""An authorisation holds until a day: what is lacking after it, who is asked, and what may still be published."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, ItemKind
from bobine.model.people import Consent, ConsentScope, Person, Role, Verdict
from bobine.model.rights import podcast_edit
from bobine.plan.fields.words import consent_words
from bobine.plan.people.consents import represented, sign
from bobine.plan.readiness.lacks import LackKind
from bobine.plan.readiness.lapses import SOON, lapses, lapses_line
from bobine.plan.readiness.report import readiness
from bobine.plan.readiness.settle import remedies
from tests.plan.episodes import DAY, LOIC, a_show, an_episode, an_item

DAYS = timedelta(days=1)
LOIC_ASKS = replace(LOIC, role=Role.INTERVIEWER)


def signed(until: date | None, **more: object) -> Person:
    return Person(id="ana", name="Ana Duval", role=Role.GUEST, confirmed=True, consent=Consent.SIGNED,
                  consent_reference="classeur, feuille 3", consent_until=until, **more)  # type: ignore[arg-type]  # fmt: skip


def with_her(person: Person) -> Episode:
    item = an_item("portrait", ItemKind.INTERVIEW, people=("loic", "ana"))
    return an_episode((item,), (LOIC_ASKS, person))


@given(st.none() | st.integers(-60, 60), st.integers(-60, 60))
def test_a_paper_holds_on_its_last_day_and_not_after(end: int | None, on: int) -> None:
    person = signed(None if end is None else DAY + end * DAYS)
    over = end is not None and on > end
    assert person.lapsed(DAY + on * DAYS) is over
    assert person.podcast_consent_on(DAY + on * DAYS) is (Verdict.UNKNOWN if over else Verdict.GRANTED)


@pytest.mark.parametrize("person", [
    signed(DAY - DAYS, consent_scope=(ConsentScope.AIR,)),
    replace(signed(DAY - DAYS), consent=Consent.REFUSED),
])  # fmt: skip
def test_who_is_not_in_the_podcast_is_not_asked_for_it(person: Person) -> None:
    assert person.podcast_consent_on(DAY) is Verdict.REFUSED


def test_readiness_says_that_it_is_over_and_who_signs_again() -> None:
    episode = with_her(signed(DAY - DAYS))
    (lack,) = [one for one in readiness(episode, a_show(), timedelta(), {}) if one.kind is LackKind.CONSENT]
    assert lack.what == "Ana Duval : autorisation échue le mercredi 25 novembre 2026, à signer de nouveau."
    assert lack.owner == "Ana Duval (personne invitée)"
    assert not [one for one in readiness(with_her(signed(DAY)), a_show(), timedelta(), {})
                if one.kind is LackKind.CONSENT]  # fmt: skip
    assert consent_words(signed(DAY - DAYS), DAY) == "autorisation échue le mercredi 25 novembre 2026"
    assert consent_words(signed(DAY), DAY) == "autorisation signée"


def test_another_paper_settles_it() -> None:
    episode = with_her(signed(DAY - DAYS))
    (lack,) = [one for one in readiness(episode, a_show(), timedelta(), {}) if one.kind is LackKind.CONSENT]
    first, again, *_ = remedies(episode, lack)
    assert first.label == "Nouvelle autorisation signée…"
    assert first.apply is not None
    renewed = first.apply("classeur, feuille 9").person("ana")
    assert (renewed.consent_reference, renewed.consent_until) == ("classeur, feuille 9", None)
    assert again.episode is not None
    assert again.episode.person("ana").consent is Consent.REQUESTED


def test_the_end_of_a_first_paper_stays_as_it_was_written() -> None:
    person = replace(signed(DAY), consent=Consent.REQUESTED, consent_reference="")
    assert sign(person, "feuille 3").consent_until == DAY
    assert represented(signed(DAY), "Paul Duval").consent_until is None


@pytest.mark.boundary
def test_what_has_lapsed_forbids_the_podcast() -> None:
    (words,) = podcast_edit(with_her(signed(DAY - DAYS)), {"portrait"}).unknown
    assert "Ana Duval" in words
    assert "consent_until = 2026-11-25" in words
    later = with_her(signed(DAY + DAYS))
    assert not podcast_edit(later, {"portrait"}).unknown
    assert podcast_edit(later, {"portrait"}, DAY + 2 * DAYS).unknown
    assert not podcast_edit(later, set(), DAY + 2 * DAYS).unknown


@pytest.mark.parametrize(
    ("until", "today", "online", "over"),
    [
        (DAY - DAYS, DAY - 40 * DAYS, False, True),
        (DAY, DAY - 40 * DAYS, False, False),
        (DAY + SOON, DAY, False, None),
        (None, DAY, True, None),
        (DAY + 5 * DAYS, DAY + 6 * DAYS, False, None),
        (DAY + 5 * DAYS, DAY + 6 * DAYS, True, True),
        (DAY + 50 * DAYS, DAY + 40 * DAYS, True, False),
        (DAY + 90 * DAYS, DAY + 40 * DAYS, True, None),
    ],
)
def test_papers_are_asked_for_again_while_they_are_needed(
    until: date | None, today: date, online: bool, over: bool | None
) -> None:
    """Before a show to come, and as long as one is online; None is for nothing to ask."""
    found = tuple(lapses(with_her(signed(until)), today, online=online))
    assert [one.over for one in found] == ([] if over is None else [over])
    for one in found:
        assert "Loïc Chastel (interview)" in one.words
        assert "classeur, feuille 3" in one.words
        assert "Ana Duval" in lapses_line(found)
    assert bool(lapses_line(found)) is (over is not None)


def test_a_cancelled_show_needs_none_and_a_minor_has_another_signatory() -> None:
    episode = with_her(signed(DAY - DAYS, minor=True, representative="Paul Duval"))
    assert not list(lapses(replace(episode, cancelled=True), DAY - 9 * DAYS, online=False))
    (one,) = lapses(episode, DAY, online=False)
    assert one.signer == "Paul Duval (représente Ana Duval)"
    (lack,) = [lack for lack in readiness(episode, a_show(), timedelta(), {}) if lack.kind is LackKind.CONSENT]
    assert lack.what.endswith("à signer de nouveau par Paul Duval.")
