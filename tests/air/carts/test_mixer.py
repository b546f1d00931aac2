"""The mixer: samples in, samples out."""

from __future__ import annotations

from array import array

from hypothesis import given
from hypothesis import strategies as st

from bobine.air.carts.mixer import FRAME, Mixer, Voice


def flat(frames: int, level: int) -> bytes:
    return array("h", [level] * (2 * frames)).tobytes()


def words(data: bytes) -> list[int]:
    return list(array("h", data))


@given(st.lists(st.integers(1, 300), min_size=1), st.integers(1, 2000))
def test_a_sound_comes_out_as_it_is_whatever_the_blocks(blocks: list[int], frames: int) -> None:
    sound = array("h", [n % 30000 for n in range(2 * frames)]).tobytes()
    mixer = Mixer()
    mixer.add(Voice("a", sound, frames))
    out = b"".join(map(mixer.block, blocks))
    asked = sum(blocks)
    assert out == sound[: asked * FRAME].ljust(asked * FRAME, b"\0")
    assert list(mixer.ended()) == (["a"] if asked >= frames else [])
    assert len(mixer.voices) == (asked < frames)


@given(st.integers(1, 5000), st.integers(1, 700), st.integers(0, 3000))
def test_a_fade_only_falls_and_ends_in_silence(fade: int, block: int, before: int) -> None:
    mixer = Mixer()
    mixer.add(Voice("a", flat(20000, 20000), 20000))
    mixer.block(before)
    mixer.fade(fade)
    out: list[int] = []
    while mixer.voices:
        out += words(mixer.block(block))
    left = out[::2]
    assert left == out[1::2]
    assert left == sorted(left, reverse=True)
    assert len(left) <= fade + block + 1
    if fade > 100:
        assert max(a - b for a, b in zip([20000, *left], left, strict=False)) <= 20000 / fade + 2
    assert list(mixer.ended()) == []


def test_a_bed_goes_round_until_it_is_faded() -> None:
    mixer = Mixer()
    sound = array("h", range(20)).tobytes()
    mixer.add(Voice("bed", sound, 10, loop=True))
    assert mixer.block(35) == (sound * 4)[: 35 * FRAME]
    mixer.fade(5, tag="other")
    mixer.block(10)
    assert mixer.voices
    mixer.fade(5, tag="bed")
    mixer.block(10)
    assert not mixer.voices


def test_two_sounds_are_added_and_never_wrap_round() -> None:
    mixer = Mixer()
    mixer.add(Voice("a", flat(10, 20000), 10))
    mixer.add(Voice("b", flat(5, 15000), 5))
    assert words(mixer.block(10)) == [32767] * 10 + [20000] * 10
    assert set(mixer.ended()) == {"a", "b"}


def test_a_second_stop_does_not_slow_the_first_one() -> None:
    mixer = Mixer()
    mixer.add(Voice("a", flat(1000, 10000), 1000))
    mixer.fade(100)
    mixer.block(50)
    mixer.fade(600)
    mixer.block(51)
    assert not mixer.voices


def test_what_is_not_read_yet_is_silence_and_the_sound_keeps_its_place() -> None:
    mixer = Mixer()
    voice = Voice("a", flat(5, 7), 20)
    mixer.add(voice)
    assert words(mixer.block(10)) == [7] * 10 + [0] * 10
    voice.samples = flat(20, 9)
    assert words(mixer.block(10)) == [9] * 20
    assert not mixer.voices
