"""Bring a file's channels down to two: each is heard, centred unless the file truly says where it belongs. Pure."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

MOST_CHANNELS = 64
"""Channels that ffmpeg decodes and resamples at once, at most."""

_MASK = [
    "FL",
    "FR",
    "FC",
    "LFE",
    "BL",
    "BR",
    "FLC",
    "FRC",
    "BC",
    "SL",
    "SR",
    "TC",
    "TFL",
    "TFC",
    "TFR",
    "TBL",
    "TBC",
    "TBR",
]
"""The bits of WAVEFORMATEXTENSIBLE's channel mask, from the lowest on."""

_NAMED = {
    "3.0": "FL FR FC",
    "3.0(back)": "FL FR BC",
    "2.1": "FL FR LFE",
    "4.0": "FL FR FC BC",
    "quad": "FL FR BL BR",
    "quad(side)": "FL FR SL SR",
    "3.1": "FL FR FC LFE",
    "4.1": "FL FR FC LFE BC",
    "5.0": "FL FR FC BL BR",
    "5.0(side)": "FL FR FC SL SR",
    "5.1": "FL FR FC LFE BL BR",
    "5.1(side)": "FL FR FC LFE SL SR",
    "6.0": "FL FR FC BC SL SR",
    "6.1": "FL FR FC LFE BC SL SR",
    "6.1(back)": "FL FR FC LFE BL BR BC",
    "7.0": "FL FR FC BL BR SL SR",
    "7.1": "FL FR FC LFE BL BR SL SR",
}
_AROUND = 0.5**0.5
_BASS = 0.5
_LEFT = ("FL", "FLC", "BL", "SL", "TFL", "TBL")
_RIGHT = ("FR", "FRC", "BR", "SR", "TFR", "TBR")
_FRONT = ("FL", "FR", "FLC", "FRC")

Matrix = NDArray[np.float32]
"""Gains of shape (channels, 2): what each channel gives to the left and to the right."""


def speakers_of_mask(mask: int, channels: int) -> tuple[str, ...]:
    """The speakers of a WAVEFORMATEXTENSIBLE channel mask; none where it does not name each channel once."""
    named = tuple(name for bit, name in enumerate(_MASK) if mask >> bit & 1)
    return named if len(named) == channels == mask.bit_count() else ()


def speakers_of_name(layout: str, channels: int) -> tuple[str, ...]:
    """The speakers of a layout by ffmpeg's name for it, in the order in which it decodes them; none if unknown."""
    named = tuple(_NAMED.get(layout, "").split())
    return named if len(named) == channels else ()


def matrix(channels: int, speakers: tuple[str, ...] = ()) -> Matrix:
    """The gains of each channel to the left and to the right, shape (channels, 2).

    One channel is heard on both sides as it is, two are left and right. Of more, each is heard on both sides at the
    level it has, so that nobody sits in one ear, is taken for a bass channel, or gets weaker by the microphones that
    are silent. Where the file truly declares a layout, its left speakers stay left and its right ones right; the
    centre, the sides and the back come at −3 dB (ITU-R BS.775), the bass channel at −6 dB: it may be a microphone all
    the same.
    The sum can exceed full scale where all sound at once; it is carried in floats, and the item's gain and the limiter
    bring it down.

    Args:
        channels: number of channels, at least 1.
        speakers: the speaker of each channel; empty where the file declares none.
    """
    if channels == 2:
        return np.eye(2, dtype=np.float32)
    if channels == 1 or not speakers:
        return np.ones((channels, 2), np.float32)
    return np.array([_gains(name) for name in speakers], np.float32)


def _gains(speaker: str) -> tuple[float, float]:
    if speaker == "LFE":
        return _BASS, _BASS
    gain = 1.0 if speaker in _FRONT else _AROUND
    if speaker in _LEFT:
        return gain, 0.0
    if speaker in _RIGHT:
        return 0.0, gain
    return _AROUND, _AROUND
