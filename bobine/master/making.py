"""Make one segment at a time: measured, encoded, verified where it stands; taken from the cache where it is known.

Each function needs the segment, its neighbours and their levels, and nothing else of the show: a segment may be made as
soon as those are known, and is found again by whoever masters the whole.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine import ffmpeg
from bobine.master.cache.entries import DamagedEntryError
from bobine.master.cache.memory import Memory
from bobine.master.edit import RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Codec
from bobine.master.encoding.frames import Frames, frames_path, write_frames
from bobine.master.levelling.levels import Level
from bobine.master.levelling.loudness import HOP_S, Reading
from bobine.master.meter import measure, measure_decoded
from bobine.master.pieces import Join
from bobine.master.treatment.plan import Patches
from bobine.master.work import Gauge

_CONTEXT_FRAMES = 30
_HOP = round(HOP_S * RATE)


@dataclass(frozen=True, slots=True)
class Made:
    """An encoded segment.

    Attributes:
        key: the key of what was asked for.
        frames: its frames.
        encoded: whether it was encoded just now, rather than found in the cache.
    """

    key: str
    frames: Frames
    encoded: bool


class Maker:
    """Makes the segments of one edit list; any thread may use it."""

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

    def measured(self, n: int) -> Reading:
        """Loudness blocks and sample peaks of a segment, treated and not yet levelled."""
        segment = self._segments[n]
        key = self._memory.asked(lambda sources: graphs.measure_source(sources, segment, self._plan))
        return self._memory.reading(
            key, [segment.item], lambda: self._measure(graphs.measure_source(self._sources, segment, self._plan))
        )

    def treated(self, n: int, levels: Sequence[Level]) -> Reading:
        """The same after gain and limiter, before any encoder."""
        key = self._memory.asked(lambda sources: graphs.measure_treated(sources, self._segments, levels, n, self._plan))
        return self._memory.reading(
            key,
            [self._segments[n].item],
            lambda: self._measure(graphs.measure_treated(self._sources, self._segments, levels, n, self._plan)),
        )

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

    def needed(self, n: int, codec: Codec) -> list[int]:
        """The segments whose frames are decoded to verify one where it stands."""
        first, last = (frame * codec.frame for frame in self._frames_around(n, codec)[:2])
        return [k for k, one in enumerate(self._segments) if one.start < last and one.end > first]

    def verified_key(self, n: int, codec: Codec, keys: Mapping[int, str]) -> str:
        """The key of a segment's reading in the joined stream.

        Args:
            n: which one.
            codec: how it is encoded.
            keys: the keys of the frames of at least those that are ``needed``.
        """
        first, last, skip, context = self._frames_around(n, codec)
        places = []
        for k in self.needed(n, codec):
            start = self._segments[k].start // codec.frame
            places.append((keys[k], max(0, first - start), last - start))
        return self._memory.key("verified", places, self._decoding(n, codec, skip, context), context)

    def verified(self, n: int, codec: Codec, key: str, made: Mapping[int, Made]) -> Reading:
        """The reading of a segment where it stands in the joined stream, decoded; peaks in dBTP.

        Args:
            n: which one.
            codec: how it is encoded.
            key: as ``verified_key`` gives it.
            made: at least the segments that are ``needed``.
        """
        first, last, skip, context = self._frames_around(n, codec)
        around = self.needed(n, codec)

        def work() -> Reading:
            frames: list[bytes] = []
            for k in around:
                start = self._segments[k].start // codec.frame
                frames += made[k].frames.part(first - start, last - start)
            feed = b"".join(codec.wrap(frames, len(frames), len(frames) * codec.frame))
            whole = graphs.measure_whole_peak(codec, skip, context * _HOP + self._segments[n].samples)
            return measure_decoded(
                self._decoding(n, codec, skip, context),
                context_frames=context,
                feed=feed,
                of_stretches=graphs.measure_peak(),
                of_whole=whole,
                cancel=self._cancel,
                on_seconds=self._gauge.add,
            )

        return self._memory.reading(key, [self._segments[k].item for k in around], work)

    def known(self, key: str) -> Reading | None:
        """A reading that needs no work; None where it does."""
        return self._memory.known_reading(key)

    def _frames_around(self, n: int, codec: Codec) -> tuple[int, int, int, int]:
        """First and last frame that are decoded, samples that come out before the context, and hops of context."""
        segment = self._segments[n]
        context = min(_CONTEXT_FRAMES, segment.start // _HOP)
        first = segment.start - context * _HOP
        first_frame = max(0, first // codec.frame - codec.warm_up)
        last_frame = segment.end // codec.frame + codec.look_ahead
        return first_frame, last_frame, first + codec.delay - first_frame * codec.frame, context

    def _decoding(self, n: int, codec: Codec, skip: int, context: int) -> list[str]:
        return graphs.measure_encoded(codec, skip, context * _HOP + self._segments[n].samples)

    def _measure(self, arguments: list[str]) -> Reading:
        return measure(arguments, cancel=self._cancel, on_seconds=self._gauge.add)
