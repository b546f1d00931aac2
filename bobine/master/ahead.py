"""Master what is known of a show that goes on, into the cache: whoever masters the whole finds it there by content.

The steps are those of the whole (``produce``), over fewer segments. What only the whole decides is guessed from what is
known so far; a wrong guess costs time and never a byte, since nothing is found under another key.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from pathlib import Path

from bobine import ffmpeg
from bobine.master.cache.cache import Cache
from bobine.master.cache.digests import Digests, Notes
from bobine.master.cache.memory import Memory
from bobine.master.edit import Segment, joins, sounds_of
from bobine.master.encoding import graphs
from bobine.master.levelling.levels import Source, source
from bobine.master.levelling.loudness import Reading
from bobine.master.levelling.rider import Ride
from bobine.master.pieces import RECORDING, Join
from bobine.master.preparing import prepare
from bobine.master.render import Renderer
from bobine.master.work import Gauge, Progress
from bobine.model.episode import Item
from bobine.model.show import AudioFormat, Sound

_NOT_KNOWN = source(Reading((), (), float("-inf")), Ride((), (), ()))


def make_ahead(
    segments: tuple[Segment, ...],
    known: int,
    items: Mapping[str, Item],
    sources: Mapping[str, Path],
    states: Mapping[str, str],
    sound: Sound,
    formats: tuple[AudioFormat, ...],
    folder: Path,
    progress: Progress,
    cancel: threading.Event,
    cache: Cache,
    notes: Notes,
    *,
    goes_on: bool,
) -> int:
    """Make what can be made of an edit list so far.

    Args:
        segments: the edit list; those after the known ones may still change.
        known: how many of them, from the first, are there for good; at least 1.
        items: those of the plan, by their ids.
        sources: a 48 kHz PCM file for the recording, and for each take by its name. The recording may grow meanwhile:
            nothing past the known segments is read.
        states: for each of them, a text that changes whenever what was read of it may.
        sound: what to aim at.
        formats: what to make.
        folder: an existing folder of one's own, empty.
        progress: told how far the work is.
        cancel: once set, the work stops.
        cache: where all of it is kept.
        notes: where digests of the sources are remembered.
        goes_on: whether more segments will come.

    Returns:
        How many segments are ready.

    Raises:
        SoundError: if a source cannot be read.
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
        OSError: if the folder cannot be written.
    """
    readable: dict[str | Join, Path] = {name: sources[name] for name in (RECORDING, *sounds_of(segments[:known]))}
    for n, one in enumerate(joins(segments[:known])):
        target = folder / f"join-{n}.wav"
        ffmpeg.run(graphs.crossfade(readable[one.sound], one, target), cancel=cancel)
        readable[one] = target
    known_states: dict[str | Join, str] = dict(states.items())
    digests = Digests(readable, known_states, _within(segments, readable), notes)
    memory = Memory(cache, readable, digests)
    gauge = Gauge(progress)
    prepared = prepare(segments, known, items, readable, sound, memory, folder, gauge, cancel)
    renderer = Renderer(prepared.maker, segments, sound, folder, gauge, cancel, known if goes_on else None)
    levelled: list[Source] = [*prepared.sources, *[_NOT_KNOWN] * (len(segments) - known)]
    renderer.settle(levelled, formats)
    memory.end()
    return renderer.settled(formats)


def _within(segments: tuple[Segment, ...], readable: Mapping[str | Join, Path]) -> tuple[Segment, ...]:
    """The segments that are made of sounds that are there."""
    return tuple(one for one in segments if all(piece.sound in readable for piece in one.pieces))
