"""Render the podcast: every segment measured, levelled, limited, encoded and verified by itself, then joined."""

from __future__ import annotations

import itertools
import threading
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

from bobine import ffmpeg
from bobine.master.edit import RATE, Segment
from bobine.master.encoding import graphs
from bobine.master.encoding.codecs import Codec, codec
from bobine.master.encoding.frames import Frames
from bobine.master.encoding.inputs import Sources
from bobine.master.levelling.levels import Level, Settling, Source, first_gains, heard_voice, item_targets
from bobine.master.levelling.loudness import HOP_S, Reading, merged
from bobine.master.meter import measure
from bobine.master.treatment.plan import Patches
from bobine.master.work import Gauge, spread_over_cores
from bobine.model.show import AudioFormat, Sound

_MOST_ROUNDS = 60
_CONTEXT_FRAMES = 30
_HOP = round(HOP_S * RATE)


@dataclass(slots=True)
class Track:
    """One format on its way: what was last asked of each segment, and what came of it."""

    codec: Codec
    levels: list[Level]
    asked: list[list[str]] = field(default_factory=list)
    frames: dict[int, Frames] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.asked = [[] for _ in self.levels]
        self.readings = [Reading((), (), 0.0) for _ in self.levels]


@dataclass(frozen=True, slots=True)
class Rendered:
    """One format, rendered.

    Attributes:
        format: which one.
        path: the encoded file, without tags.
        whole: the reading of the whole decoded stream, peaks in dBTP.
        items: the reading of each segment in it.
        voices_lufs: how loud each segment's voice (or music) is in it, LUFS; None for silence.
        gains_db: the gain that each segment got, dB.
        kbps: nominal bit rate, kb/s.
    """

    format: AudioFormat
    path: Path
    whole: Reading
    items: tuple[Reading, ...]
    voices_lufs: tuple[float | None, ...]
    gains_db: tuple[float, ...]
    kbps: int


class Renderer:
    """Renders one edit list; holds what its steps share."""

    def __init__(
        self,
        sources: Sources,
        segments: tuple[Segment, ...],
        sound: Sound,
        folder: Path,
        gauge: Gauge,
        cancel: threading.Event,
        plan: Patches = (),
    ) -> None:
        self._sources = sources
        self._plan = plan
        self._folder = folder
        self._segments = segments
        self._sound = sound
        self._gauge = gauge
        self._cancel = cancel
        self._total_s = sum(segment.samples for segment in segments) / RATE

    def measure_source(self) -> list[Reading]:
        """Loudness blocks and sample peaks of each segment, treated and not yet levelled."""
        self._gauge.step("Mesure de l'enregistrement", 0.06, self._total_s)

        def work(n: int) -> Reading:
            arguments = graphs.measure_source(self._sources, self._segments[n], self._plan)
            return measure(arguments, cancel=self._cancel, on_seconds=self._gauge.add)

        found = spread_over_cores(((n, s.samples) for n, s in enumerate(self._segments)), work, self._cancel)
        return [found[n] for n in range(len(self._segments))]

    def render(self, sources: list[Source], formats: tuple[AudioFormat, ...]) -> list[Rendered]:
        """Encode every format, correcting levels until the decoded sound is where it should be; write the files."""
        gains = first_gains(sources, self._sound)
        targets = item_targets(sources, gains)
        codecs = [codec(wanted, self._sound) for wanted in formats]
        gains = self._gains_through_limiter(sources, gains, targets, fmean(one.first_ceiling_db for one in codecs))
        tracks, loops = [], []
        for one in codecs:
            levels = _levels(sources, gains, one.first_ceiling_db)
            tracks.append(Track(one, levels))
            loops.append(Settling(levels, sources, targets, self._sound))
        for turn in range(_MOST_ROUNDS):
            changed = self._encode(tracks, first=turn == 0)
            self._verify(tracks, changed, first=turn == 0)
            moved = [loop.take(track.readings) for loop, track in zip(loops, tracks, strict=True)]
            if not any(moved) or turn + 1 == _MOST_ROUNDS:
                break
            for loop, track in zip(loops, tracks, strict=True):
                track.levels = loop.levels
        return [self._joined(track, sources) for track in tracks]

    def _gains_through_limiter(
        self, sources: list[Source], gains: list[float], targets: list[float | None], ceiling_db: float
    ) -> list[float]:
        """The gains, raised by what the limiter takes from the segments that it works on."""
        found = list(gains)
        levels = _levels(sources, gains, ceiling_db)
        limited = [n for n, one in enumerate(sources) if one.peak_db + gains[n] > ceiling_db]
        lengths = {n: self._segments[n].samples for n in limited}
        self._gauge.step("Réglage des niveaux", 0.04, sum(lengths.values()) / RATE)

        def work(n: int) -> Reading:
            arguments = graphs.measure_treated(self._sources, self._segments, levels, n, self._plan)
            return measure(arguments, cancel=self._cancel, on_seconds=self._gauge.add)

        for n, reading in spread_over_cores(lengths.items(), work, self._cancel).items():
            target, heard = targets[n], heard_voice(reading, sources[n].ride)
            if target is not None and heard is not None:
                found[n] = gains[n] + target - heard
        return found

    def _encode(self, tracks: list[Track], *, first: bool) -> dict[tuple[int, int], float]:
        """Encode the segments whose treatment changed; gives their keys (track, segment) and lengths."""
        asked = {}
        for t, track in enumerate(tracks):
            for n in range(len(self._segments)):
                arguments, skip = graphs.encode(self._sources, self._segments, track.levels, n, track.codec, self._plan)
                if arguments != track.asked[n]:
                    asked[t, n] = (arguments, skip)
        lengths = {(t, n): float(self._segments[n].samples) for t, n in asked}
        label = "Encodage" if first else "Correction des niveaux"
        self._gauge.step(label, 0.6 if first else 0.01, sum(lengths.values()) / RATE)

        def work(key: tuple[int, int]) -> Frames:
            arguments, skip = asked[key]
            return self._encode_one(tracks[key[0]].codec, key[1], arguments, skip)

        for (t, n), frames in spread_over_cores(lengths.items(), work, self._cancel).items():
            tracks[t].frames[n] = frames
            tracks[t].asked[n] = asked[t, n][0]
        return lengths

    def _encode_one(self, encoding: Codec, n: int, arguments: list[str], skip: int) -> Frames:
        segment = self._segments[n]
        pieces: list[bytes] = []
        rate = encoding.kbps * 125

        def take(piece: bytes) -> None:
            pieces.append(piece)
            self._gauge.add(len(piece) / rate)

        ffmpeg.run(arguments, on_output=take, cancel=self._cancel)
        stream = b"".join(pieces)
        pieces.clear()
        frames = encoding.split(stream)
        del stream
        is_last = n + 1 == len(self._segments)
        del frames[:skip]
        if not is_last:
            del frames[segment.samples // encoding.frame :]
        return Frames(self._folder / f"{encoding.format.value}-{n:03d}.frames", frames)

    def _verify(self, tracks: list[Track], changed: dict[tuple[int, int], float], *, first: bool) -> None:
        """Measure the changed segments, and those right after them, where they stand in the joined stream, decoded."""
        last = len(self._segments) - 1
        after = {(t, n + 1): float(self._segments[n + 1].samples) for t, n in changed if n < last}
        lengths = {**after, **changed}
        self._gauge.step("Vérification", 0.27 if first else 0.01, sum(lengths.values()) / RATE)

        def work(key: tuple[int, int]) -> Reading:
            return self._verify_one(tracks[key[0]], key[1])

        for (t, n), reading in spread_over_cores(lengths.items(), work, self._cancel).items():
            tracks[t].readings[n] = reading

    def _verify_one(self, track: Track, n: int) -> Reading:
        segment, encoding = self._segments[n], track.codec
        context = min(_CONTEXT_FRAMES, segment.start // _HOP)
        first = segment.start - context * _HOP
        first_frame = max(0, first // encoding.frame - encoding.warm_up)
        last_frame = segment.end // encoding.frame + encoding.look_ahead
        frames = self._part(track, first_frame, last_frame)
        skip = first + encoding.delay - first_frame * encoding.frame
        arguments = graphs.measure_encoded(encoding, skip, context * _HOP + segment.samples)
        feed = b"".join(encoding.wrap(frames, len(frames), len(frames) * encoding.frame))
        return measure(arguments, context_frames=context, feed=feed, cancel=self._cancel, on_seconds=self._gauge.add)

    def _part(self, track: Track, first: int, last: int) -> list[bytes]:
        """Frames ``first`` to ``last`` of the joined stream."""
        found: list[bytes] = []
        position = 0
        for n in range(len(self._segments)):
            frames = track.frames[n]
            if position < last and position + len(frames) > first:
                found += frames.part(first - position, last - position)
            position += len(frames)
        return found

    def _joined(self, track: Track, sources: list[Source]) -> Rendered:
        path = self._folder / f"podcast.{track.codec.format.value}"
        segments = [track.frames[n] for n in range(len(self._segments))]
        frames, count = itertools.chain.from_iterable(segments), sum(map(len, segments))
        with path.open("wb") as file:
            file.writelines(track.codec.wrap(frames, count, self._segments[-1].end))
        return Rendered(
            format=track.codec.format,
            path=path,
            whole=merged(track.readings),
            items=tuple(track.readings),
            voices_lufs=tuple(
                heard_voice(*pair) for pair in zip(track.readings, (one.ride for one in sources), strict=True)
            ),
            gains_db=tuple(level.gain_db for level in track.levels),
            kbps=track.codec.kbps,
        )


def _levels(sources: list[Source], gains: list[float], ceiling_db: float) -> list[Level]:
    return [Level(gain, ceiling_db, one.ride.curve) for one, gain in zip(sources, gains, strict=True)]
