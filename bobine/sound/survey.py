"""Survey a sound file: decode it once from one end to the other, and sum up what it holds."""

from __future__ import annotations

import math
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bobine.errors import SoundError
from bobine.french import printable
from bobine.sound.blocks import Blocks, BlockSums
from bobine.sound.clipping import Clipping, Scale
from bobine.sound.decode import Decoding, FormatChangedError, UnevenError, mapped
from bobine.sound.headers.mpeg_frames import mend
from bobine.sound.headers.ogg_links import links
from bobine.sound.headers.pcm import width
from bobine.sound.mixing import heard, in_two
from bobine.sound.plan import Plan, Source, plan
from bobine.sound.timeline import Format, Incident, apart, lasting, merged

SILENCE = 10 ** (-90 / 20)
"""A peak below that is silence; full scale is 1."""

_COMMON_RATE = 48_000
_ALIKE_DB = 3.0
_FLOOR = 1e-3
_ODD_SHARE = 0.001
_KEPT_BYTES = 30 << 20


@dataclass(frozen=True, slots=True)
class SoundInfo:
    """The facts found by decoding a file from one end to the other.

    Attributes:
        rate: sampling rate, Hz; positions in the recording are counted at it.
        channels: number of channels.
        samples: length, samples per channel, silence put in where sound is missing.
        declared_s: length that the file announces for its sound, seconds; None where it does not.
        peak_dbfs: highest sample, dBFS, above 0 where floats are; None for digital silence.
        full_scale_samples: how many samples were cut off at full scale (``clipping`` says how that is judged).
        damage: ffmpeg's first complaint while decoding; empty for a sound file.
        blocks: sums over the sound as it is heard: one channel where the file has one, else two; of one decoding.
        torn: where decoding met errors, and what is missing there.
        holes: where time stamps leave a hole that silence fills.
        formats: rates and channel counts from which instant on; empty where there is one.
        plan: how it is read, for ``conform``.
    """

    rate: int
    channels: int
    samples: int
    declared_s: float | None
    peak_dbfs: float | None
    full_scale_samples: int
    damage: str
    blocks: Blocks | None = None
    torn: tuple[Incident, ...] = ()
    holes: tuple[Incident, ...] = ()
    formats: tuple[Format, ...] = ()
    plan: Plan | None = None

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return self.samples / self.rate


@dataclass(frozen=True, slots=True)
class _Heard:
    """The facts found in one track."""

    source: Source
    blocks: Blocks
    clipping: Clipping
    torn: tuple[Incident, ...]
    holes: tuple[Incident, ...]
    formats: tuple[Format, ...]

    @property
    def is_silent(self) -> bool:
        return self.clipping.peak < SILENCE


def survey(path: Path, cancel: threading.Event | None = None) -> SoundInfo:
    """Decode a whole file and say what it holds.

    Raises:
        SoundError: if the file is missing, empty, cannot be mastered, or nothing in it can be decoded as sound.
        Interrupted: if ``cancel`` was set.
    """
    found = plan(path, cancel)
    _have_memory_kept()
    tracks = [_listen(path, source, cancel) for source in found.sources]
    audible = _different([track for track in tracks if not track.is_silent]) or tracks[:1]
    sources = tuple(track.source for track in audible)
    first = audible[0]
    rate, blocks = first.source.rate, first.blocks
    if len(audible) > 1:
        rate = max(source.rate for source in sources)
        blocks = _mixed(path, sources, rate, cancel)
    if not blocks.samples:
        raise SoundError(f"« {printable(path.name)} » ne contient aucun son.")
    peak = max(track.clipping.peak for track in audible)
    torn = merged([place for track in audible for place in track.torn])
    return SoundInfo(
        rate=rate,
        channels=first.source.channels if len(audible) == 1 else 2,
        samples=blocks.samples,
        declared_s=None if first.source.links else found.declared_s,  # a link tells its own only
        peak_dbfs=None if peak < SILENCE else 20 * math.log10(peak),
        full_scale_samples=sum(track.clipping.samples for track in audible),
        damage=next((place.words or "torn" for place in torn), ""),
        blocks=blocks,
        torn=torn,
        holes=merged([place for track in audible for place in track.holes], apart_s=0),
        formats=next((track.formats for track in audible if len(track.formats) > 1), ()),
        plan=replace(found, sources=sources, is_settled=True),
    )


def _have_memory_kept() -> None:
    """Let the next pieces use the memory of those before: glibc keeps as much as was once freed at a time.

    Otherwise it gives each piece's memory back to the system, and being given it anew costs more than the sums.
    """
    np.empty(_KEPT_BYTES, np.uint8)


def looked_through(path: Path, source: Source) -> tuple[Source, list[Incident]]:
    """A bare stream's source as its frames ask for it, and where they are torn; any other source as it is.

    Raises:
        SoundError: if the file cannot be read.
    """
    if not source.framed:
        return source, []
    with mapped(path) as content:
        if source.framed == "ogg":
            found = links(content)
            return replace(source, links=found if len(found) > 1 and not source.track else ()), []
        mended = mend(content, source.framed)
    source = replace(source, mended=not mended.is_whole and bool(mended.pieces))
    torn = [Incident(one.at_s, one.missing_s, errors=1) for one in mended.torn]
    return (_varying(source) if mended.varies else source), torn


def _listen(path: Path, source: Source, cancel: threading.Event | None) -> _Heard:
    """Decode one track; again, where it is not what it was taken for, in the way that suits it."""
    source, torn = looked_through(path, source)
    try:
        return _decoded(path, source, torn, cancel)
    except UnevenError:
        return _listen(path, replace(source, promised=0), cancel)
    except FormatChangedError:
        return _decoded(path, _varying(source), torn, cancel)


def _varying(source: Source) -> Source:
    """A source whose format changes inside, all of it brought to one."""
    return replace(source, rate=_COMMON_RATE, channels=2, speakers=(), varies=True)


def _decoded(path: Path, source: Source, torn: list[Incident], cancel: threading.Event | None) -> _Heard:
    decoding = Decoding(path, source, source.rate, cancel)
    sums = BlockSums(source.rate, min(2, source.channels))
    clipping = _clipping(source)
    gains = source.gains
    for sound in decoding.sounds():
        clipping.take(sound)
        sums.take(sound if source.channels < 3 else in_two(sound, gains))
    line = decoding.timeline
    if source.pcm is None and not line.decoded:
        raise SoundError(f"« {printable(path.name)} » ne contient aucun son.")
    damage, holes = apart([*torn, *line.damage], line.holes, any_hole=not source.holed)
    return _Heard(source, sums.blocks(), clipping, damage, holes, lasting(line.formats))


def _clipping(source: Source) -> Clipping:
    if source.pcm is None:
        return Clipping(Scale.CODED)
    if source.pcm.coding.startswith("f"):
        return Clipping(Scale.FLOAT)
    return Clipping(Scale.WHOLE, 8 * width(source.pcm.coding))


def _mixed(path: Path, sources: Sequence[Source], rate: int, cancel: threading.Event | None) -> Blocks:
    sums = BlockSums(rate, 2)
    for sound in heard(path, sources, rate, cancel):
        sums.take(sound)
    return sums.blocks()


def _different(tracks: list[_Heard]) -> list[_Heard]:
    """The tracks without those that hold the same sound as one before."""
    kept: list[_Heard] = []
    for track in tracks:
        if not any(_same(track.blocks, other.blocks) for other in kept):
            kept.append(track)
    return kept


def _same(one: Blocks, other: Blocks) -> bool:
    """Whether two tracks are one sound, perhaps coded twice or at another level.

    The difference of their levels is the same in each tenth of a second where there is sound: where one of them also
    has another voice, it is not.
    """
    if one.rate != other.rate or abs(one.samples - other.samples) > one.rate:
        return False
    size = min(len(one.power), len(other.power))
    first, second = (blocks.power.mean(axis=1)[:size] for blocks in (one, other))
    floors = first.mean() * _FLOOR, second.mean() * _FLOOR
    sounding = (first > floors[0]) | (second > floors[1])
    apart_db = 10 * np.log10(np.maximum(first, floors[0]) / np.maximum(second, floors[1]))[sounding]
    unlike = np.abs(apart_db - np.median(apart_db)) > _ALIKE_DB
    return bool(unlike.sum() <= max(2, _ODD_SHARE * size))
