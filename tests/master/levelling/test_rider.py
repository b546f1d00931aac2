"""The rider's bounds: how fast, how far, what it follows, and what it never raises."""

from __future__ import annotations

import random
from bisect import bisect
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.levelling.curves import Point, between, simplified, value_at
from bobine.master.levelling.loudness import HOP_S
from bobine.master.levelling.rider import HELD_ABOVE_LU, STEEPEST_DB_S, ride, voice_lufs
from bobine.master.levelling.voices import inside_spread_lu, voiced
from tests.examples import at_most

REACH, AIM, MOST = 12.0, -16.0, 24.0


def turns(seed: int, voices: list[tuple[float, int]], noise: float = -62.0) -> list[float]:
    """Blocks of speech: (loudness in LUFS, seconds) of each turn, with pauses at the level of the noise."""
    rng = random.Random(seed)
    blocks: list[float] = []
    for level, seconds in voices:
        end = len(blocks) + seconds * 10
        while len(blocks) < end:
            blocks += [level + rng.gauss(0.5, 1.5) for _ in range(rng.randint(8, 30))]
            blocks += [
                max(noise, level - drop) + rng.gauss(0, 0.3) for drop in (8, 25, *[90] * rng.randint(0, 9), 25, 8)
            ]
    return blocks


SPEAKERS = st.lists(st.tuples(st.floats(-44, -14), st.integers(5, 20)), min_size=1, max_size=4, unique=True)


@given(st.integers(0, 999), SPEAKERS, st.floats(-75, -50))
@at_most(25)
def test_it_goes_neither_faster_nor_further_than_said(
    seed: int, speakers: list[tuple[float, int]], noise: float
) -> None:
    blocks = turns(seed, speakers, noise)
    found = ride(blocks, REACH, AIM, MOST)
    gains = [ridden - block for ridden, block in zip(found.blocks, blocks, strict=True)]
    for n, (one, other) in enumerate(pairwise(gains)):
        assert one <= REACH + 1e-9
        if not near_hold(found.held, n):
            # what is held by less than a quarter of a decibel does not count as held
            assert one >= -REACH - 0.25
            assert abs(other - one) <= STEEPEST_DB_S * HOP_S + 0.07


def near_hold(held: tuple[bool, ...], n: int) -> bool:
    """Whether the hold is at work there, or on its way: it is apart from the rider's bounds."""
    return any(held[max(0, n - 3) : n + 5])


@given(st.integers(0, 999), SPEAKERS, st.floats(-75, -50))
@at_most(25)
def test_noise_between_words_is_never_raised_above_the_voices_around_it(
    seed: int, speakers: list[tuple[float, int]], noise: float
) -> None:
    blocks = turns(seed, speakers, noise)
    found = ride(blocks, REACH, AIM, MOST)
    gains = [ridden - block for ridden, block in zip(found.blocks, blocks, strict=True)]
    spoken = [n for n, voice in enumerate(voiced(blocks)) if voice]
    for n, gain in enumerate(gains):
        place = bisect(spoken, n)
        around = [gains[k] for k in spoken[max(0, place - 1) : place + 1] if not near_hold(found.held, k)]
        if around:
            assert gain <= max(0.0, *around) + 3.0


def test_a_long_pause_goes_back_to_the_item_s_own_gain() -> None:
    blocks = [*turns(1, [(-20.0, 90)]), *turns(2, [(-32.0, 30)]), *[-60.0] * 200, *turns(3, [(-32.5, 30)])]
    found = ride(blocks, REACH, AIM, MOST)
    pause = len(turns(1, [(-20.0, 90)])) + len(turns(2, [(-32.0, 30)])) + 100
    assert value_at(found.curve, pause * HOP_S + 0.2) <= 1.0
    assert value_at(found.curve, (pause - 150) * HOP_S) > 8


@pytest.mark.parametrize("apart", [3, 6, 10, 12, 16, 20])
def test_two_voices_apart_come_within_three(apart: int) -> None:
    blocks = turns(5, [(-18.0, 60), (-18.0 - apart, 40), (-18.5, 30)])
    before = inside_spread_lu(blocks)
    after = inside_spread_lu(ride(blocks, REACH, AIM, 40.0).blocks)
    assert before is not None
    assert after is not None
    assert before > apart - 2.5
    assert after <= (3.0 if apart <= 12 else 3.5)


@pytest.mark.parametrize(("seconds", "above"), [(1, 13), (2, 9), (3, 20), (1, 30), (0.5, 15)])
def test_a_loud_short_sound_comes_down_and_the_voice_stays(seconds: float, above: float) -> None:
    talk = turns(7, [(-32.0, 60)])
    clap = [-32.0 + above] * round(seconds * 10 + 3)
    blocks = [*talk, *clap, *talk]
    found = ride(blocks, REACH, AIM, MOST)
    voice = voice_lufs(found.blocks, found.held)
    assert voice is not None
    assert max(found.blocks[len(talk) : len(talk) + len(clap)]) <= voice + HELD_ABOVE_LU + 2
    far = [n for n in range(len(blocks)) if n < len(talk) - 60 or n > len(talk) + len(clap) + 60]
    assert not any(found.held[n] for n in far)


def test_without_reach_nothing_is_done_but_to_a_click() -> None:
    music = [-30.0 + 15 * (n // 300 % 2) for n in range(1500)]
    assert ride(music, 0.0, AIM, MOST).curve == ()
    assert ride(music, 0.0, AIM, MOST).blocks == tuple(music)
    music[700:704] = [42.0] * 4
    found = ride(music, 0.0, AIM, MOST)
    assert max(found.blocks) <= -15 + 20.1
    assert found.blocks[:650] == tuple(music[:650])


@pytest.mark.parametrize("blocks", [[], [-20.0], [float("-inf")] * 50, [-20.0, -20.0], [-80.0] * 400, [-69.0] * 30])
def test_hardly_anything_is_no_trouble(blocks: list[float]) -> None:
    found = ride(blocks, REACH, AIM, MOST)
    assert len(found.blocks) == len(found.held) == len(blocks)
    assert inside_spread_lu(blocks) is None or inside_spread_lu(blocks) == 0


@given(st.lists(st.floats(-20, 20), min_size=2, max_size=200), st.floats(0.01, 1))
def test_fewer_points_give_the_same_gain(values: list[float], within: float) -> None:
    curve = tuple(Point(n / 10, db) for n, db in enumerate(values))
    fewer = simplified(curve, within)
    assert all(abs(value_at(fewer, point.at_s) - point.db) <= within + 1e-6 for point in curve)
    part = between(curve, 0.03, (len(values) - 1) / 10 - 0.03)
    assert abs(value_at(part, 0.05) - value_at(curve, 0.05)) < 1e-9
