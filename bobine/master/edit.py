"""The edit list: which stretches of sound make the podcast, and where each lands. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from bobine.errors import MarksError
from bobine.master.pieces import (
    RECORDING,
    Join,
    Piece,
    Pieces,
    Timeline,
    begun_on,
    file_position,
    joined,
    length,
    part,
    timeline,
)
from bobine.model.aired.as_run import AiredItem, AsRun
from bobine.model.aired.edits import NO_EDITS, Edits, Take, cuts_heard, edit_faults
from bobine.model.written.positions import at_rate

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
        source: first sample in the file that it begins in.
        start: first sample in the podcast, a multiple of ``GRID``.
        samples: length, a multiple of ``GRID``.
        follows: whether it continues where the segment before it ends (nothing left out between them).
        edited: what it is made of, where that is more than one uncut stretch of the recording.
    """

    item: str
    source: int
    start: int
    samples: int
    follows: bool
    edited: Pieces = ()

    @property
    def end(self) -> int:
        """One past the last sample, in the podcast."""
        return self.start + self.samples

    @property
    def pieces(self) -> Pieces:
        """The pieces that make up the segment."""
        return self.edited or (Piece(RECORDING, self.source, self.samples),)

    def file_position(self, seconds: float) -> tuple[str, float]:
        """The file that is heard so long after its beginning, and the second in that file."""
        file, sample = file_position(self.pieces, round(seconds * RATE))
        return file, sample / RATE


def to_rate(position: int, rate: int) -> int:
    """A position counted at ``rate`` Hz, counted at ``RATE``; rounded to the nearest sample."""
    return at_rate(position, rate, RATE)


def edit_list(as_run: AsRun, left_out: Collection[str], edits: Edits = NO_EDITS) -> tuple[Segment, ...]:
    """Cut the recording to the items that stay, in time order, with what is cut inside them or replaced.

    What lies between two kept items stays with the first of them; beside a left-out item nothing but the kept item's
    own stretch is used, so that no sample of the left-out one is ever heard. The grid is the recording's own, so that
    what is left out or moved at one place leaves the segments elsewhere as they are: a run begins with silence from the
    point of the grid before it (120 ms at most), inside it the joins move to the nearest point (60 ms at most), and at
    its end the last incomplete step is dropped. A cut shortens its run, and moves the grid of what follows in it; a
    take stands in the place of its item's stretch, and the others stay as they are.

    Args:
        as_run: what was aired, in time order without overlap.
        left_out: ids of the items that the podcast must not hold.
        edits: the cuts and the takes.

    Raises:
        MarksError: if an edit does not fit what was aired, an item is shorter than ``SHORTEST``, or nothing is left.
    """
    wrong = [sentence for item, sentence in edit_faults(as_run, edits) if item not in left_out]
    if wrong:
        raise MarksError(
            "Ce qui est coupé ou remplacé ne va pas avec l'enregistrement : voyez « bobine couper ÉMISSION », puis "
            "rendez ces coupes (--rendre) et refaites-les.\n" + "\n".join(f"{sentence}." for sentence in wrong)
        )
    segments: list[Segment] = []
    for run in _runs(as_run.items, left_out):
        line = _line(as_run, run, edits)
        pieces_of_run, before = begun_on(line.pieces, GRID)
        end = length(pieces_of_run) // GRID * GRID
        bounds = [before + line.place(to_rate(aired.start, as_run.recording.rate)) for aired in run[1:]]
        snapped = [0, *(min(round(bound / GRID) * GRID, end) for bound in bounds), end]
        follows = False
        for n, aired in enumerate(run):
            take = edits.take(aired.id)
            own = part(pieces_of_run, snapped[n], snapped[n + 1])
            pieces = own if take is None else _take(as_run, aired, take, edits)
            if length(pieces) - sum(piece.muted for piece in pieces) < SHORTEST:
                raise MarksError(_too_short(aired.id, edits))
            start = segments[-1].end if segments else 0
            segments.append(_segment(aired.id, start, pieces, follows=follows and take is None))
            follows = take is None
    if not segments:
        raise MarksError("Il ne reste aucun élément à monter : tous sont écartés du podcast, ou aucun n'a de repères.")
    return tuple(segments)


def _line(as_run: AsRun, run: list[AiredItem], edits: Edits) -> Timeline:
    """A run as the recording has it, without the cuts of its items."""
    rate = as_run.recording.rate
    cuts = [
        (to_rate(cut.start, rate), to_rate(cut.end, rate))
        for aired in run
        if edits.take(aired.id) is None
        for cut in cuts_heard(as_run, aired, edits)
    ]
    return timeline(RECORDING, to_rate(run[0].start, rate), to_rate(run[-1].end, rate), cuts)


def _take(as_run: AsRun, aired: AiredItem, take: Take, edits: Edits) -> Pieces:
    """The pieces of a take that are heard, to a whole grid step."""
    cuts = [(to_rate(cut.start, take.rate), to_rate(cut.end, take.rate)) for cut in cuts_heard(as_run, aired, edits)]
    found = timeline(take.file, to_rate(take.start, take.rate), to_rate(take.end, take.rate), cuts).pieces
    return part(found, 0, length(found) // GRID * GRID)


def _segment(item: str, start: int, pieces: Pieces, *, follows: bool) -> Segment:
    plain = len(pieces) == 1 and pieces[0].sound == RECORDING and not pieces[0].muted
    return Segment(item, pieces[0].file_sample, start, length(pieces), follows, () if plain else pieces)


def _too_short(item: str, edits: Edits) -> str:
    if edits.take(item) is not None:
        return f"Le son qui remplace celui de « {item} » dure moins d'une demi-seconde : prenez-en un autre."
    if edits.of(item):
        return (
            f"Les coupes de « {item} » n'en laissent pas une demi-seconde : rendez-en une (bobine couper), ou écartez "
            'l\'élément du podcast (podcast = "cut").'
        )
    return f"L'élément « {item} » dure moins d'une demi-seconde : corrigez ses repères, ou retirez-les."


def joins(segments: tuple[Segment, ...]) -> tuple[Join, ...]:
    """The joins that segments are made with, each once."""
    return tuple(
        dict.fromkeys(piece.sound for segment in segments for piece in segment.pieces if isinstance(piece.sound, Join))
    )


def sounds_of(segments: tuple[Segment, ...]) -> tuple[str, ...]:
    """The files that are used, each once, by the names that pieces have."""
    return tuple(dict.fromkeys(piece.file for segment in segments for piece in segment.pieces))


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
    """A stretch that the podcast plays without a break, as one part of it uses it; samples at ``RATE``.

    Attributes:
        pieces: what it is made of.
        start: first sample in the podcast.
        samples: length.
        opens: whether the podcast comes in here from elsewhere (or from its very start).
        closes: whether something else (or the very end) comes after it.
    """

    pieces: Pieces
    start: int
    samples: int
    opens: bool
    closes: bool


def stretches(segments: tuple[Segment, ...], start: int, end: int) -> tuple[Stretch, ...]:
    """The stretches that make the podcast from ``start`` to ``end`` (samples at ``RATE``)."""
    found: list[Stretch] = []
    for n, segment in enumerate(segments):
        first, last = max(start, segment.start), min(end, segment.end)
        if first >= last:
            continue
        pieces = part(segment.pieces, first - segment.start, last - segment.start)
        closes = last == segment.end and (n + 1 == len(segments) or not segments[n + 1].follows)
        if found and segment.follows:
            before = found.pop()
            whole = joined(before.pieces, pieces)
            found.append(replace(before, pieces=whole, samples=before.samples + last - first, closes=closes))
        else:
            opens = first == segment.start and not segment.follows
            found.append(Stretch(pieces, first, last - first, opens, closes))
    return tuple(found)
