"""Gestures that ask nothing, the search, and the completion of names: pure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.model.episode import Episode, Item
from bobine.model.people import Role
from bobine.plan.people.known_people import KnownPerson
from bobine.tui.episode.completion import completion
from bobine.tui.kit.forms.checks import faults
from bobine.tui.rundown.one_key_edits import ONE_KEY_EDITS, next_match
from tests.plan.episodes import CLAIRE, SAMIRA, an_episode, an_item, episodes

KNOWN = tuple(
    KnownPerson(id=name.lower(), name=name, role=Role.CONTRIBUTOR)
    for name in ("Élodie Garnier", "Élise Roux", "Moussa Camara", "Jean-Loup Œuvrard")
)


@given(episodes(), st.sampled_from(sorted(ONE_KEY_EDITS)), st.data())
def test_each_gesture_leaves_a_sound_episode_with_a_cursor_in_it(
    episode: Episode, name: str, data: st.DataObject
) -> None:
    item = data.draw(st.sampled_from(episode.items))
    after, label, go = ONE_KEY_EDITS[name](episode, item)
    ids = [one.id for one in after.items]
    assert len(set(ids)) == len(ids)
    assert go in ids or (go is None and name == "drop")
    assert f"« {item.title} »" in label
    assert all(not faults(one) for one in after.items)
    known = {person.id for person in after.people}
    assert all(person_id in known for one in after.items for person_id in one.people)


@pytest.mark.parametrize(("name", "seconds"), [("longer", 310), ("shorter", 290)])
def test_ten_seconds(name: str, seconds: int) -> None:
    after, label, _ = ONE_KEY_EDITS[name](an_episode((an_item("a"),)), an_item("a"))
    assert after.items[0].duration == timedelta(seconds=seconds)
    assert label == f"« A » : {seconds // 60}'{seconds % 60:02d}"


def test_an_item_made_longer_or_shorter_keeps_its_bounds_around_it() -> None:
    item = an_item("a", minutes=1, min=timedelta(seconds=55), max=timedelta(seconds=65))
    longer = ONE_KEY_EDITS["longer"](an_episode((item,)), item)[0].items[0]
    shorter = ONE_KEY_EDITS["shorter"](an_episode((item,)), item)[0].items[0]
    assert (longer.duration.seconds, longer.max) == (70, timedelta(seconds=70))
    assert (shorter.duration.seconds, shorter.min) == (50, timedelta(seconds=50))
    for _ in range(9):
        shorter = ONE_KEY_EDITS["shorter"](an_episode((shorter,)), shorter)[0].items[0]
    assert shorter.duration > timedelta(), "never down to nothing"


@pytest.mark.parametrize(("gone", "cursor"), [("a", "b"), ("b", "c"), ("c", "b")])
def test_the_cursor_goes_to_a_neighbour_of_what_leaves(gone: str, cursor: str) -> None:
    items = tuple(an_item(name) for name in "abc")
    item = next(one for one in items if one.id == gone)
    assert ONE_KEY_EDITS["drop"](an_episode(items), item)[2] == cursor


def searched() -> Episode:
    first = an_item("rock", people=("samira",), notes="Penser à l'ampli")
    second = an_item("cinema", people=("claire",), out_cue="allez-y à deux")
    third = an_item("secours", standby=True, people=("samira",))
    return an_episode((third, first, second), (SAMIRA, CLAIRE))


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ("SAMIRA", ["rock", "secours", "rock"]),
        ("claire dumollard", ["cinema"] * 2),
        ("a l'ampli", ["rock"]),
        ("deux allez", ["cinema"]),
        ("secours", ["secours", "secours"]),
        ("rien de tel", [None]),
        ("  ", [None]),
    ],
)
def test_search_goes_round_without_accents_or_case(sought: str, found: list[str | None]) -> None:
    episode = searched()
    item: Item | None = None
    for expected in found:
        place = next_match(episode, item, sought)
        assert place == expected
        item = next((one for one in episode.items if one.id == place), None)


@pytest.mark.parametrize(
    ("typed", "suggested"),
    [
        ("elo", "Élodie Garnier"),
        ("ÉLI", "Élise Roux"),
        ("Samira, mou", "Samira, Moussa Camara"),
        ("jean-loup oe", "Jean-Loup Œuvrard"),
        ("Élodie Garnier", None),
        ("Élodie Garnier, elo", None),
        ("xyz", None),
        ("", None),
        ("Moussa, ", None),
    ],
)
def test_names_are_completed_after_the_last_comma(typed: str, suggested: str | None) -> None:
    assert completion(lambda: KNOWN)(typed) == suggested


@given(st.text(max_size=30))
def test_a_completion_only_goes_on_with_what_is_typed(typed: str) -> None:
    suggested = completion(lambda: KNOWN)(typed)
    head = typed.rpartition(",")[0]
    assert suggested is None or suggested.startswith(head)
