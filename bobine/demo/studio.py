"""The studio of the demonstration: sets a sound to a level, spoils it as real ones are, adds the room's noise."""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ffmpeg as graph

from bobine import ffmpeg
from bobine.demo.rundown import Effect
from bobine.errors import SoundError

RATE = 48_000
"""Sampling rate of the recording, Hz."""

BYTES_PER_FRAME = 4
"""Two channels of 16 bits."""

HOLE_S = 6.0
"""Length of the dead air, in seconds, where the item is long enough for it."""

_NOISE_AMPLITUDE = 0.0059
_CEILING = 0.97
_LOUDNESS = re.compile(r"^    I:\s+(-?[\d.]+) LUFS", re.MULTILINE)
_FORMAT = f"s16{sys.byteorder[0]}e"


@dataclass(frozen=True, slots=True)
class Take:
    """A piece of sound in memory.

    Attributes:
        pcm: 16-bit samples, interleaved, in the machine's byte order.
        rate: sampling rate, Hz.
        channels: 1 or 2.
    """

    pcm: bytes
    rate: int
    channels: int

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / (2 * self.channels * self.rate)


def record(
    take: Take,
    level_lufs: float | None,
    effect: Effect,
    noise_seed: int,
    on_pcm: Callable[[bytes], None],
    cancel: threading.Event | None = None,
) -> None:
    """Record a sound in the studio: 48 kHz, stereo, 16 bits little-endian.

    Args:
        take: what is heard.
        level_lufs: how loud it must be before its effect, LUFS; None leaves it as it is.
        effect: what goes wrong with it.
        noise_seed: of the room's noise, pink at about −62 dBFS.
        on_pcm: takes the recording piece by piece.
        cancel: once set, the work stops.

    Raises:
        Interrupted: if ``cancel`` was set.
        SoundError: if the sound is silent, so that no level can be set.
    """
    stream = _stereo(take)
    if level_lufs is not None:
        stream = stream.filter("volume", volume=f"{level_lufs - _loudness(take, cancel):.2f}dB")
    stream = _spoil(stream, effect, take.seconds)
    noise = ffmpeg.read_source(f"anoisesrc=r={RATE}:color=pink:amplitude={_NOISE_AMPLITUDE}:seed={noise_seed}")
    # without a layout of its own the noise would have amix bring everything down to one channel
    room = noise.filter("aformat", channel_layouts="stereo")
    mixed = graph.filter([stream, room], "amix", inputs=2, duration="first", normalize=0)
    output = mixed.output("pipe:1", f="s16le", acodec="pcm_s16le", ar=RATE, ac=2)
    ffmpeg.run(graph.get_args(output), feed=take.pcm, on_output=on_pcm, cancel=cancel)


def _stereo(take: Take) -> Any:
    source = ffmpeg.read_pipe(_FORMAT, ar=take.rate, ac=take.channels)
    resampled = source.filter("aresample", RATE)
    return resampled.filter("aformat", sample_fmts="flt", channel_layouts="stereo")


def _loudness(take: Take, cancel: threading.Event | None) -> float:
    measured = _stereo(take).filter("ebur128", framelog="verbose").output("pipe:1", f="null")
    log = ffmpeg.run(["-nostats", *graph.get_args(measured)], feed=take.pcm, cancel=cancel, level="info").log
    found = _LOUDNESS.findall(log)
    if not found or float(found[-1]) <= -70:
        raise SoundError("Un des sons de la démonstration est silencieux : choisissez un autre dossier.")
    return float(found[-1])


def _spoil(stream: Any, effect: Effect, seconds: float) -> Any:
    if effect is Effect.CLIPPED:
        # the desk's input overflows, then its fader is pulled down
        loud = stream.filter("volume", volume="18dB").filter("asoftclip", type="hard")
        return loud.filter("volume", volume="-6dB")
    if effect is Effect.PHONE:
        stream = stream.filter("highpass", f=300).filter("lowpass", f=3400)
    if effect is Effect.HOLE:
        length = min(HOLE_S, seconds / 2)
        start = (seconds - length) / 2
        stream = stream.filter("volume", volume=0, enable=f"between(t,{start:.3f},{start + length:.3f})", eval="frame")
    return stream.filter("alimiter", limit=_CEILING, attack=2, release=60, level="false")
