"""The edit list: which stretches of the recording make the podcast, and where each lands. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from bobine.errors import MarksError
from bobine.model.as_run import AiredItem, AsRun

RATE = 48_000
"""Sampling rate of everything from here on, Hz."""

GRID = 5_760
"""Samples in the shortest stretch that is whole frames in MP3 (1152) and in Opus (960): 120 ms.

Every segment is a multiple of it, so that an encoded segment does not depend on where it stands in the podcast.
"""

SHORTEST = RATE // 2
"""An item under half a second is a slip of the finger, not an item."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One item's stretch of sound; all positions in samples at ``RATE``.

    Attributes:
        item: the item's id.
        source: first sample in the recording.
        start: first sample in the podcast, a multiple of ``GRID``.
        samples: length, a multiple of ``GRID``.
        follows: whether it continues in the recording where the segment before it ends (no cut between them).
    """

    item: str
    source: int
    start: int
    samples: int
    follows: bool

    @property
    def end(self) -> int:
        """One past the last sample, in the podcast."""
        return self.start + self.samples


def to_rate(position: int, rate: int) -> int:
    """A position counted at ``rate`` Hz, counted at ``RATE``; rounded to the nearest sample."""
    return (2 * position * RATE + rate) // (2 * rate)


def edit_list(as_run: AsRun, left_out: Collection[str]) -> tuple[Segment, ...]:
    """Cut the recording to the items that stay, in time order.

    What lies between two kept items stays with the first of them; beside a left-out item nothing but the kept item's
    own stretch is used, so that no sample of the left-out one is ever heard. Inside an uncut run the joins move to the
    nearest point of the grid (60 ms at most); at the end of a run the last incomplete grid step is dropped.

    Args:
        as_run: what was aired, in time order without overlap.
        left_out: ids of the items that the podcast must not hold.

    Raises:
        MarksError: if an item is shorter than ``SHORTEST``, or nothing is left.
    """
    segments: list[Segment] = []
    for run in _runs(as_run.items, left_out):
        bounds = [to_rate(aired.start, as_run.recording.rate) for aired in run]
        bounds.append(to_rate(run[-1].end, as_run.recording.rate))
        first = bounds[0]
        snapped = [first + round((bound - first) / GRID) * GRID for bound in bounds[:-1]]
        snapped.append(first + (bounds[-1] - first) // GRID * GRID)
        for n, aired in enumerate(run):
            if snapped[n + 1] - snapped[n] < SHORTEST:
                raise MarksError(
                    f"L'élément « {aired.id} » dure moins d'une demi-seconde : corrigez ses repères, ou retirez-les."
                )
            start = segments[-1].end if segments else 0
            segments.append(Segment(aired.id, snapped[n], start, snapped[n + 1] - snapped[n], follows=n > 0))
    if not segments:
        raise MarksError("Il ne reste aucun élément à monter : tous sont écartés du podcast, ou aucun n'a de repères.")
    return tuple(segments)


def _runs(items: tuple[AiredItem, ...], left_out: Collection[str]) -> list[list[AiredItem]]:
    """The kept items, split wherever something between them was left out."""
    runs: list[list[AiredItem]] = [[]]
    for aired in items:
        if aired.id in left_out:
            runs.append([])
        else:
            runs[-1].append(aired)
    return [run for run in runs if run]


@dataclass(frozen=True, slots=True)
class Stretch:
    """An uncut stretch of the recording as a part of the podcast uses it; samples at ``RATE``.

    Attributes:
        source: first sample in the recording.
        start: first sample in the podcast.
        samples: length.
        opens: whether the podcast comes in here from a cut (or from its very start).
        closes: whether a cut (or the very end) comes after it.
    """

    source: int
    start: int
    samples: int
    opens: bool
    closes: bool


def stretches(segments: tuple[Segment, ...], start: int, end: int) -> tuple[Stretch, ...]:
    """The uncut stretches that make the podcast from ``start`` to ``end`` (samples at ``RATE``)."""
    found: list[Stretch] = []
    for n, segment in enumerate(segments):
        first, last = max(start, segment.start), min(end, segment.end)
        if first >= last:
            continue
        source = segment.source + first - segment.start
        closes = last == segment.end and (n + 1 == len(segments) or not segments[n + 1].follows)
        if found and segment.follows:
            before = found.pop()
            found.append(Stretch(before.source, before.start, before.samples + last - first, before.opens, closes))
        else:
            opens = first == segment.start and not segment.follows
            found.append(Stretch(source, first, last - first, opens, closes))
    return tuple(found)
