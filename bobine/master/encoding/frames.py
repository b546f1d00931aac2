"""Encoded frames of one segment, kept in a file: a whole show's would fill the memory of an old PC."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path

_AT_A_TIME = 4096


class Frames:
    """Frames in a file, one after the other, with their sizes in memory."""

    def __init__(self, path: Path, frames: Sequence[bytes]) -> None:
        self._path = path
        self._sizes = array("H", map(len, frames))
        with path.open("wb") as file:
            file.writelines(frames)

    def __len__(self) -> int:
        """The number of frames."""
        return len(self._sizes)

    def __iter__(self) -> Iterator[bytes]:
        """Every frame, read a few thousand at a time."""
        for first in range(0, len(self), _AT_A_TIME):
            yield from self.part(first, first + _AT_A_TIME)

    def part(self, first: int, last: int) -> list[bytes]:
        """Frames ``first`` to ``last``, the last one excluded; bounds beyond either end are brought back to it."""
        first, last = max(first, 0), max(last, 0)
        with self._path.open("rb") as file:
            file.seek(sum(self._sizes[:first]))
            return [file.read(size) for size in self._sizes[first:last]]
