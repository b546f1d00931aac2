"""Decodes a sound to its energy, a hundred values a second: all the heavy work is ffmpeg's."""

from __future__ import annotations

import sys
import threading
from array import array
from pathlib import Path

import ffmpeg as graph

from bobine import ffmpeg
from bobine.air.alignment.shape import RATE
from bobine.errors import SoundError

_SOUND_RATE = 8000
_LOWEST_HZ = 300
_FLOAT_BYTES = 4


def energies(path: Path, cancel: threading.Event | None = None) -> array[float]:
    """Mean square of a sound above 300 Hz and below 4 kHz, ``RATE`` values a second, 1.0 at full scale.

    Raises:
        SoundError: if it cannot be decoded to its end.
        Interrupted: if ``cancel`` was set.
    """
    sound = (
        ffmpeg.read_file(path)
        .filter("aresample", _SOUND_RATE)
        .filter("aformat", sample_fmts="fltp")
        .filter("highpass", f=_LOWEST_HZ)
        .filter_multi_output("asplit")
    )
    # squared before they are mixed, sides of opposite phase do not cancel; the resampler's low-pass takes the mean
    squared = graph.filter([sound[0], sound[1]], "amultiply").filter("aformat", channel_layouts="mono")
    squared = squared.filter("aresample", RATE)
    content = bytearray()
    try:
        ffmpeg.run(
            graph.get_args(squared.output("pipe:1", f="f32le", acodec="pcm_f32le")),
            on_output=content.extend,
            cancel=cancel,
        )
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"« {path.name} » ne peut pas être décodé jusqu'au bout : {error}") from error
    found = array("f")
    found.frombytes(bytes(content[: len(content) - len(content) % _FLOAT_BYTES]))
    if sys.byteorder == "big":
        found.byteswap()
    return found
