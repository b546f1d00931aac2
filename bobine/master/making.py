"""Make one segment at a time: measured, encoded; taken from the cache where it is known.

Each function needs the segment, its neighbours and their levels, and nothing else of the show: a segment may be made as
soon as those are known, and is found again by whoever masters the whole.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bobine import ffmpeg
from bobine.master.cache.entries import DamagedEntryError
from bobine.master.cache.memory import Memory
from bobine.master.decoded import Verifier
from bobine.master.edit import RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Codec
from bobine.master.encoding.frames import Frames, Made, frames_path, write_frames
from bobine.master.encoding.inputs import Sources
from bobine.master.levelling.levels import Level
from bobine.master.levelling.loudness import Reading
from bobine.master.meter import InARow, Meter
from bobine.master.pieces import Join
from bobine.master.treatment.plan import Patches
from bobine.master.work import Gauge


class Maker:
    """Makes the segments of one edit list; any thread may use it.

    Attributes:
        verifier: measures what was made.
    """

    def __init__(
        self,
        sources: Mapping[str | Join, Path],
        segments: tuple[Segment, ...],
        plan: Patches,
        memory: Memory,
        folder: Path,
        gauge: Gauge,
        cancel: threading.Event,
    ) -> None:
        """Begin.

        Args:
            sources: a 48 kHz PCM file for each sound.
            segments: the edit list.
            plan: the treatment of each stretch.
            memory: what was made before.
            folder: an existing folder for the frames.
            gauge: told how far the work is.
            cancel: once set, the work stops.
        """
        self._sources, self._segments, self._plan = sources, segments, plan
        self._memory, self._folder, self._gauge, self._cancel = memory, folder, gauge, cancel
        self.verifier = Verifier(segments, memory, folder, gauge, cancel)

    def treats(self, n: int) -> bool:
        """Whether any of a segment's sound is treated."""
        segment = self._segments[n]
        return any(patch.start < segment.end and patch.end > segment.start for patch in self._plan)

    def treated(self, n: int) -> Reading:
        """Loudness blocks and sample peak of a segment, treated and not yet levelled."""
        return self._read(n, lambda sources: graphs.treated(sources, self._segments[n], self._plan))

    def limited(self, n: int, levels: Sequence[Level]) -> Reading:
        """The same after gain and limiter, before any encoder."""
        return self._read(n, lambda sources: graphs.limited(sources, self._segments, levels, n, self._plan))

    def _read(self, n: int, graph: Callable[[Sources], list[str]]) -> Reading:
        def work() -> Reading:
            meter = Meter(self._segments[n].samples)
            row = InARow([meter], self._gauge.add)
            ffmpeg.run(graph(self._sources), on_output=row.take, cancel=self._cancel)
            row.end()
            return meter.reading()

        return self._memory.reading(self._memory.asked(graph), [self._segments[n].item], work)

    def key(self, n: int, levels: Sequence[Level], codec: Codec) -> str:
        """The key of a segment's frames: the same for the same frames."""
        is_last = n + 1 == len(self._segments)
        skip = graphs.frames_before(self._segments, n, codec)
        count = 0 if is_last else self._segments[n].samples // codec.frame
        graph = self._memory.asked(
            lambda sources: graphs.encode(sources, self._segments, levels, n, codec, self._plan)[0]
        )
        return self._memory.key("frames", graph, skip, count)

    def make(self, n: int, levels: Sequence[Level], codec: Codec, key: str) -> Made:
        """The frames of a segment, encoded where they are not in the cache.

        Raises:
            ToolError: if the encoder does not give such frames.
            Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
            OSError: if they cannot be written.
        """
        path = frames_path(self._folder, codec.format, n)
        if self._memory.cache.fetch(key, path):
            try:
                found = Frames(path)
            except (DamagedEntryError, struct.error):
                path.unlink()
            else:
                self._gauge.add(self._segments[n].samples / RATE)
                return Made(key, found, encoded=False)
        frames = write_frames(path, self._encode(n, levels, codec), self._heard(n, codec))
        self._memory.cache.keep(key, path)
        return Made(key, frames, encoded=True)

    def _encode(self, n: int, levels: Sequence[Level], codec: Codec) -> list[bytes]:
        arguments, skip = graphs.encode(self._sources, self._segments, levels, n, codec, self._plan)
        pieces: list[bytes] = []
        rate = codec.kbps * 125

        def take(piece: bytes) -> None:
            pieces.append(piece)
            self._gauge.add(len(piece) / rate)

        ffmpeg.run(arguments, on_output=take, cancel=self._cancel)
        stream = b"".join(pieces)
        pieces.clear()
        frames = codec.split(stream)
        del stream
        is_last = n + 1 == len(self._segments)
        del frames[:skip]
        if not is_last:
            del frames[self._segments[n].samples // codec.frame :]
        return frames

    def _heard(self, n: int, codec: Codec) -> list[str]:
        """The items whose sound a segment is encoded from: its own, and the neighbours' around it."""
        start, end = graphs.encoded_span(self._segments, n, codec)
        return [one.item for one in self._segments if one.start < end and one.end > start]
