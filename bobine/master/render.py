"""Render the podcast: every segment measured, levelled, limited, encoded and verified by itself, then joined."""

from __future__ import annotations

import itertools
import math
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import TypeVar

from bobine.master.cache.cache import Cache
from bobine.master.decoded import ToVerify
from bobine.master.edit import RATE, Segment
from bobine.master.encoding.codecs import Codec, codec
from bobine.master.encoding.frames import Made
from bobine.master.levelling.levels import Level, Settling, Source, first_gains, heard_voice, item_targets, on_grid
from bobine.master.levelling.loudness import Reading, merged
from bobine.master.making import Maker, ToMake
from bobine.master.work import Gauge, shares, spread_over_cores
from bobine.model.show import AudioFormat, Sound

_MOST_ROUNDS = 60
_MOST_IN_A_GO = 12
"""Segments that one encoding or decoding process takes: it holds all of them open."""

_LEAST_TO_ENCODE_S, _LEAST_TO_DECODE_S = 10, 40
"""Sound that takes as long as another process takes to begin."""

_TAKES_LITTLE_DB = 3.0
"""Peaks that stand no further above the ceiling lose too little to be worth measuring what the limiter takes."""

Place = tuple[int, int]
"""A segment of a track: the track's number, and the segment's."""

Value = TypeVar("Value")


@dataclass(slots=True)
class Track:
    """One format on its way: what was last asked of each segment, and what came of it."""

    codec: Codec
    levels: list[Level]
    asked: dict[int, str] = field(default_factory=dict)
    made: dict[int, Made] = field(default_factory=dict)
    readings: list[Reading] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.readings = [Reading((), (), -math.inf) for _ in self.levels]


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
    """Renders one edit list; holds what its steps share.

    Attributes:
        known: how many segments, from the first, are there for good. Where that is not all of them, only those are
            made whose neighbours are among them, and nothing is judged that the whole show decides.
    """

    def __init__(
        self,
        maker: Maker,
        segments: tuple[Segment, ...],
        sound: Sound,
        folder: Path,
        gauge: Gauge,
        cancel: threading.Event,
        known: int | None = None,
    ) -> None:
        self._maker = maker
        self._folder = folder
        self._segments = segments
        self._sound = sound
        self._gauge = gauge
        self._cancel = cancel
        self.known = len(segments) if known is None else known
        self._goes_on = known is not None
        self._makeable = range(self.known - 1 if self._goes_on else self.known)

    def render(self, sources: list[Source], formats: tuple[AudioFormat, ...], cache: Cache) -> list[Rendered]:
        """Encode every format, correcting levels until the decoded sound is where it should be; write the files.

        Args:
            sources: the segments as recorded, with their curves.
            formats: what to make.
            cache: told how many segments it spared.
        """
        tracks = self.settle(sources, formats)
        made = [one for track in tracks for one in track.made.values()]
        cache.encoded = sum(one.encoded for one in made)
        cache.reused = len(made) - cache.encoded
        return [self._joined(track, sources) for track in tracks]

    def settle(self, sources: list[Source], formats: tuple[AudioFormat, ...]) -> list[Track]:
        """Encode every format, correcting levels until the decoded sound is where it should be.

        Args:
            sources: the segments as recorded, with their curves; silence for those that are not known yet.
            formats: what to make.
        """
        gains = first_gains(sources, self._sound)
        targets = item_targets(sources, gains)
        codecs = [codec(wanted, self._sound) for wanted in formats]
        # what is not known yet is taken to be as loud as what comes before it: the ramp to it is level
        gains[self.known :] = gains[self.known - 1 : self.known] * (len(gains) - self.known)
        gains = self._gains_through_limiter(sources, gains, targets, fmean(one.first_ceiling_db for one in codecs))
        tracks, loops = [], []
        for one in codecs:
            levels = _levels(sources, gains, one.first_ceiling_db)
            tracks.append(Track(one, levels))
            loops.append(Settling(levels, sources, targets, self._sound, goes_on=self._goes_on))
        for turn in range(_MOST_ROUNDS):
            judged = [self._judged(track.codec, turn) for track in tracks]
            self._verify(tracks, self._ask(tracks), judged, first=turn == 0)
            moved = [loop.take(track.readings, n) for loop, track, n in zip(loops, tracks, judged, strict=True)]
            if not any(moved) or turn + 1 == _MOST_ROUNDS:
                break
            for loop, track in zip(loops, tracks, strict=True):
                track.levels = loop.levels
        self._make(tracks, [(t, n) for t in range(len(tracks)) for n in self._makeable], first=False)
        return tracks

    def settled(self, formats: tuple[AudioFormat, ...]) -> int:
        """The number of segments, from the first, that can be verified where they stand, in every format."""
        return min(self._judged(codec(wanted, self._sound), 0) for wanted in formats)

    def _judged(self, one: Codec, turn: int) -> int:
        """The number of segments, from the first, that can be judged in a round as if all were there.

        How one sounds at its end depends on the next one, whose own correction is not known where that one cannot be
        judged: each round there is one less.
        """
        if not self._goes_on:
            return self.known
        found = sum(all(k in self._makeable for k in self._maker.verifier.needed(n, one)) for n in self._makeable)
        return max(0, found - turn)

    def _gains_through_limiter(
        self, sources: list[Source], gains: list[float], targets: list[float | None], ceiling_db: float
    ) -> list[float]:
        """The gains, raised by what the limiter takes from the segments that it works on."""
        found = list(gains)
        levels = _levels(sources, gains, ceiling_db)
        limited = [n for n, one in enumerate(sources) if one.peak_db + gains[n] > ceiling_db + _TAKES_LITTLE_DB]
        lengths = {n: self._segments[n].samples for n in limited}
        self._gauge.step("Réglage des niveaux", 0.04, sum(lengths.values()) / RATE)

        def work(n: int) -> Reading:
            return self._maker.limited(n, levels)

        for n, reading in spread_over_cores(lengths.items(), work, self._cancel).items():
            target, heard = targets[n], heard_voice(reading, sources[n].ride)
            if target is not None and heard is not None:
                found[n] = on_grid(gains[n] + target - heard)
        return found

    def _ask(self, tracks: list[Track]) -> list[tuple[int, int]]:
        """Work out what is wanted of each segment; gives those (track, segment) of which it is something new."""
        changed = []
        for t, track in enumerate(tracks):
            for n in self._makeable:
                key = self._maker.key(n, track.levels, track.codec)
                if key != track.asked.get(n):
                    track.asked[n] = key
                    changed.append((t, n))
        return changed

    def _make(self, tracks: list[Track], wanted: Iterable[tuple[int, int]], *, first: bool) -> None:
        """Have the frames that are asked for, of the segments where others are there or none."""
        missing = [(t, n) for t, n in wanted if n not in tracks[t].made or tracks[t].made[n].key != tracks[t].asked[n]]
        unknown = []
        for t, n in missing:
            known = self._maker.made(n, tracks[t].codec, tracks[t].asked[n])
            if known is None:
                unknown.append((t, n))
            else:
                tracks[t].made[n] = known
        label = "Encodage" if first else "Correction des niveaux"
        self._gauge.step(label, 0.6 if first else 0.01, sum(self._segments[n].samples for _, n in unknown) / RATE)
        lengths = {(t, n): self._segments[n].samples * tracks[t].codec.effort for t, n in unknown}
        goes = shares(lengths, _MOST_IN_A_GO, 2, _LEAST_TO_ENCODE_S * RATE)

        def work(go: int) -> list[Made]:
            one = ((tracks[t], n) for t, n in goes[go])
            return self._maker.make([ToMake(n, track.levels, track.codec, track.asked[n]) for track, n in one])

        for go, made in self._in_goes(goes, lengths, work):
            for (t, n), found in zip(goes[go], made, strict=True):
                tracks[t].made[n] = found

    def _in_goes(
        self, goes: list[list[Place]], lengths: Mapping[Place, float], work: Callable[[int], list[Value]]
    ) -> Iterable[tuple[int, list[Value]]]:
        sizes = ((n, sum(lengths[one] for one in go)) for n, go in enumerate(goes))
        return spread_over_cores(sizes, work, self._cancel).items()

    def _verify(self, tracks: list[Track], changed: list[tuple[int, int]], judged: list[int], *, first: bool) -> None:
        """Measure the changed segments, and those right after them, where they stand in the joined stream, decoded."""
        places = [(t, n) for t, n in dict.fromkeys([*changed, *((t, n + 1) for t, n in changed)]) if n < judged[t]]
        verifier = self._maker.verifier
        keys = {(t, n): verifier.key(n, tracks[t].codec, tracks[t].asked) for t, n in places}
        unknown = []
        for t, n in places:
            known = verifier.known(keys[t, n])
            if known is None:
                unknown.append((t, n))
            else:
                tracks[t].readings[n] = known
        needed = dict.fromkeys((t, k) for t, n in unknown for k in verifier.needed(n, tracks[t].codec))
        self._make(tracks, needed, first=first)
        lengths = {(t, n): float(self._segments[n].samples) for t, n in unknown}
        self._gauge.step("Vérification", 0.27 if first else 0.01, sum(lengths.values()) / RATE)
        goes = shares(lengths, _MOST_IN_A_GO, least=_LEAST_TO_DECODE_S * RATE)

        def work(go: int) -> list[Reading]:
            wanted = [ToVerify(n, tracks[t].codec, keys[t, n], tracks[t].made) for t, n in goes[go]]
            return verifier.verify(wanted)

        for go, readings in self._in_goes(goes, lengths, work):
            for (t, n), reading in zip(goes[go], readings, strict=True):
                tracks[t].readings[n] = reading

    def _joined(self, track: Track, sources: list[Source]) -> Rendered:
        path = self._folder / f"podcast.{track.codec.format.value}"
        segments = [track.made[n].frames for n in range(len(self._segments))]
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
