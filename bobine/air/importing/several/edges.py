"""The ends and beginnings of files, decoded to find what two of them both hold."""

from __future__ import annotations

import threading
from pathlib import Path

import ffmpeg as graph
import numpy as np
from numpy.typing import NDArray

from bobine import ffmpeg
from bobine.air.importing.several.overlap import overlap
from bobine.errors import SoundError
from bobine.sound.survey import SoundInfo

EDGE_S = 30
"""Length of ends and beginnings that are compared, seconds; more where the files' times say that more is shared."""

_SPARE_S = 3
"""Decoding begins earlier than what is needed: a compressed file cannot be sought to the sample."""

Sound = NDArray[np.float32]
"""Samples of shape (samples, channels)."""


class Edges:
    """The edges of files, each decoded once.

    Args:
        files: the files, and what they are.
        rate: at which samples are counted, Hz.
        cancel: once set, the work stops.
    """

    def __init__(self, files: list[tuple[Path, SoundInfo]], rate: int, cancel: threading.Event | None) -> None:
        self._files = files
        self._rate = rate
        self._cancel = cancel
        self._heads: dict[int, tuple[float, Sound]] = {}

    def overlap(self, one: int, other: int, *, edge_s: float = EDGE_S) -> int | None:
        """Count the samples at the end of one file that begin another too; None where none do.

        Raises:
            SoundError: if a file cannot be decoded.
            Interrupted: if ``cancel`` was set.
        """
        tail, head = self._tail(one, edge_s), self._head(other, edge_s)
        if not len(tail) or not len(head):
            return None
        if tail.shape[1] == head.shape[1]:
            channel = int(np.argmax(np.einsum("sc,sc->c", tail, tail)))
            return overlap(tail[:, channel], head[:, channel], self._rate)
        return overlap(tail.mean(axis=1), head.mean(axis=1), self._rate)

    def _head(self, place: int, edge_s: float) -> Sound:
        known, sound = self._heads.get(place, (0.0, np.zeros((0, 1), np.float32)))
        if known < edge_s:
            sound = self._decoded(place, 0, edge_s)
            self._heads = {place: (edge_s, sound)}
        return sound[: round(edge_s * self._rate)]

    def _tail(self, place: int, edge_s: float) -> Sound:
        """The last of a file: counted from its end, which is the same wherever decoding began."""
        _, info = self._files[place]
        sound = self._decoded(place, max(0.0, info.duration_s - edge_s - _SPARE_S), None)
        return sound[-round(edge_s * self._rate) :]

    def _decoded(self, place: int, start_s: float, length_s: float | None) -> Sound:
        path, info = self._files[place]
        source = ffmpeg.read_file(path, ss=f"{start_s:.3f}") if start_s else ffmpeg.read_file(path)
        sound = source.filter("aresample", self._rate).filter("aformat", sample_fmts="flt")
        limit = {} if length_s is None else {"t": f"{length_s:.3f}"}
        content = bytearray()
        try:
            arguments = graph.get_args(sound.output("pipe:1", f="f32le", acodec="pcm_f32le", **limit))
            ffmpeg.run(arguments, on_output=content.extend, cancel=self._cancel)
        except ffmpeg.FfmpegError as error:
            raise SoundError(f"« {path.name} » ne peut pas être décodé : {error}") from error
        whole = len(content) // (4 * info.channels) * info.channels
        return np.frombuffer(content, "<f4", whole).reshape(-1, info.channels)
