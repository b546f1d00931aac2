"""The ffmpeg graphs of mastering, built with ffmpeg-python and given back as argument lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ffmpeg as graph

from bobine import ffmpeg
from bobine.master.edit import RATE, Segment, Stretch, stretches
from bobine.master.encoding.codecs import Codec
from bobine.master.encoding.inputs import Inputs, Sources
from bobine.master.levelling.curves import Curve, between, expression, joined, shifted
from bobine.master.levelling.levels import Level
from bobine.master.pieces import Join, Piece, Pieces
from bobine.master.treatment.plan import Patches
from bobine.master.treatment.reading import read

RAMP = RATE // 5
"""Samples over which the gain passes from one item's to the next's."""

FADE_IN = RATE // 50
FADE_OUT = RATE // 10
"""Samples of fade where the sound was cut, in and out."""

_STEP = 240
"""Samples between two values of a gain that moves: 5 ms."""

_GATHERED = 20 * _STEP
"""Samples that what comes after it takes at once: each step by itself would cost as much again."""

_SINGLE_THREAD = ["-threads", "1", "-filter_threads", "1", "-filter_complex_threads", "1"]


def crossfade(source: Path, join: Join, target: Path) -> list[str]:
    """Write a join to a 48 kHz stereo WAV of floats: one side out and the other in, with equal power all along."""
    inputs = Inputs({join.sound: source})
    sides = [
        inputs.read((Piece(join.sound, first, join.samples),)).filter(
            "afade", type=way, start_sample=0, nb_samples=join.samples, curve="qsin"
        )
        for way, first in (("out", join.before), ("in", join.after))
    ]
    both = graph.filter(sides, "amix", inputs=2, normalize=0)
    return ["-y", *_arguments(both.output(ffmpeg.local_file(target), f="wav", acodec="pcm_f32le"))]


def samples(sources: Sources, pieces: Pieces) -> list[str]:
    """The samples of pieces as recorded, interleaved stereo floats on standard output."""
    return _samples(Inputs(sources).read(pieces))


def treated(sources: Sources, segment: Segment, plan: Patches) -> list[str]:
    """The samples of one segment, treated and not yet levelled, as ``samples`` gives them."""
    stretch = Stretch(segment.pieces, segment.start, segment.samples, opens=False, closes=False)
    return _samples(read(Inputs(sources), stretch, plan))


def limited(
    sources: Sources, segments: tuple[Segment, ...], levels: Sequence[Level], index: int, plan: Patches = ()
) -> list[str]:
    """The same after gain and limiter, before any encoder."""
    segment = segments[index]
    return _samples(_limited(Inputs(sources), segments, levels, index, segment.start, segment.end, plan))


def encode(
    sources: Sources,
    segments: tuple[Segment, ...],
    levels: Sequence[Level],
    index: int,
    codec: Codec,
    plan: Patches = (),
) -> tuple[list[str], int]:
    """Encode one segment, with its neighbours' sound around it, to standard output.

    Returns:
        The arguments, and how many frames come out before the segment's own.
    """
    output = _encoded(Inputs(sources), segments, Encoding(index, levels, codec, "pipe:1"), plan)
    return _arguments(output), frames_before(segments, index, codec)


@dataclass(frozen=True, slots=True)
class Encoding:
    """A segment to encode.

    Attributes:
        index: which one.
        levels: of each segment.
        codec: how.
        target: where to, as ffmpeg names it.
    """

    index: int
    levels: Sequence[Level]
    codec: Codec
    target: str


def encode_all(
    sources: Sources, segments: tuple[Segment, ...], wanted: Sequence[Encoding], plan: Patches = ()
) -> list[str]:
    """Encode several segments side by side, each as ``encode`` does; how far it is comes on standard output."""
    inputs = Inputs(sources)
    outputs = [_encoded(inputs, segments, one, plan) for one in wanted]
    return ["-y", "-stats_period", "0.5", "-progress", "pipe:1", *_arguments(graph.merge_outputs(*outputs))]


def _encoded(inputs: Inputs, segments: tuple[Segment, ...], one: Encoding, plan: Patches) -> Any:
    codec = one.codec
    start, end = encoded_span(segments, one.index, codec)
    sound = _limited(inputs, segments, one.levels, one.index, start, end, plan)
    if codec.make_up_db:
        sound = sound.filter("volume", f"{codec.make_up_db}dB", precision="float")
    sound = sound.filter("aformat", sample_fmts=codec.sample_format, sample_rates=RATE, channel_layouts="stereo")
    return sound.output(one.target, map_metadata=-1, fflags="+bitexact", **codec.encoder_options())


def encoded_span(segments: tuple[Segment, ...], index: int, codec: Codec) -> tuple[int, int]:
    """The stretch of the podcast that is encoded for one segment: first sample, and one past the last."""
    segment = segments[index]
    start = max(0, segment.start - codec.warm_up * codec.frame)
    return start, min(segments[-1].end, segment.end + codec.look_ahead * codec.frame)


def frames_before(segments: tuple[Segment, ...], index: int, codec: Codec) -> int:
    """The number of frames that come out before a segment's own."""
    return (segments[index].start - encoded_span(segments, index, codec)[0]) // codec.frame


@dataclass(frozen=True, slots=True)
class Stream:
    """A stretch of an encoded stream, in a file.

    Attributes:
        path: the file.
        codec: how it is encoded.
        skip: samples of the decoded sound before the stretch.
        samples: its length; where the stream ends before, silence is added.
    """

    path: Path
    codec: Codec
    skip: int
    samples: int


def decode(streams: Sequence[Stream]) -> list[str]:
    """Decode stretches of streams, each by itself: one after the other as ``samples`` gives them."""
    parts = []
    for one in streams:
        sound = ffmpeg.read_file(one.path, f=one.codec.container)
        sound = sound.filter("atrim", start_sample=one.skip).filter("asetpts", "PTS-STARTPTS")
        sound = sound.filter("apad", whole_len=one.samples).filter("atrim", end_sample=one.samples)
        parts.append(sound.filter("aformat", sample_fmts="flt", sample_rates=RATE, channel_layouts="stereo"))
    return _samples(parts[0] if len(parts) == 1 else graph.concat(*parts, v=0, a=1))


def envelope(segments: tuple[Segment, ...], levels: Sequence[Level], stretch: Stretch) -> str:
    """The gain over an uncut stretch: a number of decibels, or an expression of the time ``t`` in seconds.

    The ramp between two items lies in the one that has the higher gain, so that neither is ever raised above its own.
    """
    gains = [
        (segment, level)
        for segment, level in zip(segments, levels, strict=True)
        if segment.start < stretch.start + stretch.samples + RAMP and segment.end > stretch.start - RAMP
    ]
    inside = [
        n
        for n, (segment, _) in enumerate(gains)
        if segment.start < stretch.start + stretch.samples and segment.end > stretch.start
    ]
    first, last = inside[0], inside[-1]
    if first > 0 and gains[first][0].follows:
        first -= 1
    if last + 1 < len(gains) and gains[last + 1][0].follows:
        last += 1
    whole: Curve = ()
    for segment, level in gains[first : last + 1]:
        own = shifted(
            between(level.curve, 0, segment.samples / RATE), (segment.start - stretch.start) / RATE, level.gain_db
        )
        whole = joined(whole, own, RAMP / RATE)
    return expression(between(whole, 0, stretch.samples / RATE))


def _limited(
    inputs: Inputs,
    segments: tuple[Segment, ...],
    levels: Sequence[Level],
    index: int,
    start: int,
    end: int,
    plan: Patches,
) -> Any:
    """The podcast's sound from ``start`` to ``end``, treated, levelled, held below the ceiling of segment ``index``."""
    parts = []
    for stretch in stretches(segments, start, end):
        gain = envelope(segments, levels, stretch)
        part = read(inputs, stretch, plan)
        if gain.endswith("dB"):
            part = part.filter("volume", gain, precision="float")
        else:
            part = part.filter("asetnsamples", n=_STEP, p=0).filter("volume", gain, eval="frame", precision="float")
            part = part.filter("asetnsamples", n=_GATHERED, p=0)
        if stretch.opens:
            muted = stretch.pieces[0].muted
            fade = min(FADE_IN, stretch.samples - muted)
            part = part.filter("afade", type="in", start_sample=muted, nb_samples=fade)
        if stretch.closes:
            fade = min(FADE_OUT, stretch.samples)
            part = part.filter("afade", type="out", start_sample=stretch.samples - fade, nb_samples=fade)
        parts.append(part)
    sound = parts[0] if len(parts) == 1 else graph.concat(*parts, v=0, a=1)
    ceiling = 10 ** (levels[index].ceiling_db / 20)
    return sound.filter("alimiter", limit=f"{ceiling:.6f}", attack=5, release=80, level=0, latency=1)


def _samples(sound: Any) -> list[str]:
    return _arguments(sound.output("pipe:1", f="f32le", acodec="pcm_f32le"))


def _arguments(output: Any) -> list[str]:
    return [*_SINGLE_THREAD, *map(str, graph.get_args(output))]
