"""What was aired: the recording, and where each item of the rundown lies in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """The sound of one airing.

    Attributes:
        file: name of the file in the episode's ``recording/`` folder.
        rate: sampling rate in Hz; positions count its samples.
        channels: number of channels as recorded.
        samples: length, in samples per channel.
        sha256: hexadecimal digest of the file.
        origin: name of the file it was copied from.
    """

    file: str
    rate: int
    channels: int
    samples: int
    sha256: str
    origin: str = ""


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


class MarksSource(StrEnum):
    """How the positions came to be."""

    MARKS = "marks"
    PLANNED = "planned"


@dataclass(frozen=True, slots=True, kw_only=True)
class AsRun:
    """The as-run of an episode: its recording and the items aired, in time order, without overlap."""

    recording: Recording
    source: MarksSource
    items: tuple[AiredItem, ...]
