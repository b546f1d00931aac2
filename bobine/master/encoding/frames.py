"""Encoded frames of one segment, kept in a file: a whole show's would fill the memory of an old PC."""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bobine.master.cache.entries import read_header, write_entry
from bobine.model.show import AudioFormat

_AT_A_TIME = 4096


def frames_path(folder: Path, audio_format: AudioFormat, n: int) -> Path:
    """The file of the frames of segment ``n``, in the folder where a master is made."""
    return folder / f"{audio_format.value}-{n:03d}.frames"


def write_frames(path: Path, frames: Sequence[bytes], items: Sequence[str] = ()) -> Frames:
    """Write frames as an entry of the cache: how many, their sizes, the frames themselves.

    Args:
        path: where.
        frames: in order, each under 64 KiB.
        items: ids of the items whose sound they were encoded from.

    Raises:
        OSError: if it cannot be written.
    """
    sizes = struct.pack(f"<I{len(frames)}H", len(frames), *map(len, frames))
    write_entry(path, [sizes, *frames], items)
    return Frames(path)


class Frames:
    """Frames in a file, one after the other, with their sizes in memory.

    Raises:
        DamagedEntryError, struct.error: if the file is not what ``write_frames`` writes; its checksum is not looked at.
        OSError: if it cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        offset = read_header(path).offset
        with path.open("rb") as file:
            file.seek(offset)
            (count,) = struct.unpack("<I", file.read(4))
            self._sizes = array("H", struct.unpack(f"<{count}H", file.read(2 * count)))
            self._offset = file.tell()

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
            file.seek(self._offset + sum(self._sizes[:first]))
            return [file.read(size) for size in self._sizes[first:last]]


@dataclass(frozen=True, slots=True)
class Made:
    """An encoded segment.

    Attributes:
        key: the key of what was asked for.
        frames: its frames.
        encoded: whether it was encoded just now, rather than found in the cache.
    """

    key: str
    frames: Frames
    encoded: bool
