"""What keeps a show from being ready: one lack at a time, who owes it, and the order."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, Item, ItemKind, PodcastRights, Work
from bobine.model.people import Consent, Person, Role
from bobine.model.podcast import Podcast
from bobine.model.show import Chronique, Election, Show, Slot, Station, Weekday
from bobine.plan.readiness.report import COMMITTEE, LackKind, PadFacts, readiness

NONE = timedelta()
SHOW = Show(
    slug="fil",
    title="Le Fil",
    description="Essai",
    station=Station(name="Radio"),
    slot=Slot(day=Weekday.THURSDAY, start=time(18), end=time(18, 55)),
    podcast=Podcast(link="https://fil.example/", author="Le Fil"),
    chroniques=(Chronique(id="mairie", title="Mairie", political=True), Chronique(id="cinema", title="Cinéma")),
    elections=(Election(name="Municipales", start=date(2026, 11, 26), end=date(2026, 11, 26)),),
)
SAMIRA = Person(id="samira", name="Samira", role=Role.HOST)
LOIC = Person(id="loic", name="Loïc", role=Role.TECHNICIAN)
CLAIRE = Person(id="claire", name="Claire", role=Role.GUEST, confirmed=True, consent=Consent.SIGNED,
                consent_reference="feuille 1")  # fmt: skip
INES = Person(id="ines", name="Inès", role=Role.GUEST, confirmed=True, consent=Consent.SIGNED, minor=True,
              representative="Karim", consent_reference="feuille 2")  # fmt: skip
ELODIE = Person(id="elodie", name="Élodie", role=Role.MUSICIAN, confirmed=True, consent=Consent.SIGNED,
                consent_reference="feuille 3")  # fmt: skip


def item(item_id: str, kind: ItemKind = ItemKind.TALK, minutes: float = 5, **more: object) -> Item:
    return Item(id=item_id, title=item_id.title(), kind=kind, duration=timedelta(minutes=minutes), **more)  # type: ignore[arg-type]


READY = Episode(
    show="fil",
    date=date(2026, 12, 3),
    season=8,
    number=8,
    title="Essai",
    people=(SAMIRA, LOIC, CLAIRE, INES, ELODIE),
    items=(
        item("mairie", ItemKind.CHRONIQUE, chronique="mairie", people=("samira", "claire")),
        item("ados", ItemKind.REPORT, people=("ines",), file="pad/ados.mp3"),
        item("live", ItemKind.LIVE_MUSIC, people=("elodie",), podcast=PodcastRights.CLEARED,
             works=(Work(title="La passerelle"),)),
        item("secours", standby=True, source="PAD"),
    ),
)  # fmt: skip
SOUND = {"ados": PadFacts(exists=True, decodable=True, duration=timedelta(minutes=5))}


def changed(person: Person, **fields: object) -> Episode:
    people = tuple(replace(p, **fields) if p.id == person.id else p for p in READY.people)  # type: ignore[arg-type]
    return replace(READY, people=people)


def without(*people: Person) -> Episode:
    return replace(READY, people=tuple(person for person in READY.people if person not in people))


def lacks(episode: Episode, gap: timedelta = NONE, pads: dict[str, PadFacts] = SOUND) -> list[tuple[str, str, str]]:
    return [(lack.item, lack.owner, lack.what) for lack in readiness(episode, SHOW, gap, pads)]


def test_a_show_that_is_ready_lacks_nothing() -> None:
    assert lacks(READY) == []


def test_nobody_at_the_desk_or_presenting_is_owed_by_the_committee() -> None:
    assert lacks(without(LOIC)) == [("", COMMITTEE, "Personne n'est à la technique.")]
    alone = replace(without(SAMIRA), items=READY.items[1:])
    assert lacks(alone) == [("", COMMITTEE, "Personne n'est à l'animation.")]


def test_a_role_beside_another_counts_and_learning_one_does_not() -> None:
    both = replace(SAMIRA, also=(Role.TECHNICIAN,))
    assert lacks(replace(READY, people=(both, CLAIRE, INES, ELODIE))) == []
    learning = replace(SAMIRA, understudy=(Role.TECHNICIAN,))
    assert lacks(replace(READY, people=(learning, CLAIRE, INES, ELODIE))) == [
        ("", COMMITTEE, "Personne n'est à la technique.")
    ]
    edits = replace(changed(LOIC, also=(Role.EDITOR,)), items=(replace(READY.items[1], people=()), *READY.items[2:]))
    assert [owner for _, owner, _ in lacks(edits, pads={})] == ["Loïc (montage)"]


def test_a_lack_of_somebody_says_who() -> None:
    found = readiness(changed(CLAIRE, confirmed=False, consent=Consent.NONE), SHOW, NONE, SOUND)
    assert [(lack.kind, lack.person) for lack in found] == [
        (LackKind.CONFIRMATION, "claire"), (LackKind.CONSENT, "claire"),
    ]  # fmt: skip


@pytest.mark.parametrize("sign", [1, -1])
def test_a_gap_counts_beyond_the_tolerance_only(sign: int) -> None:
    assert lacks(READY, sign * SHOW.slot.tolerance) == []
    ((where, owner, what),) = lacks(READY, sign * timedelta(seconds=31))
    assert (where, owner) == ("", "Samira (animation)")
    assert what == (
        "L'émission dépasse 18:55:00 de 0'31 : raccourcir ou couper."
        if sign > 0
        else "Il reste 0'31 à remplir avant 18:55:00."
    )


def test_an_election_window_asks_for_somebody_with_the_stopwatch() -> None:
    voting = replace(READY, date=date(2026, 11, 26))
    assert lacks(voting) == [
        ("mairie", COMMITTEE,
         "Période électorale (Municipales) : personne ne tient le chronomètre pour « Mairie »."),
    ]  # fmt: skip
    assert lacks(replace(voting, stopwatch="loic")) == []
    plain = tuple(replace(item, chronique=None) for item in READY.items)
    assert lacks(replace(voting, items=plain)) == []
    flagged = (plain[0], replace(plain[1], political=True), *plain[2:])
    assert [where for where, _, _ in lacks(replace(voting, items=flagged))] == ["ados"]
    assert lacks(replace(READY, date=date(2026, 11, 27))) == []


def test_an_unconfirmed_guest_is_owed_by_who_speaks_with_them() -> None:
    assert lacks(changed(CLAIRE, confirmed=False)) == [
        ("mairie", "Samira (animation)", "Claire n'a pas encore confirmé sa venue.")
    ]
    assert [owner for _, owner, _ in lacks(changed(ELODIE, confirmed=False))] == ["Samira (animation)"]
    assert lacks(changed(SAMIRA, confirmed=False)) == []


@pytest.mark.parametrize(
    ("consent", "words"),
    [(Consent.NONE, "pas encore demandée"), (Consent.REQUESTED, "demandée mais pas encore signée")],
)
def test_a_consent_is_owed_by_who_signs(consent: Consent, words: str) -> None:
    assert lacks(changed(CLAIRE, consent=consent)) == [
        ("mairie", "Claire (personne invitée)", f"Claire : autorisation écrite {words}.")
    ]
    assert [owner for _, owner, _ in lacks(changed(INES, consent=consent))] == ["Karim (représente Inès)"]


def test_a_minor_needs_the_name_of_the_legal_representative() -> None:
    owner = "la personne qui représente légalement Inès"
    assert lacks(changed(INES, representative="")) == [
        ("ados", owner, "Inès : personne mineure, et le nom de qui a signé pour elle n'est pas noté.")
    ]
    assert [o for _, o, _ in lacks(changed(INES, representative="", consent=Consent.NONE))] == [owner]


def test_a_refusal_is_an_answer() -> None:
    assert lacks(changed(CLAIRE, consent=Consent.REFUSED)) == []


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (PadFacts(exists=False), "n'est pas là (pad/ados.mp3)"),
        (PadFacts(exists=True), "n'est pas un son lisible (pad/ados.mp3)"),
        (PadFacts(exists=True, decodable=True, silent=True, duration=timedelta(minutes=5)), "que du silence"),
        (PadFacts(exists=True, decodable=True, duration=timedelta(minutes=5, seconds=1)), "dure 5'01, pour 5'00"),
    ],
)
def test_a_sound_that_will_not_do(found: PadFacts, words: str) -> None:
    ((where, owner, what),) = lacks(READY, pads={"ados": found})
    assert (where, owner) == ("ados", "Samira (animation)")
    assert what.startswith("« Ados » : le PAD ")
    assert words in what


def test_a_sound_nobody_looked_at_is_missing_and_half_a_second_over_is_fine() -> None:
    assert [where for where, _, _ in lacks(READY, pads={})] == ["ados"]
    over = PadFacts(exists=True, decodable=True, duration=timedelta(minutes=5, milliseconds=999))
    assert lacks(READY, pads={"ados": over}) == []


def test_unknown_music_rights_are_owed_by_the_musicians() -> None:
    live = replace(READY.items[2], podcast=None, works=(Work(title="La passerelle"),))
    episode = replace(READY, items=(*READY.items[:2], live, READY.items[3]))
    assert lacks(episode) == [
        ("live", "Élodie (musique)", "« Live » : les droits de podcast ne sont pas connus (La passerelle).")
    ]
    assert (
        lacks(replace(episode, items=(*READY.items[:2], replace(live, podcast=PodcastRights.CUT), READY.items[3])))
        == []
    )
    bed = (replace(READY.items[0], bed="Fil rouge"), *READY.items[1:])
    assert [owner for _, owner, _ in lacks(replace(READY, items=bed))] == ["Samira (animation)"]


def test_a_show_without_anything_in_reserve_is_not_ready() -> None:
    ((where, owner, what),) = lacks(replace(READY, items=READY.items[:3]))
    assert (where, owner) == ("", "Samira (animation)")
    assert "PAD de secours" in what
    bare = replace(READY.items[3], source="")
    ((_, _, what),) = lacks(replace(READY, items=(*READY.items[:3], bare)))
    assert "Rien de prêt en réserve : pour « Secours »" in what
    assert lacks(replace(READY, items=(*READY.items[:3], replace(bare, people=("samira",))))) == []


@pytest.mark.parametrize("kind", [ItemKind.INTERVIEW, ItemKind.LIVE_MUSIC])
def test_an_interview_or_a_live_needs_somebody(kind: ItemKind) -> None:
    empty = item("portrait", kind, podcast=PodcastRights.CLEARED, works=(Work(title="La passerelle"),))
    assert lacks(replace(READY, items=(empty, *READY.items))) == [
        ("portrait", "Samira (animation)", "« Portrait » : personne n'est encore prévu.")
    ]
    assert lacks(replace(READY, items=(replace(empty, standby=True), *READY.items))) == []


def test_an_empty_rundown_says_no_more_than_that() -> None:
    empty = replace(READY, people=(), items=())
    kinds = [lack.kind for lack in readiness(empty, SHOW, -timedelta(minutes=55), {})]
    assert kinds == [LackKind.RUNDOWN, LackKind.TECHNICIAN, LackKind.HOST]


EPISODES = st.builds(
    replace,
    st.just(READY),
    people=st.tuples(*(
        st.builds(replace, st.just(person), role=st.sampled_from(Role), confirmed=st.booleans(),
                  consent=st.sampled_from(Consent), minor=st.booleans())
        for person in READY.people
    )),
    items=st.permutations(READY.items).map(tuple),
    date=st.dates(date(2026, 11, 24), date(2026, 11, 28)),
)  # fmt: skip


@given(EPISODES, st.integers(-120, 120), st.booleans())
def test_every_lack_names_an_owner_and_the_most_urgent_is_first(episode: Episode, gap: int, found: bool) -> None:
    every = readiness(episode, SHOW, timedelta(seconds=gap), SOUND if found else {})
    assert [lack.kind for lack in every] == sorted(lack.kind for lack in every)
    assert all(lack.owner and lack.what.endswith(".") for lack in every)
    assert all(lack.item in {"", *(item.id for item in episode.items)} for lack in every)
    places = [*(item.id for item in episode.items), ""]
    for kind in (LackKind.CONSENT, LackKind.CONFIRMATION, LackKind.SOUND, LackKind.RIGHTS):
        order = [places.index(lack.item) for lack in every if lack.kind is kind]
        assert order == sorted(order)
