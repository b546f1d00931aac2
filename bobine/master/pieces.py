"""The pieces of files that remain of a stretch of sound after cuts, and the joins between them. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

RECORDING = ""
"""Names the recording among the sounds; a take is named by its file."""

JOIN = 720
"""Samples at 48 kHz over which what comes before a cut passes into what comes after it: 15 ms."""

SLIVER = 2 * JOIN
"""Length under which a remnant between two cuts, or between a cut and an end, is dropped: it is no sound."""


@dataclass(frozen=True, slots=True)
class Join:
    """A crossfade inside one sound, of equal power; a sound of its own, ``samples`` long at 48 kHz.

    It lies outside of the cut: what fades out ends where the cut starts, what fades in starts where it ends.

    Attributes:
        sound: the sound that was cut.
        before: first sample of what fades out.
        after: first sample of what fades in.
        samples: length.
    """

    sound: str
    before: int
    after: int
    samples: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Sound that is read in one go; samples at 48 kHz.

    Attributes:
        sound: a file, by its name (``RECORDING`` for the recording), or a join.
        first: first sample in it.
        samples: length.
        muted: samples at its head that are silence, whatever the sound holds there.
    """

    sound: str | Join
    first: int
    samples: int
    muted: int = 0

    @property
    def file(self) -> str:
        """The name of the file that it comes from."""
        return self.sound.sound if isinstance(self.sound, Join) else self.sound

    @property
    def file_sample(self) -> int:
        """The sample of that file at which the piece begins."""
        return self.sound.before + self.first if isinstance(self.sound, Join) else self.first


Pieces = tuple[Piece, ...]
"""Pieces that follow one another without a gap."""


def length(pieces: Iterable[Piece]) -> int:
    """Total length of the pieces, samples."""
    return sum(piece.samples for piece in pieces)


def part(pieces: Sequence[Piece], start: int, end: int) -> Pieces:
    """The part between two positions, counted from the beginning of the pieces."""
    found, position = [], 0
    for piece in pieces:
        first, last = max(start, position), min(end, position + piece.samples)
        if first < last:
            muted = min(max(0, position + piece.muted - first), last - first)
            found.append(Piece(piece.sound, piece.first + first - position, last - first, muted))
        position += piece.samples
    return tuple(found)


def joined(one: Pieces, other: Pieces) -> Pieces:
    """Pieces and those after them; two that continue one another in their sound are one."""
    continues = one and other and one[-1].sound == other[0].sound and not other[0].muted
    if continues and one[-1].first + one[-1].samples == other[0].first:
        whole = Piece(one[-1].sound, one[-1].first, one[-1].samples + other[0].samples, one[-1].muted)
        return (*one[:-1], whole, *other[1:])
    return one + other


def begun_on(pieces: Pieces, grid: int) -> tuple[Pieces, int]:
    """Pieces whose first begins on a multiple of ``grid`` samples of its file, and the silence put before it, samples.

    What is put before is not heard: it may belong to what is left out.
    """
    before = pieces[0].first % grid if pieces else 0
    if not before:
        return pieces, 0
    head = pieces[0]
    return (Piece(head.sound, head.first - before, head.samples + before, before), *pieces[1:]), before


def file_position(pieces: Sequence[Piece], position: int) -> tuple[str, int]:
    """The file, and the sample in it, that is heard at a position counted from the beginning of the pieces."""
    at = min(max(position, 0), length(pieces) - 1)
    (piece,) = part(pieces, at, at + 1)
    return piece.file, piece.file_sample


@dataclass(frozen=True, slots=True)
class Timeline:
    """A stretch of a file without what is cut out of it.

    Attributes:
        pieces: what is heard.
        kept: the kept intervals of the file: first sample and one past the last, and where each begins in the pieces.
    """

    pieces: Pieces
    kept: tuple[tuple[int, int, int], ...]

    def place(self, sample: int) -> int:
        """The position of a sample of the file, counted from the beginning of the pieces; for a cut one, its join."""
        found = 0
        for n, (first, last, start) in enumerate(self.kept):
            if sample < first:
                break
            end = self.kept[n + 1][2] if n + 1 < len(self.kept) else length(self.pieces)
            found = min(start + min(sample, last) - first, end)
        return found


def timeline(sound: str, start: int, end: int, cuts: Iterable[tuple[int, int]]) -> Timeline:
    """A stretch of a file, from ``start`` to ``end``, without the cuts: first sample and one past the last, of each."""
    kept = _kept(start, end, sorted(cuts))
    pieces: Pieces = ()
    places = []
    for n, (first, last) in enumerate(kept):
        before, after = (JOIN if n else 0), (JOIN if n + 1 < len(kept) else 0)
        places.append((first, last, length(pieces) - before))
        pieces = (*pieces, Piece(sound, first + before, last - first - before - after))
        if after:
            pieces = (*pieces, Piece(Join(sound, last - JOIN, kept[n + 1][0], JOIN), 0, JOIN))
    return Timeline(tuple(piece for piece in pieces if piece.samples), tuple(places))


def _kept(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The intervals that stay; a sliver beside a cut goes with it."""
    found, position = [], start
    for first, last in [*((max(a, start), min(b, end)) for a, b in cuts), (end, end)]:
        if first > position and (not cuts or first - position >= SLIVER):
            found.append((position, first))
        position = max(position, last)
    return found
