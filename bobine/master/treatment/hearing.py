"""Hear each segment of an edit list once: keep the sums that its faults are judged by, and how loud it is."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from bobine import ffmpeg
from bobine.master.cache.memory import Memory
from bobine.master.cache.values import as_blocks, as_reading, blocks_bytes, reading_bytes
from bobine.master.edit import RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.inputs import Sources
from bobine.master.levelling.loudness import Reading
from bobine.master.meter import InARow, Meter, Sound
from bobine.master.pieces import Pieces, joined
from bobine.master.work import Gauge, cores, spread_over_cores
from bobine.sound.blocks import Blocks, BlockSums

_LEAST_S = 10
"""Sound that takes as long as another decoder takes to begin."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A segment as recorded, in stereo.

    Attributes:
        blocks: sums over its sound.
        reading: its loudness blocks and its sample peak.
    """

    blocks: Blocks
    reading: Reading


def recall(
    memory: Memory, sources: Sources, segments: Sequence[Segment], gauge: Gauge, cancel: threading.Event
) -> list[Heard]:
    """The same as ``hear`` gives; only what was not heard before is heard.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    keys = [memory.asked(partial(graphs.samples, pieces=one.pieces)) for one in segments]
    known = [_known(memory, key) for key in keys]
    new = [n for n, found in enumerate(known) if found is None]
    parts = [replace(segments[n], follows=segments[n].follows and n - 1 in new) for n in new]
    heard = dict(zip(new, hear(sources, parts, gauge, cancel), strict=True))
    for n, one in heard.items():
        memory.cache.write(keys[n], [blocks_bytes(one.blocks)], [segments[n].item])
        memory.cache.write(memory.key("loudness", keys[n]), [reading_bytes(one.reading)], [segments[n].item])
    return [heard[n] if found is None else found for n, found in enumerate(known)]


def _known(memory: Memory, key: str) -> Heard | None:
    blocks, reading = memory.cache.read(key), memory.cache.read(memory.key("loudness", key))
    return None if blocks is None or reading is None else Heard(as_blocks(blocks), as_reading(reading))


def hear(sources: Sources, segments: Sequence[Segment], gauge: Gauge, cancel: threading.Event) -> list[Heard]:
    """Hear the sound of each segment as recorded.

    Segments that follow one another are decoded in one go, as to start a decoder costs more than ten seconds of sound;
    there are twice as many goes as cores, so that no core waits long for another, but in a short show.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
    """
    total = sum(segment.samples for segment in segments)
    gauge.step("Écoute de l'enregistrement", 0.05, total / RATE)
    goes = _goes(segments, max(total // (2 * cores()), _LEAST_S * RATE))

    def work(n: int) -> list[Heard]:
        listeners = [_Listener(segment.samples) for segment in goes[n]]
        row = InARow(listeners, gauge.add)
        pieces: Pieces = ()
        for segment in goes[n]:
            pieces = joined(pieces, segment.pieces)
        ffmpeg.run(graphs.samples(sources, pieces), on_output=row.take, cancel=cancel)
        row.end()
        return [listener.heard() for listener in listeners]

    found = spread_over_cores(((n, sum(s.samples for s in go)) for n, go in enumerate(goes)), work, cancel)
    return [heard for n in range(len(goes)) for heard in found[n]]


def _goes(segments: Sequence[Segment], longest: int) -> list[list[Segment]]:
    """The segments in runs without a cut, each ended once it is longer than ``longest`` samples."""
    found: list[list[Segment]] = []
    for segment in segments:
        if found and segment.follows and sum(one.samples for one in found[-1]) < longest:
            found[-1].append(segment)
        else:
            found.append([segment])
    return found


class _Listener:
    """Takes the sound of one segment; of one that the file does not reach, that of nothing."""

    def __init__(self, samples: int) -> None:
        self.samples = samples
        self._sums = BlockSums(RATE, 2)
        self._meter = Meter(samples)

    def take(self, sound: Sound) -> None:
        self._sums.take(sound)
        self._meter.take(sound)

    def heard(self) -> Heard:
        return Heard(self._sums.blocks(), self._meter.reading())
