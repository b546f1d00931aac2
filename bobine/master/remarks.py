"""Remarks on a master beside its figures: holes, high gains, sound without a mark. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bobine.french import decimal
from bobine.master.edit import RATE, Segment, to_rate
from bobine.master.levelling.levels import Source
from bobine.master.levelling.loudness import Reading, holes
from bobine.master.levelling.voices import voiced
from bobine.master.verify import Heard
from bobine.model.aired.as_run import AsRun
from bobine.model.aired.edits import Edits
from bobine.model.episode import Item
from bobine.model.published.master import DeadAir
from bobine.model.show import Sound


def take_name(edits: Edits, item: str) -> str:
    """The name of the file that replaces an item's sound; empty where none does."""
    take = edits.take(item)
    return "" if take is None else take.origin or take.file


def dead_air(
    segments: Sequence[Segment],
    readings: Sequence[Reading],
    items: Mapping[str, Item],
    shortest_s: float,
    edits: Edits,
) -> tuple[DeadAir, ...]:
    """The holes in what is kept, of at least ``shortest_s`` seconds."""
    return tuple(
        DeadAir(
            item=segment.item,
            recording_s=round(segment.file_position(start)[1], 1),
            duration_s=round(duration, 1),
            take=take_name(edits, segment.item),
        )
        for segment, reading in zip(segments, readings, strict=True)
        for start, duration in holes(
            reading.momentary, shortest_s, voiced(reading.momentary) if items[segment.item].kind.spoken else ()
        )
    )


def warnings(heard: Sequence[Heard], sources: Sequence[Source], sound: Sound) -> list[str]:
    """French sentences about what a listener might hear in the items of the main format."""
    found = []
    for one, raw in zip(heard, sources, strict=True):
        highest = one.gain_db + raw.ride.highest_db
        if one.recorded.integrated_lufs is None:
            found.append(f"« {one.title} » est silencieux dans l'enregistrement.")
        elif one.gain_db > sound.warn_gain_db:
            found.append(
                f"« {one.title} » : relevé de {decimal(one.gain_db)} dB, et son bruit de fond avec lui : à réécouter."
            )
        elif highest > sound.warn_gain_db:
            found.append(
                f"« {one.title} » : une voix y est relevée de {decimal(highest)} dB, et le bruit de fond avec elle : "
                "à réécouter."
            )
        if fault := one.fault:
            found.append(fault)
    return found


def gaps(as_run: AsRun, titles: dict[str, str], left_out: dict[str, str], edits: Edits) -> list[str]:
    """Sound without a mark between two kept items stays in the podcast: long enough, it is worth a word."""
    found = []
    for one, other in zip(as_run.items, as_run.items[1:], strict=False):
        gap_s = to_rate(other.start - one.end, as_run.recording.rate) / RATE
        kept = one.id not in left_out and other.id not in left_out and edits.take(one.id) is None
        if gap_s > 3 and kept:
            found.append(f"{decimal(gap_s)} s sans repère après « {titles[one.id]} » : gardées dans le podcast.")
    return found
