"""Data of somebody that a removal must keep: which, why, and until when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bobine.evening.retention import KeepingVerdict, Obstacle


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Something that a removal leaves.

    Attributes:
        place: where it stands.
        why: the reason, in French, without a capital or a full stop.
        until: the first day on which it need not be kept any more; None where no date ends it.
        names: whether the name itself stands there.
    """

    place: str
    why: str
    until: date | None = None
    names: bool = True


def kept_by_law(verdict: KeepingVerdict) -> tuple[str, date | None] | None:
    """Why the rundowns of an episode must stay beside its recording, and until when; None where nothing says so.

    What was aired is kept for a month with its rundown, longer in an election window, and as long as somebody holds it.
    A recording that nothing was made of yet is a reason not to delete it, and none to keep a name.
    """
    found = [one for one in verdict.refusals if one.obstacle is not Obstacle.UNUSED]
    if not found:
        return None
    until = None if any(one.until is None for one in found) else verdict.from_day
    return " ; ".join(one.words for one in found), until
