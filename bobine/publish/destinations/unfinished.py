"""Unfinished files of a destination: what a run that was cut short may have left there, with sound in it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfinished:
    """A part of a file, or a whole one that perhaps no record names.

    Attributes:
        key: of the file that it is to become, or what tells the episode like one; empty where that is not told.
        place: where it lies, as the destination names it.
        upload: the store's name for an upload in parts that is not ended; empty for anything else.
        idle_s: seconds for which nothing came to it, by the destination's clock; 0 where that is not known.
        is_over: whether the run that made it is known to be over.
        goes_on: whether a later run of the same file goes on with it.
        stands: whether it is whole, under the name that it was sent for.
    """

    key: str
    place: str
    upload: str = ""
    idle_s: float
    is_over: bool = False
    goes_on: bool = False
    stands: bool = False
