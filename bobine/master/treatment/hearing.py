"""Hear each segment of an edit list once, and keep the sums that its faults are judged by."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from functools import partial

import numpy as np

from bobine import ffmpeg
from bobine.master.cache.memory import Memory
from bobine.master.cache.values import as_blocks, blocks_bytes
from bobine.master.edit import RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.inputs import Sources
from bobine.master.pieces import Pieces, joined
from bobine.master.work import Gauge, cores, spread_over_cores
from bobine.sound.blocks import Blocks, BlockSums

_FRAME_BYTES = 8
_AT_A_TIME = RATE * _FRAME_BYTES


def recall(
    memory: Memory, sources: Sources, segments: Sequence[Segment], gauge: Gauge, cancel: threading.Event
) -> list[Blocks]:
    """The same as ``hear`` gives; only what was not heard before is heard.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    keys = [memory.asked(partial(graphs.samples, pieces=one.pieces)) for one in segments]
    known = [memory.cache.read(key) for key in keys]
    new = [n for n, content in enumerate(known) if content is None]
    parts = [replace(segments[n], follows=segments[n].follows and n - 1 in new) for n in new]
    heard = dict(zip(new, hear(sources, parts, gauge, cancel), strict=True))
    for n, blocks in heard.items():
        memory.cache.write(keys[n], [blocks_bytes(blocks)], [segments[n].item])
    return [heard[n] if content is None else as_blocks(content) for n, content in enumerate(known)]


def hear(sources: Sources, segments: Sequence[Segment], gauge: Gauge, cancel: threading.Event) -> list[Blocks]:
    """Sums over the sound of each segment as recorded, in stereo.

    Segments that follow one another are decoded in one go, as to start a decoder costs more than ten seconds of sound;
    there are twice as many goes as cores, so that no core waits long for another.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    total = sum(segment.samples for segment in segments)
    gauge.step("Écoute de l'enregistrement", 0.02, total / RATE)
    goes = _goes(segments, total // (2 * cores()))

    def work(n: int) -> list[Blocks]:
        hearing = _Hearing(goes[n], gauge)
        pieces: Pieces = ()
        for segment in goes[n]:
            pieces = joined(pieces, segment.pieces)
        ffmpeg.run(graphs.samples(sources, pieces), on_output=hearing.take, cancel=cancel)
        return hearing.end()

    found = spread_over_cores(((n, sum(s.samples for s in go)) for n, go in enumerate(goes)), work, cancel)
    return [blocks for n in range(len(goes)) for blocks in found[n]]


def _goes(segments: Sequence[Segment], longest: int) -> list[list[Segment]]:
    """The segments in runs without a cut, each ended once it is longer than ``longest`` samples."""
    found: list[list[Segment]] = []
    for segment in segments:
        if found and segment.follows and sum(one.samples for one in found[-1]) < longest:
            found[-1].append(segment)
        else:
            found.append([segment])
    return found


class _Hearing:
    """Takes the samples of several segments in a row, as bytes, and sums up each by itself."""

    def __init__(self, segments: Sequence[Segment], gauge: Gauge) -> None:
        self._segments = segments
        self._gauge = gauge
        self._waiting = bytearray()
        self._done: list[Blocks] = []
        self._begin()

    def _begin(self) -> None:
        self._sums = BlockSums(RATE, 2)
        self._left = self._segments[len(self._done)].samples

    def take(self, piece: bytes) -> None:
        self._waiting += piece
        if len(self._waiting) >= _AT_A_TIME:
            self._give()

    def _give(self) -> None:
        whole = len(self._waiting) // _FRAME_BYTES * _FRAME_BYTES
        sound = np.frombuffer(bytes(self._waiting), np.float32, whole // 4).reshape(-1, 2)
        del self._waiting[:whole]
        self._gauge.add(len(sound) / RATE)
        while len(sound) >= self._left and len(self._done) + 1 < len(self._segments):
            self._sums.take(sound[: self._left])
            sound = sound[self._left :]
            self._done.append(self._sums.blocks())
            self._begin()
        self._sums.take(sound)
        self._left -= len(sound)

    def end(self) -> list[Blocks]:
        """The sums of every segment; of one that the file does not reach, those of nothing."""
        self._give()
        while len(self._done) < len(self._segments):
            self._done.append(self._sums.blocks())
            self._sums = BlockSums(RATE, 2)
        return self._done
