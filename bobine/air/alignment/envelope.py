"""Decode a sound to its energy, a hundred values a second: all the heavy work is ffmpeg's."""

from __future__ import annotations

import threading
from pathlib import Path

import ffmpeg as graph
import numpy as np

from bobine import ffmpeg
from bobine.air.alignment.curves.fourier import Curve
from bobine.air.alignment.curves.shape import RATE
from bobine.errors import SoundError

_SOUND_RATE = 8000
_LOWEST_HZ = 300
_FRAME_BYTES = 8


def energies(path: Path, cancel: threading.Event | None = None) -> Curve:
    """Mean square of a sound above 300 Hz and below 4 kHz, ``RATE`` values a second, 1.0 at full scale.

    The sides are squared before they are added: those of opposite phase do not cancel.

    Raises:
        SoundError: if it cannot be decoded to its end.
        Interrupted: if ``cancel`` was set.
    """
    sound = (
        ffmpeg.read_file(path)
        .filter("aformat", channel_layouts="stereo")
        .filter("aresample", _SOUND_RATE)
        .filter("aformat", sample_fmts="fltp")
        .filter("highpass", f=_LOWEST_HZ)
        .filter_multi_output("asplit")
    )
    # the resampler's own low-pass takes the mean of the square
    squared = graph.filter([sound[0], sound[1]], "amultiply").filter("aresample", RATE)
    content = bytearray()
    try:
        ffmpeg.run(
            graph.get_args(squared.output("pipe:1", f="f32le", acodec="pcm_f32le")),
            on_output=content.extend,
            cancel=cancel,
        )
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"« {path.name} » ne peut pas être décodé jusqu'au bout : {error}") from error
    sides = np.frombuffer(bytes(content[: len(content) - len(content) % _FRAME_BYTES]), "<f4").reshape(-1, 2)
    found: Curve = sides.astype(np.float64).mean(axis=1)
    return found
