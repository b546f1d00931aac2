"""The identity of an episode: its day, with a suffix or not."""

from __future__ import annotations

import copy
import pickle
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.french import long_date, short_day
from bobine.model.episode_day import EpisodeDay, episode_day, is_suffix, plain_day, read_episode_day, suffix_of

THURSDAY = date(2026, 11, 26)
DAYS = st.dates(date(2026, 11, 20), date(2026, 12, 2))
SUFFIXES = st.sampled_from(["", "bonus", "bonus-2", "matinale", "2", "a"])
NAMES = st.builds(episode_day, DAYS, SUFFIXES)


@given(NAMES)
def test_a_name_is_read_as_it_is_written(name: date) -> None:
    assert read_episode_day(str(name)) == name
    assert str(name) == name.isoformat() == f"{name}"
    assert type(read_episode_day(str(name))) is type(name)


@given(NAMES, NAMES)
def test_names_are_equal_as_their_texts_are_and_sort_by_day_then_suffix(one: date, other: date) -> None:
    assert (one == other) is (str(one) == str(other))
    if one == other:
        assert hash(one) == hash(other)
    ranks = [(plain_day(name), suffix_of(name)) for name in (one, other)]
    assert (one < other, one <= other) == (ranks[0] < ranks[1], ranks[0] <= ranks[1])
    assert (one > other, one >= other) == (ranks[0] > ranks[1], ranks[0] >= ranks[1])


@given(st.lists(NAMES))
def test_the_own_episode_of_a_day_comes_first(names: list[date]) -> None:
    assert sorted(names) == sorted(names, key=lambda name: (plain_day(name), suffix_of(name)))


@given(NAMES)
def test_a_name_is_copied_whole_and_its_day_is_any_day(name: date) -> None:
    for same in (copy.copy(name), copy.deepcopy(name), pickle.loads(pickle.dumps(name))):
        assert same == name
        assert suffix_of(same) == suffix_of(name)
    assert datetime.combine(name, time(18)).date() == plain_day(name)
    assert name + timedelta(days=7) == plain_day(name) + timedelta(days=7)
    assert suffix_of(name.replace(day=1)) == ""
    assert name - plain_day(name) == timedelta()
    assert (name == plain_day(name)) is (suffix_of(name) == "")


@pytest.mark.parametrize(
    "text",
    ["", "2026-11-26-", "2026-11-26-Bonus", "2026-11-26-bönus", "2026-11-26--a", "2026-11-26-a-", "2026-13-01",
     "2026-11-26/bonus", "2026-11-26-a b", f"2026-11-26-{'a' * 25}", "bonus", "2026-11-26\n"],
)  # fmt: skip
def test_what_names_no_episode_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"name|suffix|month"):
        read_episode_day(text)


def test_what_is_no_suffix_is_refused() -> None:
    with pytest.raises(ValueError, match="suffix"):
        EpisodeDay(2026, 11, 26, "../autre")
    assert not is_suffix("")


def test_a_bonus_is_named_in_words() -> None:
    assert long_date(episode_day(THURSDAY, "bonus")) == "jeudi 26 novembre 2026 (bonus)"
    assert short_day(episode_day(THURSDAY, "bonus")) == "26 nov. +bonus"
    assert repr(episode_day(THURSDAY, "bonus")) == "EpisodeDay(2026, 11, 26, 'bonus')"
