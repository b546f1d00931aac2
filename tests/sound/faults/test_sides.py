"""The two sides of an item: what is mended, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, partial

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.sound.blocks import Blocks
from bobine.sound.faults.find import faults_of_items
from bobine.sound.faults.sides import AS_IT_IS, LEFT_ONLY, RIGHT_ONLY, TURNED_BACK, SidesFault, judged
from tests.examples import at_most
from tests.sound.faults.sounds import RATE, Sound, blocks_of, music, noise, real, stereo, voice

pytestmark = pytest.mark.integration

SECONDS = 12


def interview(guest_db: float, bleed_db: float, turn_s: float = 3.0, floor_db: float = -75.0) -> Sound:
    """A host on the left and a guest on the right who speak in turn, each heard in the other's microphone."""
    host, guest = voice(SECONDS, 1, 120), voice(SECONDS, 2, 210) * 10 ** (guest_db / 20)
    turns = (np.arange(len(host)) // round(turn_s * RATE)) % 2
    host, guest = host * (turns == 0), guest * (turns == 1)
    bleed = 10 ** (bleed_db / 20)
    return stereo(
        host + bleed * guest + noise(SECONDS, floor_db, 3), guest + bleed * host + noise(SECONDS, floor_db, 4)
    )


def both(mono: Sound, left: float = 1.0, right: float = 1.0) -> Sound:
    return stereo(mono * left, mono * right)


@pytest.mark.parametrize("spoken", [True, False])
@pytest.mark.parametrize(
    "other_side",
    [
        lambda: noise(SECONDS, -200),
        lambda: noise(SECONDS, -90),
        lambda: noise(SECONDS, -62),
        lambda: noise(SECONDS, -48),
        lambda: 0.02 * voice(SECONDS, 1),
        lambda: np.full(SECONDS * RATE, 0.05),
    ],
    ids=["zeros", "converter noise", "cable noise", "preamplifier noise", "crosstalk at -34 dB", "direct current"],
)
def test_a_silent_side_is_given_the_other(other_side: Callable[[], Sound], *, spoken: bool) -> None:
    sound = stereo(voice(SECONDS, 1), other_side())
    assert judged(blocks_of(sound), spoken=spoken).matrix == LEFT_ONLY
    assert judged(blocks_of(sound[:, ::-1]), spoken=spoken).matrix == RIGHT_ONLY


@pytest.mark.parametrize("ratio", [1.0, 0.5, 0.1, 2.0, 1.1])
def test_an_inverted_side_is_turned_back(ratio: float) -> None:
    sound = both(voice(SECONDS, 5), 0.5, -0.5 * ratio) + stereo(noise(SECONDS, -70, 1), noise(SECONDS, -70, 2))
    for spoken in (True, False):
        found = judged(blocks_of(sound), spoken=spoken and ratio > 0.3)
        assert found.fault is SidesFault.INVERTED
        left, right = (sound @ np.array(found.matrix).T).T
        assert np.mean((left + right) ** 2) > np.mean((left - right) ** 2)


@pytest.mark.parametrize("seed", range(5))
def test_an_inverted_recording_is_turned_back_with_its_music(seed: int) -> None:
    talk = both(voice(SECONDS, seed), 1, -1)
    wide = music(SECONDS, seed, width=0.6) * [1, -1]
    alone, with_talk = (
        faults_of_items([(blocks_of(wide), False)]),
        faults_of_items([(blocks_of(talk), True), (blocks_of(wide), False)]),
    )
    assert with_talk[1].sides.matrix == TURNED_BACK
    assert alone[0].sides.matrix in (AS_IT_IS, TURNED_BACK)


@pytest.mark.parametrize("guest_db", [0, -10, -20, -30])
@pytest.mark.parametrize("bleed_db", [-100, -30, -14])
def test_voices_apart_are_brought_to_the_middle_and_near_each_other(guest_db: float, bleed_db: float) -> None:
    sound = interview(guest_db, bleed_db)
    found = judged(blocks_of(sound), spoken=True)
    assert found.fault is SidesFault.VOICES_APART
    left, right = (sound @ np.array(found.matrix).T).T
    assert np.array_equal(left, right)
    before = [_level(sound[: 3 * RATE, 0]), _level(sound[3 * RATE : 6 * RATE, 1])]
    after = [_level(left[: 3 * RATE]), _level(left[3 * RATE : 6 * RATE])]
    assert abs(after[0] - after[1]) <= abs(before[0] - before[1]) + 1
    assert max(abs(after[n] - before[n]) for n in (0, 1)) <= 12.5
    assert judged(blocks_of(sound), spoken=False).matrix == AS_IT_IS  # nobody is lost


def _level(sound: Sound) -> float:
    return float(10 * np.log10(np.mean(sound**2)))


LEFT_ALONE: dict[str, Callable[[], Sound]] = {
    **{f"music {n}, width {width}": partial(music, SECONDS, n, width) for n in range(3) for width in (0.2, 1.0, 3.0)},
    "voice 0": lambda: both(voice(SECONDS, 0)),
    "voice 1": lambda: both(voice(SECONDS, 1)),
    "voice 0 to the side": lambda: both(voice(SECONDS, 0), 1, 0.6),
    "voice 1 to the side": lambda: both(voice(SECONDS, 1), 1, 0.6),
    "voice in a wide room": lambda: both(voice(SECONDS, 1)) + 0.2 * music(SECONDS, 4, 2.0),
    "silence": lambda: np.zeros((SECONDS * RATE, 2)),
    "noise": lambda: stereo(noise(9, -50, 1), noise(9, -50, 2)),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
@pytest.mark.parametrize("spoken", [True, False])
def test_sound_that_is_right_is_left_alone(name: str, *, spoken: bool) -> None:
    assert judged(blocks_of(LEFT_ALONE[name]()), spoken=spoken).matrix == AS_IT_IS, name


def test_real_music_is_left_alone_as_it_is_and_widened() -> None:
    sounds = real("musique/*") or [music(SECONDS, n, 0.7) for n in range(5)]
    for sound in sounds:
        middle = sound.mean(axis=1, keepdims=True)
        for width in (1.0, 1.5, 2.5):
            for spoken in (True, False):
                assert judged(blocks_of(middle + (sound - middle) * width), spoken=spoken).matrix == AS_IT_IS


@pytest.mark.parametrize("channels", [1, 3, 6])
def test_what_has_not_two_sides_is_right(channels: int) -> None:
    sound = np.zeros((5 * RATE, channels))
    sound[:, 0] = voice(5, 1)
    assert judged(blocks_of(sound), spoken=True).fault is SidesFault.NONE


CASES = ("one side silent", "one side inverted", "voices apart", "music", "one voice")


@cache
def case_of(name: str) -> Blocks:
    match name:
        case "one side silent":
            sound = stereo(voice(SECONDS, 1), noise(SECONDS, -70))
        case "one side inverted":
            sound = both(voice(SECONDS, 2), 1, -1)
        case "voices apart":
            sound = interview(-10, -25)
        case "music":
            sound = music(SECONDS, 3, 0.7)
        case _:
            sound = both(voice(SECONDS, 4))
    return blocks_of(sound)


@given(case=st.sampled_from(CASES), gain_db=st.floats(-25, 30), spoken=st.booleans())
@at_most(60)
def test_the_verdict_is_that_of_any_gain_and_of_swapped_sides(case: str, gain_db: float, *, spoken: bool) -> None:
    verdict = judged(case_of(case), spoken=spoken)
    raised = judged(_changed(case_of(case), 10 ** (gain_db / 20)), spoken=spoken)
    assert raised.fault is verdict.fault
    assert np.allclose(raised.matrix, verdict.matrix, atol=2e-3)
    swapped = judged(_swapped(case_of(case)), spoken=spoken)
    assert swapped.fault is verdict.fault
    if verdict.fault is not SidesFault.INVERTED:  # which of the two is turned does not matter
        assert np.allclose(np.array(swapped.matrix)[::-1, ::-1], verdict.matrix)


def _changed(blocks: Blocks, gain: float) -> Blocks:
    return Blocks(
        blocks.rate,
        blocks.samples,
        blocks.mean * gain,
        blocks.power * gain**2,
        blocks.cross * gain**2,
        blocks.peak * gain,
        blocks.fine * np.float32(gain),
        blocks.brief * np.float16(gain),
        blocks.mains * np.complex64(gain),
    )


def _swapped(blocks: Blocks) -> Blocks:
    return Blocks(
        blocks.rate,
        blocks.samples,
        blocks.mean[:, ::-1],
        blocks.power[:, ::-1],
        blocks.cross,
        blocks.peak[:, ::-1],
        blocks.fine[:, ::-1],
        blocks.brief,
        blocks.mains[:, ::-1],
    )
