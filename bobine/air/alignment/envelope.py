"""Decode a sound to its energy, a hundred values a second; ffmpeg decodes meanwhile."""

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
_SIDES = 2
_HOP = _SOUND_RATE // RATE
_HOP_BYTES = 4 * _SIDES * _HOP
_AT_ONCE = 1 << 18  # bytes

_WINDOW = np.hanning(2 * _HOP + 1)[:-1].astype(np.float32)
_FIRST_LINE = _LOWEST_HZ * len(_WINDOW) // _SOUND_RATE
_TO_MEAN_SQUARE = 2 / _SIDES / len(_WINDOW) / float(_WINDOW @ _WINDOW)


def energies(path: Path, cancel: threading.Event | None = None) -> Curve:
    """Mean square of a sound above 300 Hz and below 4 kHz, ``RATE`` values a second, 1.0 at full scale.

    The sides are squared before they are added: those of opposite phase do not cancel. Each value is of the 20 ms
    around its instant, which weigh less the further they are from it.

    Raises:
        SoundError: if it cannot be decoded to its end.
        Interrupted: if ``cancel`` was set.
    """
    sound = ffmpeg.read_file(path).filter("aformat", channel_layouts="stereo").filter("aresample", _SOUND_RATE)
    sums = _Energies()
    try:
        ffmpeg.run(
            graph.get_args(sound.output("pipe:1", f="f32le", acodec="pcm_f32le")),
            on_output=sums.take,
            piece_bytes=_AT_ONCE,
            cancel=cancel,
        )
    except ffmpeg.FfmpegError as error:
        raise SoundError(f"« {path.name} » ne peut pas être décodé jusqu'au bout : {error}") from error
    return sums.all()


class _Energies:
    """Takes two sides at ``_SOUND_RATE`` piece by piece, and keeps their energy."""

    def __init__(self) -> None:
        self._content = bytearray(_HOP_BYTES)  # silence before the sound: the first value is of its first instant
        self._found: list[Curve] = []

    def take(self, content: bytes) -> None:
        """Add the bytes that come next."""
        self._content += content
        if len(self._content) >= _AT_ONCE:
            self._sum_up()

    def all(self) -> Curve:
        """The energies of all that was taken."""
        self._content += bytes(-len(self._content) % _HOP_BYTES)
        self._sum_up()
        return np.concatenate(self._found) if self._found else np.zeros(0)

    def _sum_up(self) -> None:
        """Make all values for which there is sound on both sides of their instant; the last of it stays."""
        hops = len(self._content) // _HOP_BYTES
        if hops < 2:
            return
        sides = np.frombuffer(bytes(self._content[: hops * _HOP_BYTES]), "<f4").reshape(-1, _SIDES).T
        del self._content[: (hops - 1) * _HOP_BYTES]
        parts = np.nan_to_num(sides).reshape(_SIDES, hops, _HOP)
        lines = np.fft.rfft(np.concatenate((parts[:, :-1], parts[:, 1:]), axis=2) * _WINDOW)  # in single precision
        heard = np.ascontiguousarray(lines[:, :, _FIRST_LINE:])
        heard = heard.view(heard.real.dtype)
        self._found.append(np.einsum("shl,shl->h", heard, heard).astype(np.float64) * _TO_MEAN_SQUARE)
