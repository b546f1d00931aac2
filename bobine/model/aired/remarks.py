"""Remarks on a recording: short facts with a place, for the screen and for other programs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RemarkKind(StrEnum):
    """The subjects of remarks; the values are the kinds that ``--json`` gives."""

    ONE_SIDED = "one-sided"
    INVERTED = "inverted"
    VOICES_APART = "voices-apart"
    CHANNELS = "channels"
    DC = "dc"
    HUM = "hum"
    DROPOUT = "dropout"
    CLIPPING = "clipping"
    DAMAGE = "damage"
    TRUNCATED = "truncated"
    GAP = "gap"
    OVERLAP = "overlap"
    TRACKS = "tracks"
    FORMAT = "format"
    LENGTH = "length"
    MARKS = "marks"
    ALIGNMENT = "alignment"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """One thing that is worth a word.

    Attributes:
        kind: what it is about.
        text: one French sentence, complete without the other fields.
        item: id of the item that it concerns; empty for the whole recording.
        at_s: where it begins, in seconds from the recording's start; None where it has no one place.
    """

    kind: RemarkKind
    text: str
    item: str = ""
    at_s: float | None = None
