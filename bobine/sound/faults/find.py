"""Find every fault in the sound of one item from its blocks. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bobine.sound.blocks import Blocks
from bobine.sound.faults.direct_current import DirectCurrent, direct_current
from bobine.sound.faults.dropouts import Dropout, dropouts
from bobine.sound.faults.dropped_side import DroppedSide, dropped_sides
from bobine.sound.faults.hum import Hum, hum
from bobine.sound.faults.powers import kept
from bobine.sound.faults.sides import RIGHT, Sides, SidesFault, judged, surely_inverted
from bobine.sound.faults.spikes import Spikes, spikes

_CERTAIN_SHARE = 0.5


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults found in one item; seconds count from its start.

    Attributes:
        sides: how its sides stand to each other as a whole.
        dropped: stretches in which one side goes away; none where the whole is wrong already.
        current: direct current to take out.
        hum: mains hum.
        dropouts: holes of digital silence.
        spikes: samples far over full scale.
    """

    sides: Sides = RIGHT
    dropped: tuple[DroppedSide, ...] = ()
    current: DirectCurrent | None = None
    hum: Hum | None = None
    dropouts: tuple[Dropout, ...] = ()
    spikes: Spikes | None = None


def find_faults(blocks: Blocks, *, spoken: bool, also_inverted: bool = False) -> Faults:
    """Find the faults of one item.

    Args:
        blocks: of its sound, from its start to its end.
        spoken: whether it is speech.
        also_inverted: whether the recording has surely inverted items (``mostly_inverted``).
    """
    found = spikes(blocks)
    # what holds a spike is no measure of anything
    clean = blocks if found is None else kept(blocks, ~found.blocks)
    sides = judged(clean, spoken=spoken, also_inverted=also_inverted)
    dropped = dropped_sides(blocks, spoken=spoken) if sides.fault is SidesFault.NONE else ()
    length = blocks.samples / blocks.rate
    return Faults(
        sides=sides,
        dropped=dropped,
        current=direct_current(clean),
        hum=hum(clean, spoken=spoken),
        dropouts=dropouts(blocks, (0.0, length)),
        spikes=found,
    )


def mostly_inverted(items: Iterable[Blocks]) -> bool:
    """Whether half of the items that can be heard are exact opposites on their two sides: then a cable made them so."""
    verdicts = [surely_inverted(blocks) for blocks in items]
    return bool(verdicts) and sum(verdicts) >= _CERTAIN_SHARE * len(verdicts)


def faults_of_items(items: Sequence[tuple[Blocks, bool]]) -> list[Faults]:
    """Find the faults of each item of a recording.

    Args:
        items: each one's blocks, and whether it is speech.
    """
    also = mostly_inverted(blocks for blocks, _ in items)
    return [find_faults(blocks, spoken=spoken, also_inverted=also) for blocks, spoken in items]
