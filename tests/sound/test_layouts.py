"""Channels brought to two: each heard, centred unless a layout is truly declared."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.sound.layouts import matrix, speakers_of_mask, speakers_of_name
from bobine.sound.mixing import in_two


@given(channels=st.integers(3, 64), lone=st.integers(0, 63))
def test_a_lone_microphone_keeps_its_level_on_both_sides(channels: int, lone: int) -> None:
    sound = np.zeros((100, channels), np.float32)
    sound[:, lone % channels] = 0.25
    assert np.array_equal(in_two(sound, matrix(channels)), np.full((100, 2), 0.25, np.float32))


@given(mask=st.integers(1, (1 << 18) - 1))
def test_each_channel_of_a_declared_layout_is_heard(mask: int) -> None:
    channels = mask.bit_count()
    gains = matrix(channels, speakers_of_mask(mask, channels))
    assert gains.shape == (channels, 2)
    assert (gains.max(axis=1) >= 0.5).all()
    assert (gains >= 0).all()
    assert (gains <= 1).all()


@given(mask=st.integers(0, (1 << 32) - 1), channels=st.integers(1, 64))
def test_a_mask_that_does_not_fit_declares_nothing(mask: int, channels: int) -> None:
    speakers = speakers_of_mask(mask, channels)
    assert speakers == () or len(set(speakers)) == channels == mask.bit_count()


@pytest.mark.parametrize(
    ("layout", "channels", "sides"),
    [
        ("5.1", 6, "LRCCLR"),
        ("5.1(side)", 6, "LRCCLR"),
        ("7.1", 8, "LRCCLRLR"),
        ("quad", 4, "LRLR"),
        ("3.0", 3, "LRC"),
        ("5.0", 5, "LRCLR"),
    ],
)
def test_sides_of_layouts(layout: str, channels: int, sides: str) -> None:
    gains = matrix(channels, speakers_of_name(layout, channels))
    found = "".join("C" if left and right else "L" if left else "R" for left, right in gains)
    assert found == sides


@pytest.mark.parametrize("layout", ["3 channels", "6 channels", "hexadecagonal", "", "stereo"])
def test_other_names_declare_nothing(layout: str) -> None:
    assert speakers_of_name(layout, 6) == ()


def test_one_channel_is_on_both_sides_and_two_are_left_as_they_are() -> None:
    assert matrix(1).tolist() == [[1, 1]]
    assert matrix(2).tolist() == [[1, 0], [0, 1]]
    assert matrix(2, ("FC", "LFE")).tolist() == [[1, 0], [0, 1]]
