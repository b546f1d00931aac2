"""Hear, treat and measure the segments of an edit list: all that comes before anything is levelled."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bobine.master.cache.memory import Memory
from bobine.master.edit import RATE, Segment
from bobine.master.levelling.levels import Source, source
from bobine.master.levelling.loudness import Reading
from bobine.master.levelling.rider import Ride, ride
from bobine.master.making import Maker
from bobine.master.pieces import Join
from bobine.master.treatment.hearing import recall
from bobine.master.treatment.plan import patches, removes_hum
from bobine.master.work import Gauge, spread_over_cores
from bobine.model.episode import Item
from bobine.model.show import Sound
from bobine.sound.faults.find import Faults, faults_of_items


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edit list that is ready to be levelled; of the segments that are known, in order.

    Attributes:
        maker: makes its segments.
        faults: what is wrong with each.
        without_hum: whether hum is taken out of each.
        readings: how loud each is, treated and not yet levelled.
        sources: the same with the curve that each gets.
    """

    maker: Maker
    faults: list[Faults]
    without_hum: list[bool]
    readings: list[Reading]
    sources: list[Source]


def prepare(
    segments: tuple[Segment, ...],
    known: int,
    items: Mapping[str, Item],
    sources: Mapping[str | Join, Path],
    sound: Sound,
    memory: Memory,
    folder: Path,
    gauge: Gauge,
    cancel: threading.Event,
) -> Prepared:
    """Hear the segments, decide on their treatment, and measure them.

    Args:
        segments: the edit list.
        known: how many of them, from the first, are looked at.
        items: those of the plan, by their ids.
        sources: a 48 kHz PCM file for each sound.
        sound: what to aim at.
        memory: what was made before.
        folder: an existing folder for the frames.
        gauge: told how far the work is.
        cancel: once set, the work stops.

    Raises:
        Interrupted, DiskError, FfmpegError: as ``ffmpeg.run`` does.
        SoundError: if a source cannot be read.
    """
    there = segments[:known]
    heard = recall(memory, sources, there, gauge, cancel)
    faults = faults_of_items([(one.blocks, items[s.item].kind.spoken) for one, s in zip(heard, there, strict=True)])
    without_hum = [removes_hum(items[segment.item], sound) for segment in there]
    maker = Maker(sources, segments, patches(there, faults, without_hum), memory, folder, gauge, cancel)
    treated = {n: segment.samples for n, segment in enumerate(there) if maker.treats(n)}
    gauge.step("Mesure de l'enregistrement", 0.03, sum(treated.values()) / RATE)
    measured = spread_over_cores(treated.items(), maker.treated, cancel)
    readings = [measured.get(n, one.reading) for n, one in enumerate(heard)]
    rides = [_ride(memory, reading, items[one.item], sound) for reading, one in zip(readings, there, strict=True)]
    levelled = [source(*pair) for pair in zip(readings, rides, strict=True)]
    return Prepared(maker, faults, without_hum, readings, levelled)


def _ride(memory: Memory, reading: Reading, item: Item, sound: Sound) -> Ride:
    reach = sound.leveling_db if item.kind.spoken and item.leveling else 0.0
    asked = (reading.momentary, reach, sound.integrated_lufs, sound.max_gain_db)
    return memory.ride(memory.key("ride", *asked), [item.id], lambda: ride(*asked))
