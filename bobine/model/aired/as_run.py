"""The as-run: the recording, and where each item of the rundown lies in it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowingFile:
    """A file that goes on where another one of the same recording ended.

    Attributes:
        file: name of the file in the episode's ``recording/`` folder.
        start: its first sample, counted from the recording's start at the recording's rate. What lies between the end
            of the file before it and there was not recorded, and is silence; where it begins before that end, both hold
            the same sound, which is heard once.
        samples: its length, in samples per channel at the recording's rate.
        sha256: hexadecimal digest of the file.
        origin: name of the file it was copied from.
    """

    file: str
    start: int
    samples: int
    sha256: str
    origin: str = ""

    @property
    def end(self) -> int:
        """One past its last sample, counted from the recording's start."""
        return self.start + self.samples


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The sound of one airing, in one file or in several that follow one another.

    Attributes:
        file: name of the (first) file in the episode's ``recording/`` folder.
        rate: sampling rate in Hz; positions count its samples.
        channels: number of channels as recorded; the most that one of its files has.
        samples: length of the whole, in samples per channel.
        sha256: hexadecimal digest of the (first) file.
        origin: name of the file it was copied from.
        first_samples: length of the first of several files; 0 where there is one, which is the whole.
        following: the files after the first, in order of time.
    """

    file: str
    rate: int
    channels: int
    samples: int
    sha256: str
    origin: str = ""
    first_samples: int = 0
    following: tuple[FollowingFile, ...] = ()

    @property
    def parts(self) -> tuple[FollowingFile, ...]:
        """All its files, the first one included, in order of time."""
        first = FollowingFile(
            file=self.file,
            start=0,
            samples=self.first_samples or self.samples,
            sha256=self.sha256,
            origin=self.origin,
        )
        return (first, *self.following)

    @property
    def digest(self) -> str:
        """A digest that changes whenever the sound does: the one file's, or one over all files and their positions."""
        if not self.following:
            return self.sha256
        told = "".join(f"{part.sha256} {part.start} {part.samples}\n" for part in self.parts)
        return hashlib.sha256(f"{self.rate}\n{told}".encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class AiredItem:
    """One item as it went on air.

    Attributes:
        id: the item's id in the rundown.
        start: first sample, counted from the recording's start.
        end: one past the last sample.
    """

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPoint:
    """A mark that was set during the show.

    Attributes:
        position: in samples, counted from the recording's start.
        text: what it is called, on one line.
        item: id of the item that was on air then; None where none was, or it is no longer in the rundown.
    """

    position: int
    text: str
    item: str | None = None


class MarksSource(StrEnum):
    """The origin of the items' positions."""

    MARKS = "marks"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRun:
    """The as-run of an episode.

    Attributes:
        recording: its sound.
        source: how the positions of the items came to be.
        items: what was aired, in time order, without overlap.
        points: marks that were set during the show, in time order.
    """

    recording: Recording
    source: MarksSource
    items: tuple[AiredItem, ...]
    points: tuple[NamedPoint, ...] = ()
