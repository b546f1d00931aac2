"""Measure encoded segments, decoded, where they stand in the joined stream: several in one go."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine import ffmpeg
from bobine.master.cache.memory import Memory
from bobine.master.edit import Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Codec
from bobine.master.encoding.frames import Made
from bobine.master.levelling.kweighting import HOP
from bobine.master.levelling.loudness import Reading
from bobine.master.meter import InARow, Meter
from bobine.master.work import Gauge

_CONTEXT_HOPS = 30
"""Tenths of a second before a segment that its first blocks look back on."""


@dataclass(frozen=True, slots=True)
class _Place:
    """The stretch of frames that is decoded to measure a segment.

    Attributes:
        first: the first frame.
        last: one past the last frame.
        skip: samples of the decoded sound before the context.
        context_hops: tenths of a second of context before the segment.
    """

    first: int
    last: int
    skip: int
    context_hops: int


@dataclass(frozen=True, slots=True)
class ToVerify:
    """A segment to measure.

    Attributes:
        n: which one.
        codec: how it is encoded.
        key: as ``Verifier.key`` gives it.
        made: at least the segments that are ``needed``.
    """

    n: int
    codec: Codec
    key: str
    made: Mapping[int, Made]


class Verifier:
    """Measures the encoded segments of one edit list; any thread may use it."""

    def __init__(
        self, segments: tuple[Segment, ...], memory: Memory, folder: Path, gauge: Gauge, cancel: threading.Event
    ) -> None:
        """Begin.

        Args:
            segments: the edit list.
            memory: what was measured before.
            folder: an existing folder for what is decoded.
            gauge: told how far the work is.
            cancel: once set, the work stops.
        """
        self._segments, self._memory = segments, memory
        self._folder, self._gauge, self._cancel = folder, gauge, cancel

    def needed(self, n: int, codec: Codec) -> list[int]:
        """The segments whose frames are decoded to measure one where it stands."""
        place = self._place(n, codec)
        first, last = place.first * codec.frame, place.last * codec.frame
        return [k for k, one in enumerate(self._segments) if one.start < last and one.end > first]

    def key(self, n: int, codec: Codec, keys: Mapping[int, str]) -> str:
        """The key of a segment's reading in the joined stream.

        Args:
            n: which one.
            codec: how it is encoded.
            keys: the keys of the frames of at least those that are ``needed``.
        """
        place = self._place(n, codec)
        frames = []
        for k in self.needed(n, codec):
            start = self._segments[k].start // codec.frame
            frames.append((keys[k], max(0, place.first - start), place.last - start))
        return self._memory.key("verified", codec, frames, place.skip, place.context_hops, self._segments[n].samples)

    def known(self, key: str) -> Reading | None:
        """A reading that needs no work; None where it does."""
        return self._memory.known_reading(key)

    def verify(self, wanted: Sequence[ToVerify]) -> list[Reading]:
        """The readings of segments where they stand in the joined stream, decoded; peaks in dBTP.

        Each is decoded by itself: its reading does not depend on which others are measured in the same go.

        Raises:
            Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
            OSError: if the folder cannot be written.
        """
        streams, meters = [], []
        for one in wanted:
            place = self._place(one.n, one.codec)
            meter = Meter(self._segments[one.n].samples, context_hops=place.context_hops, true_peak=True)
            path = self._folder / f"{one.codec.format.value}-{one.n:03d}.stream"
            self._write(path, one, place)
            streams.append(graphs.Stream(path, one.codec, place.skip, meter.samples))
            meters.append(meter)
        row = InARow(meters, self._gauge.add)
        ffmpeg.run(graphs.decode(streams), on_output=row.take, cancel=self._cancel)
        row.end()
        readings = [meter.reading() for meter in meters]
        for one, stream, reading in zip(wanted, streams, readings, strict=True):
            stream.path.unlink()
            self._memory.keep_reading(one.key, reading, [self._segments[k].item for k in self.needed(one.n, one.codec)])
        return readings

    def _write(self, path: Path, one: ToVerify, place: _Place) -> None:
        frames: list[bytes] = []
        for k in self.needed(one.n, one.codec):
            start = self._segments[k].start // one.codec.frame
            frames += one.made[k].frames.part(place.first - start, place.last - start)
        with path.open("wb") as file:
            file.writelines(one.codec.wrap(frames, len(frames), len(frames) * one.codec.frame))

    def _place(self, n: int, codec: Codec) -> _Place:
        segment = self._segments[n]
        context = min(_CONTEXT_HOPS, segment.start // HOP)
        start = segment.start - context * HOP
        first = max(0, start // codec.frame - codec.warm_up)
        last = segment.end // codec.frame + codec.look_ahead
        return _Place(first, last, start + codec.delay - first * codec.frame, context)
