"""The timing of a live show in a few French words: whether it is on time, and what comes next. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum, auto

from bobine.model.written.durations import format_duration
from bobine.plan.timing.rundown import Timing, late_seconds

TOLERATED = timedelta(seconds=10)
"""A gap smaller than this is on time."""

_ANOTHER_DAY = timedelta(hours=12)
"""So far from its slot, a show is not late: it is another day's."""


class Punctuality(Enum):
    """A show against its hard end."""

    ON_TIME = auto()
    LATE = auto()
    EARLY = auto()
    SLOT_PAST = auto()
    NOT_YET = auto()


def punctuality(timing: Timing) -> Punctuality:
    """Whether a show is on time, or of another day than its slot."""
    late = late_seconds(timing.gap) > 0
    if abs(timing.gap) < TOLERATED:
        return Punctuality.ON_TIME
    if abs(timing.gap) >= _ANOTHER_DAY:
        return Punctuality.SLOT_PAST if late else Punctuality.NOT_YET
    return Punctuality.LATE if late else Punctuality.EARLY


def punctuality_words(timing: Timing) -> str:
    """« ▲ +2'00 EN RETARD », « ▼ −1'30 EN AVANCE », « ✓ À L'HEURE »."""
    length = format_duration(timedelta(seconds=abs(late_seconds(timing.gap))))
    return {
        Punctuality.ON_TIME: "✓ À L'HEURE",
        Punctuality.LATE: f"▲ +{length} EN RETARD",
        Punctuality.EARLY: f"▼ −{length} EN AVANCE",
        Punctuality.SLOT_PAST: "▲ CRÉNEAU PASSÉ",
        Punctuality.NOT_YET: "▼ PAS ENCORE L'HEURE",
    }[punctuality(timing)]


def next_words(timing: Timing) -> str:
    """« Agenda 5'00 · doit partir à 18:31:15 »."""
    line = timing.next
    if line is None:
        ended = timing.progress is not None and timing.progress.ended is not None
        return "rien, l'antenne est rendue" if ended else "rendre l'antenne"
    back = f" · doit partir à {line.back_time:%H:%M:%S}" if line.back_time is not None else ""
    source = f" · {line.item.source}" if line.item.source else ""
    return f"{line.item.title} {format_duration(line.item.duration)}{back}{source}"
