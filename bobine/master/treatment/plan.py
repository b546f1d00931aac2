"""The treatment that each stretch of the podcast gets. Pure: faults in, patches out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bobine.master.edit import RATE, Segment
from bobine.model.episode import Item
from bobine.model.show import Sound
from bobine.sound.faults.find import Faults
from bobine.sound.faults.sides import AS_IT_IS, Matrix, one_sided


@dataclass(frozen=True, slots=True)
class Treatment:
    """The repairs made to a stretch of sound, in this order.

    Attributes:
        ceiling: level that samples are clipped at, full scale 1; None where nothing stands out.
        high_pass: whether what lies below 10 Hz, direct current first, is taken out.
        notches_hz: lines that are taken out.
        matrix: what the two sides become.
    """

    ceiling: float | None = None
    high_pass: bool = False
    notches_hz: tuple[float, ...] = ()
    matrix: Matrix = AS_IT_IS


NOTHING = Treatment()
"""The sound stays as it is."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A stretch of the podcast that is treated alike; samples at ``RATE``."""

    start: int
    end: int
    treatment: Treatment


Patches = tuple[Patch, ...]
"""The stretches to treat, in order and without overlap; between them the sound stays as it is."""


def patches(segments: Sequence[Segment], faults: Sequence[Faults], removes_hum: Sequence[bool]) -> Patches:
    """The patches that repair each segment.

    Args:
        segments: the edit list.
        faults: what was found in each.
        removes_hum: whether hum is taken out of each.
    """
    found: list[Patch] = []
    for segment, its, without_hum in zip(segments, faults, removes_hum, strict=True):
        whole = Treatment(
            ceiling=None if its.spikes is None else its.spikes.ceiling,
            high_pass=its.current is not None,
            notches_hz=its.hum.lines_hz if its.hum is not None and without_hum else (),
            matrix=its.sides.matrix,
        )
        at = segment.start
        for one in its.dropped:
            start = segment.start + min(round(one.start_s * RATE), segment.samples)
            end = segment.start + min(round(one.end_s * RATE), segment.samples)
            found += [
                Patch(at, start, whole),
                Patch(start, end, replace(whole, matrix=one_sided(left_heard=one.left_heard).matrix)),
            ]
            at = end
        found.append(Patch(at, segment.end, whole))
    return tuple(one for one in found if one.start < one.end and one.treatment != NOTHING)


def removes_hum(item: Item, sound: Sound) -> bool:
    """Whether the mains' hum is taken out of an item."""
    return sound.remove_hum or item.remove_hum


def split(plan: Iterable[Patch], start: int, end: int) -> list[Patch]:
    """A stretch of the podcast as patches that cover it, each as long as the treatment stays the same."""
    found: list[Patch] = []

    def add(first: int, last: int, treatment: Treatment) -> None:
        if first >= last:
            return
        if found and found[-1].treatment == treatment:
            found[-1] = Patch(found[-1].start, last, treatment)
        else:
            found.append(Patch(first, last, treatment))

    at = start
    for one in plan:
        if one.end <= start or one.start >= end:
            continue
        add(at, max(at, one.start), NOTHING)
        add(max(at, one.start), min(one.end, end), one.treatment)
        at = min(one.end, end)
    add(at, end, NOTHING)
    return found
