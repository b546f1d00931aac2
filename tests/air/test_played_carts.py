"""Sounds at hand, out of a journal: how long each was heard, and which gave way."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.air.live.journal import Journal
from bobine.air.live.show import Live
from bobine.air.live.state import events as e
from bobine.air.live.state.carts import played_carts
from bobine.model.episode import Item, ItemKind

START = datetime(2026, 11, 26, 17, tzinfo=UTC)
OVER = START + timedelta(minutes=55)
TALK = Item(id="accueil", title="Accueil", kind=ItemKind.TALK, duration=timedelta(minutes=3))


def at(second: int) -> datetime:
    return START + timedelta(seconds=second)


def started(second: int, sound: str = "a", seconds: int = 10, *, bed: bool = False) -> e.Event:
    return e.CartStarted(at=at(second), sound=sound, bed=bed, seconds=seconds)


def heard(*events: e.Event) -> list[tuple[str, int, int]]:
    found = played_carts(events, OVER)
    return [(one.sound, int((one.started - START).total_seconds()), int((one.ended - START).total_seconds()))
            for one in found]  # fmt: skip


@pytest.mark.parametrize(
    ("events", "told"),
    [
        ([started(5)], [("a", 5, 15)]),
        ([started(5), started(8, "b")], [("a", 5, 8), ("b", 8, 18)]),
        ([started(5), started(8)], [("a", 5, 8), ("a", 8, 18)]),
        ([started(5, bed=True), started(8, "b")], [("a", 5, 3300), ("b", 8, 18)]),
        ([started(5, bed=True), started(8, "b"), e.CartStopped(at=at(12))], [("a", 5, 12), ("b", 8, 12)]),
        ([started(5, bed=True), started(8, "b"), e.CartStopped(at=at(12), sound="a")], [("a", 5, 12), ("b", 8, 18)]),
        ([started(5, bed=True), e.Ended(at=at(60))], [("a", 5, 60)]),
        ([started(3290, seconds=60)], [("a", 3290, 3300)]),
        ([started(5), e.BegunAgain(at=at(6)), started(9, "b")], [("b", 9, 19)]),
        ([started(5), e.BegunAgain(at=at(6)), e.Undone(at=at(7))], [("a", 5, 15)]),
        ([started(5), e.CartStopped(at=at(40))], [("a", 5, 15)]),
        ([started(5, seconds=-4)], [("a", 5, 5)]),
    ],
)
def test_how_long_a_sound_was_heard(events: list[e.Event], told: list[tuple[str, int, int]]) -> None:
    assert heard(*events) == told


moments = st.lists(st.tuples(st.integers(0, 400), st.sampled_from("ab"), st.booleans(), st.booleans()), max_size=8).map(
    sorted
)


@given(moments)
def test_no_two_sounds_of_a_sort_are_heard_at_once(moments: list[tuple[int, str, bool, bool]]) -> None:
    events = [started(s, sound, 30, bed=bed) if go else e.CartStopped(at=at(s), sound=sound)
              for s, sound, bed, go in moments]  # fmt: skip
    plays = played_carts(events, OVER)
    assert len(plays) == sum(go for *_, go in moments)
    for bed in (True, False):
        sort = [one for one in plays if one.bed is bed]
        assert all(one.ended <= other.started for one, other in pairwise(sort))
    assert all(one.started <= one.ended <= OVER for one in plays)


def test_what_is_played_before_the_show_is_not_noted(tmp_path: Path) -> None:
    clock = [START]
    live = Live(Journal(tmp_path / "journal.jsonl"), lambda: clock[0], lambda: None)
    live.cart_started("sons/essai.wav", timedelta(seconds=4.2), bed=False)
    live.take((TALK,), None)
    clock[0] += timedelta(seconds=30)
    live.cart_started("sons/virgule.wav", timedelta(seconds=4.2), bed=False)
    live.cart_stopped()
    live.end()
    live.cart_started("sons/apres.wav", timedelta(seconds=4.2), bed=False)
    events = Journal(tmp_path / "journal.jsonl").read()
    (only,) = [one for one in events if isinstance(one, e.CartStarted)]
    assert (only.sound, only.seconds) == ("sons/virgule.wav", 5)
