from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.importing.proposal import propose
from bobine.air.marks.fitting import Mark
from bobine.air.marks.matching import match
from bobine.air.marks.similarity import ALIKE, SAME, likeness, title_words
from bobine.errors import MarksError
from bobine.model.aired.as_run import AiredItem
from bobine.model.episode import Episode, Item, ItemKind

EXAMPLE = (
    "Générique", "Accueil, sommaire", "Virgule", "Politique locale", "Live 1", "Littérature", "Virgule",
    "Feuilleton Pedro l'Avocat", "Portrait", "Jingle", "Live 2", "Paroles d'ados", "Cinéma", "Jeu", "Agenda", "Live 3",
    "Remerciements", "Générique de fin",
)  # fmt: skip
AS_RECORDED = tuple(
    {"Feuilleton Pedro l'Avocat": "Feuilleton : Pedro l'Avocat", "Jeu": "Jeu (au téléphone)"}.get(title, title)
    for title in EXAMPLE
)


def items(*titles: str, standby: frozenset[int] = frozenset(), seconds: int = 10) -> tuple[Item, ...]:
    return tuple(
        Item(
            id=f"i{number}",
            title=title,
            kind=ItemKind.TALK,
            duration=timedelta(seconds=seconds),
            standby=number in standby,
        )
        for number, title in enumerate(titles)
    )


def marks(*titles: str) -> tuple[Mark, ...]:
    return tuple(Mark(title, number * 100, number * 100 + 100) for number, title in enumerate(titles))


def numbers(found: tuple[AiredItem, ...]) -> list[int]:
    return [int(item.id.removeprefix("i")) for item in found]


def test_the_worked_example_matches_its_recording() -> None:
    found = match(marks(*AS_RECORDED), items(*EXAMPLE))
    assert numbers(found.items) == list(range(18))
    assert [(item.start, item.end) for item in found.items] == [(n * 100, n * 100 + 100) for n in range(18)]
    assert found.notes == ("Le repère 14 (« Jeu (au téléphone) ») est pris pour « Jeu », dont le titre est proche.",)


def test_an_item_without_mark_was_not_aired() -> None:
    found = match(marks(*EXAMPLE[:14], *EXAMPLE[15:]), items(*EXAMPLE))
    assert numbers(found.items) == [*range(14), *range(15, 18)]
    assert found.notes == ("« Agenda » n'a pas de repère : considéré comme non diffusé.",)


def test_repeated_titles_follow_the_order() -> None:
    found = match(marks("A propos", "Virgule", "Cinéma"), items("Virgule", "A propos", "Virgule", "Cinéma", "Virgule"))
    assert numbers(found.items) == [1, 2, 3]


def test_leftovers_pair_by_order_where_counts_agree() -> None:
    found = match(marks("Générique", "Invitée surprise", "Agenda"), items("Générique", "Portrait", "Agenda"))
    assert numbers(found.items) == [0, 1, 2]
    assert found.notes == (
        "Le repère 2 (« Invitée surprise ») est pris pour « Portrait », d'après l'ordre : vérifiez.",
    )


def test_live_numbers_are_not_mixed_up() -> None:
    found = match(marks("Intro", "Live 2", "Fin"), items("Intro", "Live 1", "Live 2", "Fin"))
    assert numbers(found.items) == [0, 2, 3]


def test_untitled_marks_pair_by_order() -> None:
    found = match(marks("", "", ""), items("A", "B", "C", "Secours", standby=frozenset({3})))
    assert numbers(found.items) == [0, 1, 2]
    assert found.notes == ("Les repères n'ont pas de titre : ils sont pris dans l'ordre du conducteur. Vérifiez-les.",)


def test_an_untitled_mark_takes_the_place_between_its_neighbours() -> None:
    assert numbers(match(marks("Accueil", "", "Agenda"), items("Accueil", "Cinéma", "Agenda")).items) == [0, 1, 2]


def test_a_standby_is_aired_only_if_it_has_a_mark() -> None:
    rundown = items("Accueil", "Musique de secours", "Agenda", standby=frozenset({1}))
    assert match(marks("Accueil", "Agenda"), rundown).notes == ()
    found = match(marks("Accueil", "Musique de secours", "Agenda"), rundown)
    assert numbers(found.items) == [0, 1, 2]
    assert found.notes == ("« Musique de secours », prévu en secours, a été diffusé.",)


def test_a_planned_item_comes_before_a_standby_of_the_same_title() -> None:
    assert numbers(match(marks("Disque"), items("Disque", "Disque", standby=frozenset({0}))).items) == [1]


def test_strangers_are_listed() -> None:
    with pytest.raises(MarksError) as caught:
        match(marks("Accueil", "Météo", "", "Cinéma", "Agenda"), items("Accueil", "Cinéma", "Agenda"))
    assert "repère 2 (« Météo ») et repère 3 (sans titre)" in str(caught.value)


def test_marks_of_another_show_are_refused() -> None:
    with pytest.raises(MarksError, match="0 sur 3 portent le titre"):
        match(marks("Rock", "Jazz", "Valse"), items("Accueil", "Cinéma", "Agenda"))


def test_marks_out_of_the_rundowns_order_are_refused() -> None:
    with pytest.raises(MarksError):
        match(marks("Agenda", "Cinéma", "Accueil"), items("Accueil", "Cinéma", "Agenda"))


def test_hostile_titles_neither_match_nor_hang() -> None:
    title = "\x1b]0;x\x07" + "a" * 100_000
    with pytest.raises(MarksError) as caught:
        match(marks("Accueil", "Agenda", *([title] * 900)), items("Accueil", "Agenda"))
    assert "\x1b" not in str(caught.value)
    assert len(str(caught.value)) < 2000


@given(st.data())
def test_any_subset_of_distinct_titles_is_found_in_order(data: st.DataObject) -> None:
    aired = data.draw(st.lists(st.sampled_from(range(18)), unique=True, min_size=1).map(sorted))
    titles = [f"{title} {'abcdefghijklmnopqr'[number]}{number}x" for number, title in enumerate(EXAMPLE)]
    found = match(marks(*(titles[number].upper() for number in aired)), items(*titles))
    assert numbers(found.items) == aired
    assert len(found.notes) == 18 - len(aired)


@given(
    st.lists(
        st.sampled_from(["Virgule", "Live 1", "Live 2", "Jeu", "Jeu au téléphone", "", "Cinéma", "🎉"]), max_size=9
    ),
    st.lists(st.sampled_from(["Virgule", "Live 1", "Live 2", "Jeu", "Cinéma", "🎉"]), max_size=9),
    st.frozensets(st.integers(0, 8), max_size=3),
)
def test_every_mark_is_used_once_and_in_order_or_all_is_refused(
    spoken: list[str], planned: list[str], standby: frozenset[int]
) -> None:
    rundown = items(*planned, standby=standby)
    try:
        found = match(marks(*spoken), rundown)
    except MarksError:
        return
    assert len(found.items) == len(spoken)
    assert numbers(found.items) == sorted(set(numbers(found.items)))
    assert all(one.end <= other.start for one, other in pairwise(found.items))


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_is_symmetric_and_bounded(one: str, other: str) -> None:
    found = likeness(title_words(one), title_words(other))
    assert found == likeness(title_words(other), title_words(one))
    assert found == 0 or ALIKE <= found <= SAME


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Feuilleton : Pedro l'Avocat", "feuilleton pedro l’avocat", True),
        ("Jeu (au téléphone)", "Jeu", True),
        ("Littérrature", "Littérature", True),
        ("Cœur à cœur", "COEUR A COEUR", True),
        ("Pedro l'Avocat, épisode 4", "Feuilleton Pedro l'Avocat", True),
        ("Live 1", "Live 2", False),
        ("Jeu", "Jeudi", False),
        ("Politique locale", "Politique internationale", False),
        ("de", "Générique de fin", False),
        ("Agenda", "Cinéma", False),
    ],
)
def test_titles_as_people_vary_them(one: str, other: str, alike: bool) -> None:
    assert (likeness(title_words(one), title_words(other)) > 0) is alike


def episode(*seconds: int, standby: frozenset[int] = frozenset()) -> Episode:
    planned = tuple(
        Item(
            id=f"i{number}",
            title=f"T{number}",
            kind=ItemKind.TALK,
            duration=timedelta(seconds=length),
            standby=number in standby,
        )
        for number, length in enumerate(seconds)
    )
    return Episode(show="demo", date=date(2026, 11, 26), season=1, number=1, title="Essai", items=planned)


def test_planned_times_start_with_the_recording_and_skip_standbys() -> None:
    found = propose(episode(10, 99, 5, standby=frozenset({1})), 8000, 15 * 8000)
    assert [(item.id, item.start, item.end) for item in found.items] == [("i0", 0, 80_000), ("i2", 80_000, 120_000)]
    assert len(found.notes) == 1
    assert "heures prévues" in found.notes[0]


def test_the_last_planned_item_is_cut_at_the_recordings_end() -> None:
    assert propose(episode(10, 60), 8000, 30 * 8000).items[-1].end == 240_000
    assert (
        propose(episode(10, 60), 8000, 30 * 8000).notes[1]
        == "L'enregistrement dure 0'30, soit 0'40 de moins que prévu."
    )


def test_a_recording_too_short_for_the_plan_is_refused() -> None:
    with pytest.raises(MarksError, match="L'enregistrement ne dure que 0'03 ; l'émission en prévoit 1'10"):
        propose(episode(10, 60), 48_000, 3 * 48_000)


def test_an_empty_rundown_is_refused() -> None:
    with pytest.raises(MarksError, match="vide"):
        propose(episode(10, standby=frozenset({0})), 48_000, 48_000)


@given(st.lists(st.integers(1, 9999), min_size=1, max_size=20), st.sampled_from([8000, 11_025, 44_100, 192_000]))
def test_planned_times_are_contiguous_whole_seconds(seconds: list[int], rate: int) -> None:
    found = propose(episode(*seconds), rate, sum(seconds) * rate)
    assert [(item.end - item.start) for item in found.items] == [length * rate for length in seconds]
    assert all(one.end == other.start for one, other in pairwise(found.items))
