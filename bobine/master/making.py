"""Make one segment at a time: measured, encoded; taken from the cache where it is known.

Each function needs the segment, its neighbours and their levels, and nothing else of the show: a segment may be made as
soon as those are known, and is found again by whoever masters the whole.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class ToMake:
    """A segment to encode.

    Attributes:
        n: which one.
        levels: of each segment.
        codec: how.
        key: as ``Maker.key`` gives it.
    """

    n: int
    levels: Sequence[Level]
    codec: Codec
    key: str


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

    def made(self, n: int, codec: Codec, key: str) -> Made | None:
        """The frames of a segment from the cache; None where they are not in it."""
        path = frames_path(self._folder, codec.format, n)
        if not self._memory.cache.fetch(key, path):
            return None
        try:
            return Made(key, Frames(path), encoded=False)
        except (DamagedEntryError, struct.error):
            path.unlink()
            return None

    def make(self, wanted: Sequence[ToMake]) -> list[Made]:
        """Encode the frames of segments, side by side in one go: each gets the frames that it would get alone.

        Raises:
            ToolError: if the encoder does not give such frames.
            Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
            OSError: if they cannot be written.
        """
        paths = [self._folder / f"{one.codec.format.value}-{one.n:03d}.encoded" for one in wanted]
        encodings = [
            graphs.Encoding(one.n, one.levels, one.codec, ffmpeg.local_file(path))
            for one, path in zip(wanted, paths, strict=True)
        ]
        clock = _Clock([self._segments[one.n].samples / RATE for one in wanted], self._gauge)
        arguments = graphs.encode_all(self._sources, self._segments, encodings, self._plan)
        ffmpeg.run(arguments, on_output=clock.take, cancel=self._cancel)
        clock.end()
        return [self._kept(one, path) for one, path in zip(wanted, paths, strict=True)]

    def _kept(self, one: ToMake, encoded: Path) -> Made:
        """The segment's own frames out of what was encoded, kept for the next time."""
        frames = one.codec.split(encoded.read_bytes())
        encoded.unlink()
        del frames[: graphs.frames_before(self._segments, one.n, one.codec)]
        if one.n + 1 < len(self._segments):
            del frames[self._segments[one.n].samples // one.codec.frame :]
        path = frames_path(self._folder, one.codec.format, one.n)
        found = write_frames(path, frames, self._heard(one.n, one.codec))
        self._memory.cache.keep(one.key, path)
        return Made(one.key, found, encoded=True)

    def _heard(self, n: int, codec: Codec) -> list[str]:
        """The items whose sound a segment is encoded from: its own, and the neighbours' around it."""
        start, end = graphs.encoded_span(self._segments, n, codec)
        return [one.item for one in self._segments if one.start < end and one.end > start]


class _Clock:
    """Reads how far segments are that are encoded side by side: all of them as far as the one that is furthest."""

    def __init__(self, lengths_s: Sequence[float], gauge: Gauge) -> None:
        self._lengths_s = lengths_s
        self._gauge = gauge
        self._told_s = 0.0
        self._rest = b""

    def take(self, piece: bytes) -> None:
        """Read what ffmpeg says of its progress."""
        *lines, self._rest = (self._rest + piece).split(b"\n")
        for line in lines:
            name, _, value = line.partition(b"=")
            if name == b"out_time_us" and value.strip().isdigit():
                self._tell(int(value) / 1e6)

    def end(self) -> None:
        """All of it is done."""
        self._tell(max(self._lengths_s))

    def _tell(self, at_s: float) -> None:
        done_s = sum(min(at_s, length_s) for length_s in self._lengths_s)
        if done_s > self._told_s:
            self._gauge.add(done_s - self._told_s)
            self._told_s = done_s
