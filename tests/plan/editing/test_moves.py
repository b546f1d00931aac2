"""What is done to a rundown by hand keeps what it does not touch, and keeps the plan whole."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, ItemKind
from bobine.model.people import Consent, Person, Role
from bobine.plan.editing.moves import (
    drop,
    drop_person,
    duplicate,
    free_id,
    insert,
    move,
    replace_item,
    replace_person,
    slug,
    toggle_standby,
)  # fmt: skip
from tests.plan.episodes import CLAIRE, LOIC, SAMIRA, an_episode, an_item, episodes

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
SHORT = an_episode(
    (
        an_item("accueil", people=("samira",)),
        an_item("portrait", ItemKind.INTERVIEW, people=("samira", "claire")),
        an_item("reserve", standby=True),
        an_item("merci", fixed_start=time(18, 53)),
        an_item("fin", ItemKind.CLOSING_THEME),
    ),
    (SAMIRA, LOIC, CLAIRE),
)


def ids(episode: Episode) -> list[str]:
    return [item.id for item in episode.items]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Cœur d'été : l'Œuvre !", "coeur-d-ete-l-oeuvre"),
        ("", "element"),
        ("Привет", "element"),
        ("x" * 70, "x" * 64),
        ("--a__b--", "a-b"),
    ],
)
def test_a_title_gives_a_short_name(title: str, name: str) -> None:
    assert slug(title) == name


@pytest.mark.parametrize(
    ("wanted", "taken", "free"),
    [
        ("Live", (), "live"),
        ("live-1", ("live-1", "live-2"), "live-3"),
        ("agenda", ("agenda",), "agenda-2"),
        ("agenda", ("agenda", "agenda-2"), "agenda-3"),
        ("a" * 64, ("a" * 64,), "a" * 62 + "-2"),
    ],
)
def test_a_short_name_that_is_taken_counts_on(wanted: str, taken: tuple[str, ...], free: str) -> None:
    assert free_id(wanted, taken) == free


@given(st.text(max_size=80), st.integers(0, 12))
def test_a_short_name_is_always_a_good_one(title: str, times: int) -> None:
    taken: set[str] = set()
    for _ in range(times + 1):
        name = free_id(title, taken)
        assert SLUG.fullmatch(name)
        assert name not in taken
        taken.add(name)


def test_an_item_comes_in_after_another_or_at_the_top() -> None:
    new = an_item("portrait", ItemKind.GAME)
    assert ids(insert(SHORT, new, "accueil")) == ["accueil", "portrait-2", "portrait", "reserve", "merci", "fin"]
    assert ids(insert(SHORT, new, None))[0] == "portrait-2"
    with pytest.raises(KeyError):
        insert(SHORT, new, "nulle-part")


def test_moving_passes_the_reserve_and_stops_at_the_ends() -> None:
    assert ids(move(SHORT, "portrait", 1)) == ["accueil", "reserve", "merci", "portrait", "fin"]
    assert ids(move(SHORT, "merci", -1)) == ["accueil", "merci", "portrait", "reserve", "fin"]
    assert ids(move(SHORT, "accueil", 99)) == ["portrait", "reserve", "merci", "fin", "accueil"]
    assert move(SHORT, "reserve", 3) is SHORT
    assert move(SHORT, "accueil", -1) is SHORT


@given(episodes(), st.data(), st.integers(-7, 7))
def test_moving_only_moves_and_is_undone_where_no_end_stops_it(episode: Episode, data: st.DataObject, by: int) -> None:
    name = data.draw(st.sampled_from(ids(episode)))
    moved = move(episode, name, by)
    assert sorted(moved.items, key=lambda one: one.id) == sorted(episode.items, key=lambda one: one.id)
    others = [one for one in ids(episode) if one != name]
    assert [one for one in ids(moved) if one != name] == others
    sort = next(one.standby for one in episode.items if one.id == name)
    before = [one.id for one in episode.items if one.standby == sort]
    after = [one.id for one in moved.items if one.standby == sort]
    assert after.index(name) == min(max(before.index(name) + by, 0), len(before) - 1)


def test_a_copy_leaves_out_what_one_item_alone_can_have() -> None:
    source = an_item(
        "feuilleton", ItemKind.SERIAL, instalment=7, file="pad/a.mp3", fixed_start=time(18, 20), people=("samira",)
    )
    episode = duplicate(replace(SHORT, items=(source, *SHORT.items)), "feuilleton")
    assert ids(episode)[:3] == ["feuilleton", "feuilleton-2", "accueil"]
    assert episode.items[1] == replace(source, id="feuilleton-2", instalment=None, file="", fixed_start=None)
    assert episode.items[0] == source


@pytest.mark.parametrize(
    ("person", "leaves"),
    [
        (Person(id="paul", name="Paul", role=Role.GUEST), True),
        (Person(id="paul", name="Paul", role=Role.CONTRIBUTOR), True),
        (Person(id="paul", name="Paul", role=Role.GUEST, confirmed=True), False),
        (Person(id="paul", name="Paul", role=Role.MUSICIAN, consent=Consent.REQUESTED), False),
        (Person(id="paul", name="Paul", role=Role.CONTRIBUTOR, understudy=(Role.HOST,)), False),
        (Person(id="paul", name="Paul", role=Role.EDITOR), False),
    ],
)
def test_who_was_only_there_for_an_item_leaves_unless_something_was_noted(person: Person, leaves: bool) -> None:
    only = an_item("jeu", people=("paul",))
    episode = replace(SHORT, items=(only, *SHORT.items), people=(*SHORT.people, person))
    assert drop(episode, "jeu").people == (SHORT.people if leaves else episode.people)
    assert drop(episode, "jeu").items == SHORT.items
    twice = replace(episode, items=(*episode.items, an_item("agenda", people=("paul",))))
    assert drop(twice, "jeu").people == episode.people
    assert drop(replace(episode, stopwatch="paul"), "jeu").people == episode.people


def test_what_is_taken_in_goes_before_the_closing_items() -> None:
    late = replace(SHORT, items=(*SHORT.items, an_item("secours", standby=True)))
    taken = toggle_standby(late, "secours")
    assert ids(taken) == ["accueil", "portrait", "reserve", "secours", "merci", "fin"]
    assert not taken.items[3].standby
    assert toggle_standby(SHORT, "portrait").items[1] == replace(SHORT.items[1], standby=True)


@given(episodes(), st.data())
def test_the_reserve_is_left_as_it_was_entered(episode: Episode, data: st.DataObject) -> None:
    counted = [one for one in episode.items if not one.standby and one.kind is not ItemKind.CLOSING_THEME]
    if counted:
        name = data.draw(st.sampled_from([one.id for one in counted]))
        back = toggle_standby(toggle_standby(episode, name), name)
        assert {one.id: one for one in back.items} == {one.id: one for one in episode.items}


def test_what_is_replaced_keeps_its_place() -> None:
    new = replace(SHORT.items[1], title="Autre")
    assert replace_item(SHORT, new).items == (SHORT.items[0], new, *SHORT.items[2:])
    with pytest.raises(KeyError):
        replace_item(SHORT, an_item("nulle-part"))
    sam = replace(SAMIRA, name="Sam")
    assert replace_person(SHORT, sam).people == (sam, LOIC, CLAIRE)
    with pytest.raises(KeyError):
        replace_person(SHORT, Person(id="x", name="X", role=Role.GUEST))


def test_who_is_dropped_is_named_nowhere() -> None:
    gone = drop_person(replace(SHORT, stopwatch="samira"), "samira")
    assert gone.people == (LOIC, CLAIRE)
    assert gone.stopwatch == ""
    assert [one.people for one in gone.items[:2]] == [(), ("claire",)]
