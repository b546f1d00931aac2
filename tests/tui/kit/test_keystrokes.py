"""The hand's guard: held keys, pastes and slips, by the times of their keys alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.tui.keystrokes import BURST, CLOSED_S, HELD, LOCK_OUT_S, Keystrokes, Press
from bobine.tui.kit.keys import meant

HERE, DIALOG = "the live screen", "a dialog"
Attempt = Callable[[str], AbstractContextManager[None]]


def play(
    keys: Sequence[tuple[str, float]], *, several: bool = False, hand: Keystrokes | None = None
) -> tuple[list[str], list[str]]:
    """What acts, and what is said, when keys come at these times and then no more."""
    hand = hand or Keystrokes()
    acted, said = [], []
    for key, at_s in keys:
        if hand.waiting is not None and at_s >= hand.waiting.at_s + hand.patience_s:
            acts = hand.let_go()
            assert acts is not None
            acted.append(acts.key)
        answer = hand.press(Press(key, key, at_s, HERE, several))
        acted += [answer.acts.key] if answer.acts is not None else []
        said += [answer.said] if answer.said else []
    last = hand.let_go()
    return acted + ([last.key] if last is not None else []), said


@pytest.mark.boundary
@pytest.mark.parametrize("several", [False, True])
@pytest.mark.parametrize(
    ("delay_s", "every_s"), [(0.25, 0.092), (0.5, 1 / 30), (0.66, 1 / 25), (0.2, 1 / 60), (0.9, 0.1)]
)
def test_a_held_key_counts_once(delay_s: float, every_s: float, several: bool, attempt: Attempt) -> None:
    for seconds in (0.75, 1, 8, 60):
        with attempt("a key held on air"):
            repeats = [("u", delay_s + n * every_s) for n in range(int((seconds - delay_s) / every_s))]
            acted, said = play([("u", 0.0), *repeats], several=several)
            assert acted == ["u"]
            assert said == ([HELD] if len(repeats) > several else [])


@given(st.lists(st.floats(0.13, 0.9), min_size=1, max_size=20))
def test_plus_at_a_hands_speed_counts_each_time(gaps: list[float]) -> None:
    times = [sum(gaps[:n]) for n in range(len(gaps) + 1)]
    assert play([("plus", at_s) for at_s in times], several=True) == (["plus"] * len(times), [])


@given(st.lists(st.floats(0.001, 0.99), max_size=200))
def test_an_action_counts_once_until_its_key_was_left_alone(gaps: list[float]) -> None:
    times = [sum(gaps[:n]) for n in range(len(gaps) + 1)]
    acted, _ = play([("space", at_s) for at_s in times])
    # two within the time of no hand are no key at all
    assert len(acted) <= 1
    assert acted or min(gaps) < 0.002
    quiet = times[-1] + LOCK_OUT_S + 0.1
    assert play([*(("space", at_s) for at_s in times), ("space", quiet)])[0][len(acted) :] == ["space"]


@given(st.lists(st.tuples(st.sampled_from("abcmnsu "), st.floats(0.0, 0.0015)), min_size=2, max_size=300))
def test_keys_faster_than_a_hand_do_nothing_and_it_is_said(keys: list[tuple[str, float]]) -> None:
    at_s, typed = 0.0, []
    for key, gap in keys:
        at_s += gap
        typed.append((key, at_s))
    acted, said = play(typed)
    assert acted == []
    assert said == [BURST]


@given(st.lists(st.sampled_from("abcmnsu"), min_size=2, max_size=30, unique=True))
def test_different_keys_of_a_calm_hand_all_count(keys: list[str]) -> None:
    assert play([(key, place * 0.1) for place, key in enumerate(keys)]) == (list(keys), [])


def test_a_worn_key_that_bounces_counts_once() -> None:
    for bounce in (0.003, 0.008, 0.02, 0.03):
        assert play([("space", 0.0), ("space", bounce), ("m", 2.0)])[0] == ["space", "m"]


@given(st.floats(0.0, CLOSED_S - 0.01), st.text("abc", max_size=5))
def test_the_key_that_closed_a_dialog_does_nothing_under_it(later: float, typed: str) -> None:
    hand = Keystrokes()
    at_s = 0.0
    for char in typed:
        at_s += 0.2
        assert hand.press_elsewhere(Press(char, char, at_s, DIALOG)).passes
    at_s += 0.2
    hand.press_elsewhere(Press("enter", "enter", at_s, DIALOG))
    closing = hand.let_go()
    assert closing is not None
    assert closing.key == "enter"
    assert play([("enter", at_s + later), ("space", at_s + later + 0.5)], hand=hand)[0] in (["space"], [])
    assert play([("enter", at_s + later + 8)], hand=hand)[0] == ["enter"]


def test_who_was_typing_in_a_dialog_still_is() -> None:
    hand = Keystrokes()
    hand.press_elsewhere(Press("a", "a", 0.0, DIALOG))
    assert play([("u", 0.1), ("n", 0.4), ("m", 0.75)], hand=hand)[0] == []
    assert play([("u", 1.8)], hand=hand)[0] == ["u"]


def test_pasted_text_chooses_nothing_in_a_dialog() -> None:
    hand = Keystrokes()
    for place, key in enumerate(("a", "enter", "b", "enter")):
        answer = hand.press_elsewhere(Press(key, key, place * 0.001, DIALOG))
        assert answer.acts is None
        assert answer.passes == (key != "enter")
    assert hand.let_go() is None
    # an Enter that comes first is no hand's either once something follows at once
    hand.press_elsewhere(Press("enter", "enter", 5.0, DIALOG))
    assert hand.press_elsewhere(Press("a", "a", 5.01, DIALOG)).acts is None
    assert hand.waiting is None


def test_an_enter_that_is_still_held_chooses_nothing_in_the_next_dialog() -> None:
    hand = Keystrokes()
    hand.press_elsewhere(Press("enter", "enter", 0.0, DIALOG))
    assert hand.let_go() is not None
    for n in range(60):
        answer = hand.press_elsewhere(Press("enter", "enter", 0.5 + n / 30, "the next"))
        assert (answer.acts, answer.passes, hand.waiting) == (None, False, None)
    hand.press_elsewhere(Press("enter", "enter", 4.0, "the next"))
    assert hand.let_go() is not None


@pytest.mark.parametrize(
    ("key", "wanted"),
    [("U", "u"), ("É", "é"), ("Ç", "ç"), ("no_break_space", "space"), ("narrow_no_break_space", "space"),
     ("shift+space", "space"), ("add", "plus"), ("subtract", "minus"), ("minus_sign", "minus"),
     ("equal", "equals_sign"),
     ("u", None), ("ß", None), ("İ", None), ("1", None), ("enter", None), ("f3", None)],
)  # fmt: skip
def test_what_a_key_means(key: str, wanted: str | None) -> None:
    found = meant(key)
    assert (found[0] if found is not None else None) == wanted
