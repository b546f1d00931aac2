"""Three seconds of noise in files that are not what they seem: a false header, an odd channel count, several tracks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.sound.made import RATE, chunk, coded, form, noise, riff, wav

SECONDS = 3


def header_of_a_third(folder: Path) -> Path:
    """The recorder lost its power: the header still tells of the first second."""
    path = folder / "court.wav"
    path.write_bytes(riff(form(), chunk(b"data", noise(SECONDS).tobytes(), size=RATE * 4)))
    return path


def header_without_length(folder: Path) -> Path:
    """From a pipe: the sizes are those that stand for "not known"."""
    path = folder / "flux.wav"
    path.write_bytes(riff(form(), chunk(b"data", noise(SECONDS).tobytes(), size=0xFFFFFFFF)))
    return path


def _one_of(channels: int, number: int) -> NDArray[np.int16]:
    sound = np.zeros((SECONDS * RATE, channels), np.int16)
    sound[:, number] = noise(SECONDS, 1)[:, 0]
    return sound


def third_channel(folder: Path) -> Path:
    """One microphone of three, in the place that cinemas give to the bass."""
    return wav(folder / "trois.wav", _one_of(3, 2))


def tenth_channel(folder: Path) -> Path:
    """The last of ten microphones: no layout has so many channels."""
    return wav(folder / "dix.wav", _one_of(10, 9))


def second_track(folder: Path) -> Path:
    """Two tracks, the first one silent."""
    silent = wav(folder / "muet.wav", np.zeros((SECONDS * RATE, 2), np.int16))
    loud = wav(folder / "voix.wav", noise(SECONDS))
    return coded(folder / "pistes.mka", silent, loud, acodec="pcm_s16le")


def hole(folder: Path) -> Path:
    """A container in which a second is missing between the time stamps."""
    loud = wav(folder / "suite.wav", noise(SECONDS - 1))
    return coded(folder / "trou.mka", loud, acodec="pcm_s16le", af=r"asetpts=PTS+gte(T\,1)/TB")


ODD: tuple[Callable[[Path], Path], ...] = (
    header_of_a_third,
    header_without_length,
    third_channel,
    tenth_channel,
    second_track,
    hole,
)
"""Makers of such files in a folder."""
