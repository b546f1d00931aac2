"""Run a measurement and read ffmpeg's ebur128 figures from its output, frame by frame."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence

from bobine import ffmpeg
from bobine.master.edit import RATE
from bobine.master.levelling.loudness import BLOCK_S, HOP_S, Reading
from bobine.master.peaks import Loudest

_BLOCK_FRAMES = round(BLOCK_S / HOP_S)
_SHORT_TERM_FRAMES = 30
_PREFIX = b"lavfi.r128."


class _Parser:
    """Takes the metadata that ``ametadata`` prints, in pieces of any size."""

    def __init__(self, context_frames: int, on_frames: Callable[[int], None]) -> None:
        self._rest = b""
        self._context_frames = context_frames
        self._on_frames = on_frames
        self.momentary: list[float] = []
        self.short_term: list[float] = []
        self.peak = 0.0
        self.context_peak = 0.0

    def take(self, piece: bytes) -> None:
        """Read one more piece of output."""
        before = len(self.momentary)
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            if not line.startswith(_PREFIX):
                continue
            name, _, value = line[len(_PREFIX) :].partition(b"=")
            if name == b"M":
                self.momentary.append(_number(value))
            elif name == b"S":
                self.short_term.append(_number(value))
            elif b"peaks_ch" in name:
                # peaks are those since the beginning: the context's are told apart by where they stood at its end
                self.peak = max(self.peak, _number(value))
                if len(self.momentary) <= self._context_frames:
                    self.context_peak = self.peak
        self._on_frames(len(self.momentary) - before)

    def reading(self, peak_db: float) -> Reading:
        """The reading of what follows the context."""
        return Reading(
            tuple(self.momentary[max(self._context_frames, _BLOCK_FRAMES - 1) :]),
            tuple(self.short_term[max(self._context_frames, _SHORT_TERM_FRAMES - 1) :]),
            peak_db,
        )


def _number(text: bytes) -> float:
    value = float(text)
    return -math.inf if math.isnan(value) else value


def measure(
    arguments: Sequence[str],
    *,
    context_frames: int = 0,
    feed: bytes | None = None,
    cancel: threading.Event | None = None,
    on_seconds: Callable[[float], None] = lambda _: None,
) -> Reading:
    """Run a measuring graph and read its blocks.

    Args:
        arguments: from ``graphs.measure_…``.
        context_frames: frames of 100 ms at the head that only give the blocks after them something to look back on;
            without any, the blocks that look back before the first sample are dropped.
        feed: bytes for standard input.
        cancel: once set, the measurement is stopped.
        on_seconds: told of each stretch measured, in seconds.

    Returns:
        The reading of what follows the context. Its peak is −inf where the context's is higher: that one is the
        neighbour's to answer for.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    parser = _Parser(context_frames, lambda frames: on_seconds(frames * HOP_S))
    ffmpeg.run(arguments, feed=feed, on_output=parser.take, cancel=cancel)
    has_peak = parser.peak > (parser.context_peak if context_frames else 0.0)
    return parser.reading(_db(parser.peak) if has_peak else -math.inf)


def measure_decoded(
    arguments: Sequence[str],
    *,
    context_frames: int,
    feed: bytes,
    of_stretches: Sequence[str],
    of_whole: Sequence[str],
    cancel: threading.Event | None = None,
    on_seconds: Callable[[float], None] = lambda _: None,
) -> Reading:
    """Measure an encoded stream: loudness blocks of all of it, the true peak where it can be.

    Args:
        arguments: from ``graphs.measure_encoded``.
        context_frames: as ``measure`` takes it.
        feed: the stream.
        of_stretches: from ``graphs.measure_peak``.
        of_whole: from ``graphs.measure_whole_peak``, for sound that is about as loud everywhere.
        cancel: once set, the measurement is stopped.
        on_seconds: told of each stretch measured, in seconds.

    Returns:
        The reading of what follows the context; of its peak, what the true peak is.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    parser = _Parser(context_frames, lambda frames: on_seconds(frames * HOP_S))
    loudest = Loudest(round(context_frames * HOP_S * RATE))
    ffmpeg.run(arguments, feed=feed, on_output=loudest.take, on_log=parser.take, cancel=cancel)
    stretches = loudest.stretches()
    if loudest.too_many:
        return parser.reading(measure(of_whole, context_frames=context_frames, feed=feed, cancel=cancel).peak_db)
    peak = measure(of_stretches, feed=stretches, cancel=cancel).peak_db if stretches else -math.inf
    return parser.reading(peak)


def _db(amplitude: float) -> float:
    return 20 * math.log10(amplitude)
