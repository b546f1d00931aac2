"""Hears each segment of an edit list once, and keeps the sums that its faults are judged by."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from bobine import ffmpeg
from bobine.master import graphs
from bobine.master.edit import RATE, Segment
from bobine.master.work import Gauge, spread_over_cores
from bobine.sound.blocks import Blocks, BlockSums

_FRAME_BYTES = 8
_AT_A_TIME = RATE * _FRAME_BYTES


def hear(source: Path, segments: Sequence[Segment], gauge: Gauge, cancel: threading.Event) -> list[Blocks]:
    """Sums over the sound of each segment as recorded, in stereo.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    gauge.step("Écoute de l'enregistrement", 0.02, sum(segment.samples for segment in segments) / RATE)

    def work(n: int) -> Blocks:
        sums = BlockSums(RATE, 2)
        waiting = bytearray()

        def take(piece: bytes) -> None:
            waiting.extend(piece)
            if len(waiting) >= _AT_A_TIME:
                give()

        def give() -> None:
            whole = len(waiting) // _FRAME_BYTES * _FRAME_BYTES
            sums.take(np.frombuffer(bytes(waiting[:whole]), np.float32).reshape(-1, 2))
            del waiting[:whole]
            gauge.add(whole / _FRAME_BYTES / RATE)

        ffmpeg.run(graphs.samples(source, segments[n]), on_output=take, cancel=cancel)
        give()
        return sums.blocks()

    found = spread_over_cores(((n, s.samples) for n, s in enumerate(segments)), work, cancel)
    return [found[n] for n in range(len(segments))]
