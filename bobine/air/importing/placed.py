"""The result of laying a rundown on a new recording: where its items are, and how that was found. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bobine.air.marks.matching import Matching
from bobine.model.aired.as_run import MarksSource, NamedPoint
from bobine.model.aired.remarks import Remark

if TYPE_CHECKING:
    from bobine.air.alignment.curves.line import Alignment


@dataclass(frozen=True, slots=True)
class Aligned:
    """The file that a recording was aligned with, and the alignment found.

    Attributes:
        file: name of the file in ``recording/``.
        own: whether the recorder made it.
        alignment: where that file lies in the new one.
    """

    file: str
    own: bool
    alignment: Alignment


@dataclass(frozen=True, slots=True)
class Placed:
    """The items of a rundown placed in a new recording.

    Attributes:
        matching: the items, and what the user should check.
        source: how that was found.
        aligned: what it was aligned with; None for what was not aligned.
        remarks: what was noticed of the marks or of the alignment.
        points: the marks that were set during the show, in time order; none where they cannot be told.
    """

    matching: Matching
    source: MarksSource
    aligned: Aligned | None = None
    remarks: tuple[Remark, ...] = ()
    points: tuple[NamedPoint, ...] = ()
