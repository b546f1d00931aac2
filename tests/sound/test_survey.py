"""Channels and headers of files as they really come: all is heard, each second where it was."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bobine.errors import SoundError
from bobine.sound.conform import is_plain
from bobine.sound.layouts import matrix, speakers_of_mask
from bobine.sound.survey import survey
from tests.sound.bursts import SECONDS, bursts, conformed, pattern
from tests.sound.made import RATE, chunk, coded, form, level_db, noise, riff, wav

pytestmark = pytest.mark.integration


# F2: channels


@pytest.mark.parametrize(
    ("channels", "rate"),
    [*((channels, RATE) for channels in (3, 4, 5, 6, 8, 10, 16, 32, 64)), (3, 44_100), (10, 44_100), (64, 44_100)],
)
def test_each_channel_is_heard_on_both_sides(tmp_path: Path, channels: int, rate: int) -> None:
    sound = np.zeros((rate * channels // 10 + rate, channels), "<i2")
    one = noise(0.1, 1, rate)[:, 0]
    for channel in range(channels):
        sound[channel * rate // 10 : channel * rate // 10 + len(one), channel] = one
    path = wav(tmp_path / "many.wav", sound, rate)
    info = survey(path)
    assert (info.channels, info.samples) == (channels, len(sound))
    heard = conformed(path, info)
    assert abs(len(heard) - len(sound) * RATE / rate) <= 1
    levels = [[level_db(heard[n * 4800 + 480 : n * 4800 + 4320, side]) for side in (0, 1)] for n in range(channels)]
    wanted = level_db(one.astype(np.float32) / 32768)
    assert np.abs(np.array(levels) - wanted).max() < 1


@pytest.mark.parametrize(
    ("mask", "channels"), [(0x3F, 6), (0x60F, 6), (0x63F, 8), (0x33, 4), (0x7, 3), (0xB, 3), (0x107, 4)]
)
def test_a_declared_layout_is_followed(tmp_path: Path, mask: int, channels: int) -> None:
    gains = matrix(channels, speakers_of_mask(mask, channels))
    for channel in range(channels):
        sound = np.zeros((4800, channels), "<i2")
        sound[:, channel] = 16384
        path = wav(tmp_path / "layout.wav", sound, mask=mask)
        assert np.allclose(conformed(path)[2000], gains[channel] / 2, atol=1e-3)


@pytest.mark.parametrize(("mask", "channels"), [(0, 6), (0x3, 6), (0x3F, 8), (0x1FF, 6), (1 << 20, 3)])
def test_a_mask_that_does_not_fit_is_none(tmp_path: Path, mask: int, channels: int) -> None:
    sound = np.full((4800, channels), 1000, "<i2")
    heard = conformed(wav(tmp_path / "mask.wav", sound, mask=mask))
    assert np.allclose(heard, channels * 1000 / 32768, atol=1e-4)


@pytest.mark.parametrize("name", ["six.flac", "six.m4a", "six.ogg", "six.wv", "six.opus"])
def test_six_microphones_are_no_cinema_in_any_coding(tmp_path: Path, name: str) -> None:
    sound = np.zeros((RATE * 6, 6), "<i2")
    for channel in range(6):
        sound[channel * RATE : (channel + 1) * RATE, channel] = noise(1, 1)[:, 0]
    options = {"strict": -2} if name.endswith(("m4a", "opus")) else {}
    path = coded(tmp_path / name, wav(tmp_path / "six.wav", sound, mask=0x3F), **options)
    heard = conformed(path)
    levels = np.array([[level_db(heard[s * RATE + 9600 : s * RATE + 38_400, c]) for c in (0, 1)] for s in range(6)])
    assert np.abs(levels[:, 0] - levels[:, 1]).max() < 0.1
    # a coder takes what it is told is the bass channel for bass
    full = [level for level in levels[:, 0] if level > -35]
    assert len(full) >= 5


@pytest.mark.parametrize("channels", [65, 100, 255])
def test_more_than_can_be_mastered_is_refused(tmp_path: Path, channels: int) -> None:
    path = wav(tmp_path / "much.wav", noise(0.1, channels))
    with pytest.raises(SoundError, match=f"a {channels} canaux"):
        survey(path)


# F4: headers

OF_SECONDS = (RATE * 4, RATE * 4 * 3)
SIZES = [0, 40, *OF_SECONDS, 0x7FFFF000, 0x80000000, 0xFFFFFFFF]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rate", [RATE, 16_000])
def test_a_header_is_not_believed_against_the_file(tmp_path: Path, size: int, rate: int) -> None:
    path = tmp_path / "h.wav"
    said = size * rate // RATE if size in OF_SECONDS else size
    path.write_bytes(riff(form(rate=rate), chunk(b"data", bursts(rate=rate).tobytes(), said)))
    info = survey(path)
    assert (info.samples, info.declared_s, info.damage) == (SECONDS * rate, SECONDS, "")
    assert not is_plain(path)
    heard = conformed(path, info)
    assert abs(len(heard) - SECONDS * RATE) <= 1
    assert pattern(heard, 0, SECONDS)


@pytest.mark.parametrize("after", [chunk(b"LIST", b"INFO" + bytes(400)), chunk(b"id3 ", bytes(3000)), bytes(512)])
@pytest.mark.parametrize("rate", [RATE, 44_100])
def test_chunks_after_the_sound_are_not_heard(tmp_path: Path, after: bytes, rate: int) -> None:
    path = tmp_path / "h.wav"
    path.write_bytes(riff(form(rate=rate), chunk(b"data", bursts(rate=rate).tobytes()), after))
    assert survey(path).samples == SECONDS * rate
    assert abs(len(conformed(path)) - SECONDS * RATE) <= 1
    assert is_plain(path) == (rate == RATE)


def test_plain_sound_is_conformed_to_itself(tmp_path: Path) -> None:
    for samples in (noise(1), noise(1, 1), noise(1).astype(np.float32) / 4000):
        path = wav(tmp_path / "plain.wav", samples)
        assert is_plain(path)
        scale = 1 if samples.dtype.kind == "f" else 32768
        assert np.array_equal(conformed(path), np.broadcast_to(samples / np.float32(scale), (RATE, 2)))


@pytest.mark.parametrize("mask", [0xC, 0x30, 0x5])
def test_two_channels_with_odd_speakers_are_left_and_right(tmp_path: Path, mask: int) -> None:
    path = wav(tmp_path / "odd.wav", noise(1), mask=mask)
    assert not is_plain(path)
    assert np.array_equal(conformed(path), noise(1) / np.float32(32768))
